package io.fieldloom.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A mosquitto broker in a process of its own, on one port of the loopback for all its lives. */
public final class Mosquitto implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

    private final Path folder;
    private final int port;
    private final List<String> settings = new ArrayList<>();
    private Process process;

    /** Skips the test, and says so, where mosquitto is not installed. */
    public Mosquitto(Path folder) throws IOException {
        boolean there = Files.isExecutable(PROGRAM);
        if (!there) {
            System.out.println("skipped: mosquitto is missing; run src/test/foreign/install.sh");
        }
        Assumptions.assumeTrue(there, "mosquitto is not installed");
        this.folder = Files.createDirectories(folder);
        port = ModbusServer.freePort();
        settings.add("listener " + port + " 127.0.0.1");
        settings.add("allow_anonymous true");
        // Started by root it would become another user, who may not read its files.
        settings.add("user root");
    }

    /** Adds a line to its configuration. */
    public Mosquitto with(String line) {
        settings.add(line);
        return this;
    }

    /** Lets in nobody but one user. */
    public Mosquitto withUser(String user, String password) throws Exception {
        Path file = folder.resolve("passwords");
        String made =
                ModbusServer.run("mosquitto_passwd", "-b", "-c", file.toString(), user, password);
        assertThat(made).startsWith("0");
        settings.remove("allow_anonymous true");
        settings.add("allow_anonymous false");
        settings.add("password_file " + file);
        return this;
    }

    /** Speaks TLS only, with a certificate for 127.0.0.1; see {@link #ca()}. */
    public Mosquitto withTls() throws Exception {
        String ca = folder.resolve("ca").toString();
        String own = folder.resolve("server").toString();
        Files.writeString(folder.resolve("san"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=Test CA",
                "-keyout",
                ca + ".key",
                "-out",
                ca + ".crt");
        openssl(
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=127.0.0.1",
                "-keyout",
                own + ".key",
                "-out",
                own + ".csr");
        openssl(
                "x509",
                "-req",
                "-in",
                own + ".csr",
                "-CA",
                ca + ".crt",
                "-CAkey",
                ca + ".key",
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                folder.resolve("san").toString(),
                "-out",
                own + ".crt");
        settings.add("certfile " + own + ".crt");
        settings.add("keyfile " + own + ".key");
        return this;
    }

    private static void openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        String done = ModbusServer.run(command.toArray(String[]::new));
        assertThat(done).startsWith("0");
    }

    /** The certificate that signed the broker's. */
    public Path ca() {
        return folder.resolve("ca.crt");
    }

    public Mosquitto start() throws IOException {
        Path config = folder.resolve("mosquitto.conf");
        Files.write(config, settings);
        process =
                new ProcessBuilder(PROGRAM.toString(), "-c", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("mosquitto.log").toFile())
                        .start();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> {
                            try (Socket probe =
                                    new Socket(InetAddress.getLoopbackAddress(), port)) {
                                return probe.isConnected();
                            }
                        });
        return this;
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    /** Lets it hang with its sockets open, as a broker out of memory does. */
    public void freeze() throws Exception {
        signal("STOP");
    }

    public void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
        assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    public int port() {
        return port;
    }

    /** Its URL with that scheme. */
    public String url(String scheme) {
        return scheme + "://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
