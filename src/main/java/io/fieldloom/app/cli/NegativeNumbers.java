package io.fieldloom.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets {@code write ENDPOINT ADDRESS -5} mean what it says: the parser takes whatever begins with a
 * hyphen for an option. Where a negative number is among the values, the options go first and the
 * values, in their order, behind the mark after which nothing is an option.
 */
final class NegativeNumbers {
    private static final String NO_MORE_OPTIONS = "--";
    private static final Set<String> COMMANDS = Set.of("write", "publish", "call");
    private static final Set<String> TAKE_A_VALUE =
            Set.of(
                    "--user",
                    "--password",
                    "--password-file",
                    "--security",
                    "--qos",
                    "--client-id",
                    "--ca",
                    "--cert",
                    "--key",
                    "--mqtt",
                    "--object");
    private static final Pattern FORM =
            Pattern.compile("-(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|-Infinity");

    private NegativeNumbers() {}

    static List<String> asValues(List<String> args) {
        if (args.isEmpty() || !COMMANDS.contains(args.get(0)) || args.contains(NO_MORE_OPTIONS)) {
            return args;
        }
        List<String> options = new ArrayList<>(List.of(args.get(0)));
        List<String> values = new ArrayList<>();
        boolean isOptionsValue = false;
        for (String arg : args.subList(1, args.size())) {
            boolean isValue = !arg.startsWith("-") || FORM.matcher(arg).matches();
            (isValue && !isOptionsValue ? values : options).add(arg);
            isOptionsValue = TAKE_A_VALUE.contains(arg);
        }
        if (values.stream().noneMatch(value -> value.startsWith("-"))) {
            return args;
        }
        options.add(NO_MORE_OPTIONS);
        options.addAll(values);
        return options;
    }
}
