package io.fieldloom.app.cli;

import java.util.Set;

/**
 * How much of the log reaches standard error. A command that answers and ends says its one line;
 * what it is made of says only with {@code --debug}. Set before the first logger is made.
 */
final class LogLevel {
    private static final String OWN = "fieldloom.log.own";
    private static final String PARTS = "fieldloom.log.parts";
    private static final String TRACE = "fieldloom.log.trace";
    private static final Set<String> ANSWER_AND_END =
            Set.of("browse", "read", "write", "publish", "lint", "discover", "diagnose");

    private LogLevel() {}

    static void forCommand(String command, boolean debug) {
        if (debug) {
            System.setProperty(OWN, "DEBUG");
            System.setProperty(PARTS, "true");
            System.setProperty(TRACE, "%ex");
        } else if (ANSWER_AND_END.contains(command)) {
            System.setProperty(OWN, "OFF");
        }
    }
}
