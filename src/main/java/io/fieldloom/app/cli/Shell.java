package io.fieldloom.app.cli;

import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a command is started in: its streams, the environment, the wish to stop. A test makes one of
 * its own, so that no command touches the process it runs in.
 *
 * @param in standard input
 * @param out answers, and nothing else
 * @param err failures, warnings and notes
 * @param environment variables by name
 * @param stop ends whatever runs
 * @param clock the time of day
 */
public record Shell(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Stop stop,
        Clock clock) {
    /** What is named on the command line must be reached within this time. */
    public static final Duration REACHED_WITHIN = Duration.ofSeconds(10);

    public Shell {
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(err, "err");
        environment = Map.copyOf(environment);
    }

    public Home home() {
        return Home.of(environment, System.getProperty("os.name", ""));
    }

    /** The home of a command that has to keep something there. */
    Home writableHome() throws CommandFailure {
        Home home = home();
        try {
            home.checkWritable();
            return home;
        } catch (IOException e) {
            throw CommandFailure.noConnection(
                    home.folder() + ": nothing can be kept there: " + reason(e),
                    "Make room or rights there, or name another folder with FIELDLOOM_HOME",
                    e);
        }
    }

    /** The reason of a file's exception without the file's name, which has been said. */
    private static String reason(IOException failure) {
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return failure instanceof AccessDeniedException
                ? "it may not be written"
                : failure instanceof FileSystemException
                        ? "the folder cannot be made"
                        : String.valueOf(failure.getMessage());
    }

    /** The same shell for what must not be broken off once it has begun. */
    Shell undisturbed() {
        return new Shell(in, out, err, environment, new Stop(), clock);
    }

    /** Tells the person something that is no answer and no failure. */
    public void note(String sentence) {
        err.println("fieldloom: " + CommandFailure.oneLine(sentence));
    }

    /**
     * Waits for a stage, but no longer than the wish to stop.
     *
     * @throws TimeoutException when the time is over
     * @throws Stopped when the person wished to stop
     * @throws ExecutionException with what the stage failed with
     */
    <T> T await(CompletionStage<T> stage, Duration atMost)
            throws TimeoutException, Stopped, ExecutionException, InterruptedException {
        CompletableFuture<T> answer = stage.toCompletableFuture();
        CompletableFuture.anyOf(answer.handle((value, failure) -> null), stop.asFuture())
                .get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (!answer.isDone()) {
            throw new Stopped();
        }
        return answer.get(0, TimeUnit.NANOSECONDS);
    }

    /** The person wished to stop before the answer came. */
    static final class Stopped extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
