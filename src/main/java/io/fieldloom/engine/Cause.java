package io.fieldloom.engine;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a stage really failed with. Pure. */
public final class Cause {
    private Cause() {}

    /** The failure without what the library of stages has wrapped around it. */
    public static Throwable of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
