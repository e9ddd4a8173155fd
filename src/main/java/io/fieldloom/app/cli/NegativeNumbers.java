package io.fieldloom.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets {@code write ENDPOINT ADDRESS -5} mean what it says: the parser takes whatever begins with a
 * hyphen for an option. A negative number is the last of a command's values wherever it is one, so
 * it may go to the end, behind the mark after which nothing is an option.
 */
final class NegativeNumbers {
    private static final String NO_MORE_OPTIONS = "--";
    private static final Set<String> COMMANDS = Set.of("write", "publish");
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
                    "--mqtt");
    private static final Pattern FORM =
            Pattern.compile("-(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|-Infinity");

    private NegativeNumbers() {}

    static List<String> asValues(List<String> args) {
        if (args.isEmpty() || !COMMANDS.contains(args.get(0)) || args.contains(NO_MORE_OPTIONS)) {
            return args;
        }
        List<String> others = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        String before = "";
        for (String arg : args) {
            boolean number = FORM.matcher(arg).matches() && !TAKE_A_VALUE.contains(before);
            (number ? numbers : others).add(arg);
            before = arg;
        }
        if (!numbers.isEmpty()) {
            others.add(NO_MORE_OPTIONS);
            others.addAll(numbers);
        }
        return others;
    }
}
