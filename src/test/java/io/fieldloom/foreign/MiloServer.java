package io.fieldloom.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The example server of Milo 0.6, in a process and with a class path of its own: another stack than
 * ours, and one that describes structures in type dictionaries only. On one port for all its lives.
 */
public final class MiloServer {
    private static final Path SOURCE = Path.of("src", "test", "foreign", "MiloServer.java");
    private static final String JAR = "server-examples-0.6.14.jar";

    private final Path jar;
    private final Path folder;
    private final int port;
    private final ServerProcess server = new ServerProcess("Milo 0.6");

    /** Skips the test, and says so, where its jar is missing. */
    public MiloServer(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        jar = ServerProcess.folder().resolve("milo").resolve(JAR);
        boolean there = Files.isRegularFile(jar);
        if (!there) {
            System.out.println("skipped: Milo 0.6 is missing; run src/test/foreign/install.sh");
        }
        Assumptions.assumeTrue(there, "Milo 0.6 is not installed");
        port = ModbusServer.freePort();
    }

    /** Starts it; returns when it listens. */
    public void start() throws Exception {
        server.start(
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        jar.toString(),
                        SOURCE.toString(),
                        String.valueOf(port)));
    }

    public void kill() throws InterruptedException {
        server.kill();
    }

    /** Trusts whoever it has turned away; the number of certificates that were moved. */
    public int trustTheRejected() throws IOException {
        Path pki = folder.resolve("server").resolve("security").resolve("pki");
        int moved = 0;
        try (Stream<Path> rejected = Files.list(pki.resolve("rejected"))) {
            for (Path one : rejected.toList()) {
                Path trusted = pki.resolve("trusted").resolve("certs");
                Files.move(one, trusted.resolve(one.getFileName()));
                moved++;
            }
        }
        return moved;
    }

    public int port() {
        return port;
    }

    /** Its only path is known to nobody who was not told it. */
    public String endpoint() {
        return "opc.tcp://127.0.0.1:" + port + "/milo";
    }
}
