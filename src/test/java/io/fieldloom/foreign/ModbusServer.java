package io.fieldloom.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A Modbus server that we did not write, in a process of its own on a port of its own. */
public final class ModbusServer implements AutoCloseable {
    private static final Path SOURCES = Path.of("src", "test", "foreign");

    private final List<String> command;
    private final String scheme;
    private final int port;
    private Process process;

    private ModbusServer(List<String> command, String scheme) throws IOException {
        this.command = command;
        this.scheme = scheme;
        port = freePort();
        start();
    }

    /** A server on libmodbus, compiled into that folder. */
    public static ModbusServer libmodbus(Path folder) throws Exception {
        needs("libmodbus and gcc", Files.exists(Path.of("/usr/include/modbus/modbus.h")));
        needs("gcc", Files.isExecutable(Path.of("/usr/bin/gcc")));
        Path program = folder.resolve("modbus-server");
        String source = SOURCES.resolve("modbus-server.c").toString();
        run("/usr/bin/gcc", "-I/usr/include/modbus", "-o", program.toString(), source, "-lmodbus");
        return new ModbusServer(List.of(program.toString()), "modbus-tcp");
    }

    /** A server on Debian's pymodbus. */
    public static ModbusServer pymodbus() throws Exception {
        return new ModbusServer(python(), "modbus-tcp");
    }

    /** The same over {@code modbus-udp} or {@code modbus-rtu-tcp}. */
    public static ModbusServer pymodbus(String scheme) throws Exception {
        List<String> command = new ArrayList<>(python());
        command.add(scheme.substring("modbus-".length()));
        return new ModbusServer(command, scheme);
    }

    /** The same without functions 5, 6 and 22. */
    public static ModbusServer pymodbusWithMultipleWritesOnly() throws Exception {
        List<String> command = new ArrayList<>(python());
        command.add("multiple");
        return new ModbusServer(command, "modbus-tcp");
    }

    /** What a client on pymodbus prints when it asks a server all functions. */
    public static String askedByPymodbus(int port, int unit) throws Exception {
        List<String> command = new ArrayList<>(python().subList(0, 1));
        command.add(SOURCES.resolve("modbus_client.py").toString());
        command.add(String.valueOf(port));
        command.add(String.valueOf(unit));
        return run(command.toArray(String[]::new));
    }

    /** The same at one end of a serial line, until the process is destroyed. */
    public static Process pymodbusAt(Path serialPort, int baud) throws Exception {
        List<String> command = new ArrayList<>(python());
        command.addAll(List.of("rtu", serialPort.toString(), String.valueOf(baud)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<String> python() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        needs(
                "python3-pymodbus",
                Files.isExecutable(python)
                        && new ProcessBuilder(python.toString(), "-c", "import pymodbus, serial")
                                        .redirectErrorStream(true)
                                        .start()
                                        .waitFor()
                                == 0);
        return List.of(python.toString(), SOURCES.resolve("modbus_server.py").toString());
    }

    /** Skips the test, and says so, where a part is not installed. */
    public static void needs(String what, boolean there) {
        if (!there) {
            System.out.println("skipped: " + what + " is not installed");
        }
        Assumptions.assumeTrue(there, what + " is not installed");
    }

    /** Runs a program to its end; its exit code and what it printed. */
    public static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(output).isTrue();
        return process.exitValue() + "\n" + output;
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts it, on the same port as before. */
    public void start() throws IOException {
        List<String> full = new ArrayList<>(command);
        full.add(String.valueOf(port));
        process =
                new ProcessBuilder(full)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (scheme.equals("modbus-udp")) {
            return; // nothing to connect to; whoever asks first asks until it answers
        }
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
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    public String endpoint() {
        return scheme + "://127.0.0.1:" + port + "?timeout=2s";
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
