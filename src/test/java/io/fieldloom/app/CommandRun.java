package io.fieldloom.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloom.app.cli.Shell;
import io.fieldloom.app.cli.Stop;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One command line, run in this process with streams of its own: what a script would see. {@code
 * start()} lets it run beside the test, {@code result()} waits for its end.
 */
final class CommandRun {
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final long LONGEST_SECONDS = 90;

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Stop stop = new Stop();
    private final List<String> args;
    private byte[] input = {};
    private CompletableFuture<Integer> code;

    private CommandRun(Path home, String... args) {
        this.args = List.of(args);
        environment.put("FIELDLOOM_HOME", home.toString());
    }

    static CommandRun of(Path home, String... args) {
        return new CommandRun(home, args);
    }

    CommandRun withVariable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    CommandRun withInput(String text) {
        input = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    CommandRun start() {
        Shell shell =
                new Shell(
                        new ByteArrayInputStream(input),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        stop,
                        Clock.systemUTC());
        code = CompletableFuture.supplyAsync(() -> Main.run(shell, args));
        return this;
    }

    /** What a signal does. */
    CommandRun stop() {
        stop.request();
        return this;
    }

    boolean isRunning() {
        return !code.isDone();
    }

    /** What it has said so far. */
    String notes() {
        return err.toString(StandardCharsets.UTF_8);
    }

    String answers() {
        return out.toString(StandardCharsets.UTF_8);
    }

    Result result() {
        if (code == null) {
            start();
        }
        try {
            int exit = code.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            return new Result(exit, answers(), notes());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + args, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(args + " did not end; it said " + notes(), e);
        }
    }

    /**
     * @param code exit code
     * @param out standard output
     * @param err standard error
     */
    record Result(int code, String out, String err) {
        /** Standard output as one document. */
        JsonNode json() {
            return parse(out);
        }

        /** Standard output as JSON lines. */
        List<JsonNode> jsonLines() {
            return out.lines().map(Result::parse).toList();
        }

        private static JsonNode parse(String text) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + text, e);
            }
        }

        /** The last line of standard error, where a failure stands. */
        String failure() {
            List<String> lines = err.lines().toList();
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        }
    }
}
