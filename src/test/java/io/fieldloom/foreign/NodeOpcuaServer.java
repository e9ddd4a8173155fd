package io.fieldloom.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A node-opcua server in a process of its own, on one port for all its lives. */
public final class NodeOpcuaServer {
    private static final Path SCRIPT = Path.of("src", "test", "foreign", "opcua-server.js");

    private final Path modules;
    private final Path pki;
    private final int port;
    private final ServerProcess server = new ServerProcess("node-opcua");

    /** Skips the test, and says so, where node or its packages are missing. */
    public NodeOpcuaServer(Path pki) throws IOException {
        this.pki = pki;
        modules = modules();
        port = ModbusServer.freePort();
    }

    private static Path modules() {
        Path modules = ServerProcess.folder().resolve("node_modules");
        boolean there = Files.isDirectory(modules.resolve("node-opcua")) && hasNode();
        if (!there) {
            System.out.println(
                    "skipped: node or node-opcua is missing; run src/test/foreign/install.sh");
        }
        Assumptions.assumeTrue(there, "node-opcua is not installed");
        return modules;
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
        server.start(builder);
    }

    /** Runs another of the scripts beside the server's, to its end; gives its result line. */
    public static String script(String name, String argument) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("node", SCRIPT.resolveSibling(name).toString(), argument)
                        .redirectErrorStream(true);
        builder.environment().put("NODE_PATH", modules().toString());
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
        server.kill();
    }

    /** Freezes it: the connection stays open and nothing answers. */
    public void freeze() throws Exception {
        server.signal("-STOP");
    }

    public void thaw() throws Exception {
        server.signal("-CONT");
    }

    public String endpoint() {
        return "opc.tcp://127.0.0.1:" + port + "/plant";
    }
}
