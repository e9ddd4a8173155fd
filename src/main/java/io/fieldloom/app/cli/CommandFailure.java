package io.fieldloom.app.cli;

import java.util.Objects;

/**
 * Why a command ends without what was asked of it: an exit code and the one line that the person
 * reads, {@code WHAT: WHY. TRY}.
 */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** The answer is "no". */
    public static final int NO = 1;

    /** Wrong usage, or an input that cannot be read, parsed or validated. */
    public static final int USAGE = 2;

    /** Could not connect, could not listen, or was turned away. */
    public static final int NO_CONNECTION = 3;

    private final int exitCode;

    /**
     * @param exitCode one of the constants
     * @param what names the device, topic or file, and why it failed: {@code WHAT: WHY}, no full
     *     stop
     * @param advice what to try, a sentence; empty where there is nothing to try
     */
    public CommandFailure(int exitCode, String what, String advice) {
        this(exitCode, what, advice, null);
    }

    public CommandFailure(int exitCode, String what, String advice, Throwable cause) {
        super(line(what, advice), cause);
        this.exitCode = exitCode;
    }

    public static CommandFailure no(String what, String advice) {
        return new CommandFailure(NO, what, advice);
    }

    public static CommandFailure usage(String what, String advice) {
        return new CommandFailure(USAGE, what, advice);
    }

    public static CommandFailure noConnection(String what, String advice, Throwable cause) {
        return new CommandFailure(NO_CONNECTION, what, advice, cause);
    }

    public int exitCode() {
        return exitCode;
    }

    private static String line(String what, String advice) {
        String first = oneLine(Objects.requireNonNull(what, "what"));
        String second = oneLine(Objects.requireNonNull(advice, "advice")).replaceFirst("\\.$", "");
        if (second.isEmpty()) {
            return first;
        }
        boolean ended = first.endsWith(".") || first.endsWith("?") || first.endsWith("!");
        return first + (ended ? " " : ". ") + second;
    }

    /** A text on one line, whatever a library put into it. */
    static String oneLine(String text) {
        return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
