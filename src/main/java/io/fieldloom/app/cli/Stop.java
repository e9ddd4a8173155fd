package io.fieldloom.app.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The wish that the running command ends, as the end of {@code --for} would end it: a signal, or a
 * reader of standard output that went away. Thread-safe; once made it stays.
 */
public final class Stop {
    private final CompletableFuture<Void> wish = new CompletableFuture<>();

    public void request() {
        wish.complete(null);
    }

    public boolean isRequested() {
        return wish.isDone();
    }

    /** Runs something when the wish is made, on the thread that makes it. */
    public void then(Runnable task) {
        wish.thenRun(task);
    }

    /** Completes when the wish is made. */
    CompletableFuture<Void> asFuture() {
        return wish.copy();
    }

    /** Waits until the wish is made or the time is over; whether it was made. */
    boolean await(Duration atMost) throws InterruptedException {
        try {
            wish.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a wish never fails", e);
        }
    }
}
