package io.fieldloom.foreign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A node-opcua server in a process of its own, on one port for all its lives. */
public final class NodeOpcuaServer {
    private static final Path SCRIPT = Path.of("src", "test", "foreign", "opcua-server.js");

    private final Path modules;
    private final Path pki;
    private final int port;
    private Process process;

    /** Skips the test, and says so, where node or its packages are missing. */
    public NodeOpcuaServer(Path pki) throws IOException {
        this.pki = pki;
        modules = folder().resolve("node_modules");
        boolean there = Files.isDirectory(modules.resolve("node-opcua")) && hasNode();
        if (!there) {
            System.out.println(
                    "skipped: node or node-opcua is missing; run src/test/foreign/install.sh");
        }
        Assumptions.assumeTrue(there, "node-opcua is not installed");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    private static Path folder() {
        String named = System.getenv("FIELDLOOM_FOREIGN");
        return named != null
                ? Path.of(named)
                : Path.of(System.getenv("HOME"), ".cache", "fieldloom-foreign");
    }

    private static boolean hasNode() {
        try {
            Process version = new ProcessBuilder("node", "--version").start();
            return version.waitFor(20, TimeUnit.SECONDS) && version.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts it; returns when it listens. */
    public void start(String... options) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "node",
                                SCRIPT.toString(),
                                "--port",
                                String.valueOf(port),
                                "--pki",
                                pki.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("NODE_PATH", modules.toString());
        process = builder.start();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, ready), "node-opcua");
        reader.setDaemon(true);
        reader.start();
        ready.get(60, TimeUnit.SECONDS);
    }

    /** Reads to the end, else the server would stand still when the pipe is full. */
    private static void read(Process process, CompletableFuture<Void> ready) {
        StringBuilder printed = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.append(line).append('\n');
                if (line.equals("ready")) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(new UncheckedIOException(e));
        }
        ready.completeExceptionally(new AssertionError("the server ended: " + printed));
    }

    /** Runs another of the scripts beside the server's, to its end; gives its result line. */
    public static String script(String name, String argument) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("node", SCRIPT.resolveSibling(name).toString(), argument)
                        .redirectErrorStream(true);
        builder.environment().put("NODE_PATH", folder().resolve("node_modules").toString());
        Process run = builder.start();
        String printed;
        try (InputStream output = run.getInputStream()) {
            printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
        run.waitFor(60, TimeUnit.SECONDS);
        return printed.lines()
                .filter(line -> line.startsWith("result "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " failed: " + printed));
    }

    public void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Freezes it: the connection stays open and nothing answers. */
    public void freeze() throws Exception {
        signal("-STOP");
    }

    public void thaw() throws Exception {
        signal("-CONT");
    }

    private void signal(String signal) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new AssertionError("kill " + signal + " failed");
        }
    }

    public String endpoint() {
        return "opc.tcp://127.0.0.1:" + port + "/plant";
    }
}
