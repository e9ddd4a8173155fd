package io.fieldloom.domain.namespace;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Rules of MQTT topic names and filters (MQTT 5.0, 4.7), as pure functions on their text. */
public final class Topic {
    /** The longest topic a project may hold, in characters. */
    public static final int LONGEST = 1_000;

    private Topic() {}

    /** Why a text cannot be published to, or empty when it can. */
    public static Optional<String> fault(String topic) {
        if (topic.isEmpty()) {
            return Optional.of("a topic has at least one character");
        }
        if (topic.length() > LONGEST || topic.getBytes(StandardCharsets.UTF_8).length > 65_535) {
            return Optional.of("a topic has at most " + LONGEST + " characters");
        }
        if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
            return Optional.of("'+' and '#' are wildcards and cannot be published to");
        }
        if (topic.charAt(0) == '$') {
            return Optional.of("topics that begin with '$' belong to the broker");
        }
        if (topic.charAt(0) == '/' || topic.endsWith("/") || topic.contains("//")) {
            return Optional.of("a level of the topic is empty");
        }
        for (int at = 0; at < topic.length(); at++) {
            if (Character.isISOControl(topic.charAt(at))) {
                return Optional.of("control characters are not allowed");
            }
        }
        return Optional.empty();
    }

    /** Why a text is no topic filter, or empty when it is one. */
    public static Optional<String> filterFault(String filter) {
        if (filter.isEmpty()) {
            return Optional.of("a topic filter has at least one character");
        }
        List<String> levels = levels(filter);
        for (int at = 0; at < levels.size(); at++) {
            String level = levels.get(at);
            if (level.indexOf('#') >= 0 && (level.length() > 1 || at < levels.size() - 1)) {
                return Optional.of("'#' stands alone in the last level");
            }
            if (level.indexOf('+') >= 0 && level.length() > 1) {
                return Optional.of("'+' stands alone in its level");
            }
        }
        return filter.indexOf('\0') >= 0
                ? Optional.of("control characters are not allowed")
                : Optional.empty();
    }

    /** Whether a filter covers a topic, wildcards never matching a leading {@code $} level. */
    public static boolean matches(String filter, String topic) {
        if (topic.startsWith("$") && (filter.startsWith("#") || filter.startsWith("+"))) {
            return false;
        }
        int f = 0;
        int t = 0;
        while (f <= filter.length()) {
            int fEnd = end(filter, f);
            if (fEnd - f == 1 && filter.charAt(f) == '#') {
                return true;
            }
            if (t > topic.length()) {
                return false;
            }
            int tEnd = end(topic, t);
            boolean plus = fEnd - f == 1 && filter.charAt(f) == '+';
            if (!plus && !(fEnd - f == tEnd - t && filter.regionMatches(f, topic, t, fEnd - f))) {
                return false;
            }
            f = fEnd + 1;
            t = tEnd + 1;
        }
        return t > topic.length();
    }

    /** Whether every topic that the narrow filter covers is covered by the wide one as well. */
    public static boolean covers(String wide, String narrow) {
        return matches(wide, narrow) && (wide.endsWith("#") || !narrow.endsWith("#"));
    }

    private static int end(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }

    public static List<String> levels(String topic) {
        return List.of(topic.split("/", -1));
    }

    /** The topic above, or the empty text for a root. */
    public static String parent(String topic) {
        int slash = topic.lastIndexOf('/');
        return slash < 0 ? "" : topic.substring(0, slash);
    }

    /** The last level. */
    public static String name(String topic) {
        return topic.substring(topic.lastIndexOf('/') + 1);
    }

    public static String root(String topic) {
        int slash = topic.indexOf('/');
        return slash < 0 ? topic : topic.substring(0, slash);
    }

    /** A topic and a level below it; an empty parent gives the level itself. */
    public static String child(String parent, String level) {
        return parent.isEmpty() ? level : parent + "/" + level;
    }

    /** Whether the topic is the branch itself or lies below it. */
    public static boolean isWithin(String topic, String branch) {
        return branch.isEmpty()
                || topic.equals(branch)
                || (topic.startsWith(branch) && topic.charAt(branch.length()) == '/');
    }
}
