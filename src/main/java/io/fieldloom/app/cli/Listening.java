package io.fieldloom.app.cli;

import java.util.List;

/** Tells where something listens: a line for each listener, and the first line of the answer. */
final class Listening {
    private Listening() {}

    /** On standard error, for the person and for a script that waits for it. */
    static void tell(Shell shell, List<String> urls) {
        for (String url : urls) {
            shell.err().println("listening " + url);
        }
    }

    /** The document that {@code simulate} and {@code broker} begin with. */
    static void answer(Shell shell, List<String> urls) {
        new JsonOutput(shell)
                .object(
                        out -> {
                            out.writeArrayFieldStart("listening");
                            for (String url : urls) {
                                out.writeString(url);
                            }
                            out.writeEndArray();
                        });
    }
}
