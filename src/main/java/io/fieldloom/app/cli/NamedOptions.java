package io.fieldloom.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Options of the form NAME=VALUE, where NAME is one of the project's. */
final class NamedOptions {
    private NamedOptions() {}

    /**
     * @param option as it is spelled, for messages
     * @param given what was typed, or null for nothing
     * @param known whether the project has that name
     * @param kind what the name stands for, for messages
     */
    static Map<String, String> parse(
            String option, List<String> given, Predicate<String> known, String kind)
            throws CommandFailure {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : given == null ? List.<String>of() : given) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw CommandFailure.usage(
                        option + " " + pair + ": write NAME=VALUE", "Try 'fieldloom run --help'");
            }
            String name = pair.substring(0, equals);
            if (!known.test(name)) {
                throw CommandFailure.usage(
                        option + " " + pair + ": the project has no " + kind + " '" + name + "'",
                        "Check the name in the file");
            }
            values.put(name, pair.substring(equals + 1));
        }
        return values;
    }
}
