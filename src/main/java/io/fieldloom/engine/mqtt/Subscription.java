package io.fieldloom.engine.mqtt;

import java.util.Objects;

/**
 * @param filter an MQTT topic filter
 * @param qos the most that the broker shall deliver with: 0, 1 or 2
 * @param retainAsPublished whether a live message says that it is kept, too, and not only one that
 *     was kept before; MQTT 3.1.1 has no such wish
 */
public record Subscription(String filter, int qos, boolean retainAsPublished) {
    public Subscription {
        Objects.requireNonNull(filter, "filter");
    }

    public Subscription(String filter, int qos) {
        this(filter, qos, false);
    }

    /** Whether every message that the other one asks for comes with this one, as well delivered. */
    boolean covers(Subscription other) {
        return qos >= other.qos
                && retainAsPublished == other.retainAsPublished
                && covers(filter.split("/", -1), other.filter.split("/", -1));
    }

    private static boolean covers(String[] wide, String[] narrow) {
        // A wildcard in the first level leaves out the broker's own topics (MQTT 5, 4.7.2).
        if (wide[0].matches("[#+]") && narrow[0].startsWith("$")) {
            return false;
        }
        for (int level = 0; level < wide.length; level++) {
            if (wide[level].equals("#")) {
                return true;
            }
            if (level == narrow.length
                    || narrow[level].equals("#")
                    || !wide[level].equals("+") && !wide[level].equals(narrow[level])) {
                return false;
            }
        }
        return wide.length == narrow.length;
    }
}
