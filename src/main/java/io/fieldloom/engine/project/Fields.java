package io.fieldloom.engine.project;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.Spelling;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The keys of one YAML map, read by type. A value that is absent reads as null; one that is not
 * what is asked for is a fault and reads as null too.
 */
final class Fields {
    private static final int FEW = 16;
    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,25}");
    // The numbers of YAML 1.2's core schema, infinities left out.
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\.\\d{1,40}|\\d{1,40}(\\.\\d{0,40})?)([eE][-+]?\\d{1,3})?");

    private final YamlNode map;
    private final String path;
    private final FaultList faults;

    /**
     * Looks at a map that may hold certain keys.
     *
     * @param map the map; anything else is a fault, and reads as empty
     * @param path its own path, for messages; empty for the root
     * @param known the keys it may hold
     */
    Fields(YamlNode map, String path, FaultList faults, List<String> known) {
        this.path = path;
        this.faults = faults;
        this.map = checked(map, path, faults);
        for (int at = 0; at < this.map.size(); at++) {
            YamlNode key = this.map.key(at);
            if (key.isScalar() && !known.contains(key.value()) && !isMerge(key)) {
                String near =
                        Spelling.nearest(key.value(), known)
                                .map(word -> "Did you mean '" + word + "'? If not, a")
                                .orElse("A");
                faults.add(
                        key,
                        child(key.value()),
                        "unknown key '"
                                + key.value()
                                + "'. "
                                + near
                                + " newer Fieldloom may have written it");
            }
        }
    }

    /** The entries of a map whose keys are free, in the order of the file. */
    static List<Entry> entries(YamlNode node, String path, FaultList faults) {
        YamlNode map = checked(node, path, faults);
        List<Entry> entries = new ArrayList<>(map.size());
        Set<String> seen = new HashSet<>();
        for (int at = 0; at < map.size(); at++) {
            YamlNode key = map.key(at);
            if (key.isScalar() && !isMerge(key) && seen.add(key.value())) {
                entries.add(new Entry(key, map.valueOf(at)));
            }
        }
        return entries;
    }

    /** One entry of a map. */
    record Entry(YamlNode key, YamlNode value) {
        String name() {
            return key.value();
        }
    }

    /** The map itself, once its keys are known to be scalars and different from each other. */
    private static YamlNode checked(YamlNode node, String path, FaultList faults) {
        if (!node.isMap()) {
            if (!node.isNull()) {
                faults.add(node, path, what(path) + " holds keys and values, not " + kind(node));
            }
            return new YamlNode(
                    YamlNode.Kind.MAP,
                    YamlNode.BLOCK,
                    "",
                    node.start(),
                    node.end(),
                    node.line(),
                    node.column(),
                    List.of());
        }
        // Most maps are small, and there are many of them.
        Set<String> seen = node.size() > FEW ? new HashSet<>(2 * node.size()) : null;
        for (int at = 0; at < node.size(); at++) {
            YamlNode key = node.key(at);
            if (!key.isScalar()) {
                faults.add(key, path, "a key is one word or text, not " + kind(key));
            } else if (isMerge(key)) {
                faults.add(
                        key,
                        path,
                        "a merge key (<<) is not allowed in a project file; write it out in full");
            } else if (seen == null ? node.find(key.value()) < at : !seen.add(key.value())) {
                faults.add(
                        key,
                        join(path, key.value()),
                        "'"
                                + key.value()
                                + "' is there twice; the first is in line "
                                + node.key(node.find(key.value())).line());
            }
        }
        return node;
    }

    private static boolean isMerge(YamlNode key) {
        return key.isPlain() && key.value().equals("<<");
    }

    private static String kind(YamlNode node) {
        return switch (node.kind()) {
            case MAP -> "a map";
            case LIST -> "a list";
            case SCALAR -> "'" + node.value() + "'";
        };
    }

    private static String what(String path) {
        return path.isEmpty() ? "a project file" : path.substring(path.lastIndexOf('.') + 1);
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    String child(String key) {
        return join(path, key);
    }

    String path() {
        return path;
    }

    YamlNode node() {
        return map;
    }

    /** The value of a key as it stands; null if the key is absent. */
    YamlNode value(String key) {
        int at = map.find(key);
        return at < 0 ? null : map.valueOf(at);
    }

    boolean has(String key) {
        return map.find(key) >= 0;
    }

    void fault(YamlNode at, String key, String message) {
        faults.add(at, child(key), message);
    }

    /** Text: any scalar, as it is written. */
    String text(String key) {
        YamlNode value = value(key);
        if (value == null || value.isMissing()) {
            return null;
        }
        if (!value.isScalar()) {
            fault(value, key, key + " is text, not " + kind(value));
            return null;
        }
        return value.value();
    }

    /** Text that must be there; the empty text where it is not, which is a fault. */
    String required(String key, YamlNode owner, String example) {
        YamlNode value = value(key);
        if (value == null || value.isMissing()) {
            faults.add(
                    value == null ? owner : value,
                    child(key),
                    value == null
                            ? "'" + key + "' is missing; write " + key + ": " + example
                            : key + " has no value; write " + key + ": " + example);
            return "";
        }
        String text = text(key);
        return text == null ? "" : text;
    }

    /** A scalar that is not text: what is in quotes is text. */
    private String bare(String key, String wanted) {
        YamlNode value = value(key);
        if (value == null) {
            return null;
        }
        if (!value.isScalar() || !value.isPlain() || value.value().isEmpty()) {
            String found =
                    value.isMissing()
                            ? "nothing"
                            : value.isScalar() ? "the text \"" + value.value() + "\"" : kind(value);
            fault(value, key, key + " is " + wanted + ", not " + found);
            return null;
        }
        return value.value();
    }

    Integer whole(String key) {
        Long number = wholeLong(key, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return number == null ? null : Integer.valueOf(number.intValue());
    }

    Long wholeLong(String key, long least, long most) {
        String text = bare(key, "a whole number");
        if (text == null) {
            return null;
        }
        if (WHOLE.matcher(text).matches()) {
            BigDecimal number = new BigDecimal(text);
            if (number.compareTo(BigDecimal.valueOf(least)) >= 0
                    && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
                return number.longValueExact();
            }
        }
        fault(value(key), key, key + " is a whole number, not '" + text + "'");
        return null;
    }

    BigDecimal decimal(String key) {
        String text = bare(key, "a number");
        if (text == null) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            fault(value(key), key, key + " is a number, not '" + text + "'");
            return null;
        }
        return new BigDecimal(text);
    }

    Double number(String key) {
        BigDecimal decimal = decimal(key);
        return decimal == null ? null : Double.valueOf(decimal.doubleValue());
    }

    Boolean flag(String key) {
        String text = bare(key, "true or false");
        if (text == null) {
            return null;
        }
        switch (text) {
            case "true", "True", "TRUE" -> {
                return Boolean.TRUE;
            }
            case "false", "False", "FALSE" -> {
                return Boolean.FALSE;
            }
            default -> {
                fault(value(key), key, key + " is true or false, not '" + text + "'");
                return null;
            }
        }
    }

    Duration duration(String key) {
        return parsed(key, "a duration such as 250ms", Durations::parse);
    }

    /** A scalar with a grammar of its own, in quotes or not. */
    <T> T parsed(String key, String wanted, Function<String, T> grammar) {
        YamlNode value = value(key);
        if (value == null) {
            return null;
        }
        if (!value.isScalar()) {
            fault(value, key, key + " is " + wanted + ", not " + kind(value));
            return null;
        }
        try {
            return grammar.apply(value.value());
        } catch (MalformedException e) {
            fault(value, key, e.getMessage());
            return null;
        }
    }

    /** One of some words; null and a fault for any other. */
    <T> T word(String key, Map<String, T> words) {
        YamlNode value = value(key);
        if (value == null) {
            return null;
        }
        T found = value.isScalar() ? words.get(value.value()) : null;
        if (found == null) {
            String near =
                    value.isScalar()
                            ? Spelling.nearest(value.value(), words.keySet())
                                    .map(word -> "; did you mean " + word + "?")
                                    .orElse("")
                            : "";
            fault(
                    value,
                    key,
                    key + " is " + either(words.keySet()) + ", not " + kind(value) + near);
        }
        return found;
    }

    private static String either(Set<String> words) {
        List<String> list = List.copyOf(words);
        return list.size() == 1
                ? list.get(0)
                : String.join(", ", list.subList(0, list.size() - 1))
                        + " or "
                        + list.get(list.size() - 1);
    }

    /** A list of texts; null if the key is absent. */
    List<String> texts(String key) {
        YamlNode value = value(key);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.kind() != YamlNode.Kind.LIST) {
            fault(value, key, key + " is a list such as [one, two], not " + kind(value));
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : value.children()) {
            if (!item.isScalar() || item.isMissing()) {
                fault(item, key, "an item of " + key + " is a text");
            } else {
                texts.add(item.value());
            }
        }
        return texts;
    }
}
