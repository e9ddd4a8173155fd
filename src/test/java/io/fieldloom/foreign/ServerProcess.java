package io.fieldloom.foreign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The process of a server that prints {@code ready} when it listens. */
final class ServerProcess {
    private final String name;
    private Process process;

    ServerProcess(String name) {
        this.name = name;
    }

    /** Where src/test/foreign/install.sh puts what Debian does not have. */
    static Path folder() {
        String named = System.getenv("FIELDLOOM_FOREIGN");
        return named != null
                ? Path.of(named)
                : Path.of(System.getenv("HOME"), ".cache", "fieldloom-foreign");
    }

    /** Starts it; returns when it listens. */
    void start(ProcessBuilder builder) throws Exception {
        process = builder.redirectErrorStream(true).start();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Process started = process;
        Thread reader = new Thread(() -> read(started, ready), name);
        reader.setDaemon(true);
        reader.start();
        ready.get(60, TimeUnit.SECONDS);
    }

    /** Reads to the end, else the server would stand still when the pipe is full. */
    private void read(Process started, CompletableFuture<Void> ready) {
        StringBuilder printed = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.append(line).append('\n');
                if (line.equals("ready")) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(new UncheckedIOException(e));
        }
        ready.completeExceptionally(new AssertionError(name + " ended: " + printed));
    }

    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    void signal(String signal) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new AssertionError("kill " + signal + " failed");
        }
    }
}
