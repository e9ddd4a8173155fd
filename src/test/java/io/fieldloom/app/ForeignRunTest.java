package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloom.foreign.ModbusServer;
import io.fieldloom.foreign.Mosquitto;
import io.fieldloom.foreign.NodeOpcuaServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fieldloom run} between devices and brokers that we did not write. */
@Tag("foreign")
class ForeignRunTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BACK_WITHIN = Duration.ofSeconds(5);

    @TempDir Path folder;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private CommandRun run;

    @AfterEach
    void end() throws Exception {
        if (run != null && run.isRunning()) {
            run.stop().result();
        }
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T using(T part) {
        opened.add(part);
        return part;
    }

    private Path project(String... lines) throws IOException {
        Path file = folder.resolve("hall.fieldloom.yaml");
        Files.writeString(file, String.join("\n", lines) + "\n");
        return file;
    }

    @Test
    void publishesToMosquittoOverTlsWithAPassword() throws Exception {
        Mosquitto broker =
                using(new Mosquitto(folder.resolve("broker")).withUser("loom", "s3cret").withTls());
        broker.start();
        ModbusServer device = using(ModbusServer.pymodbus());
        Path file =
                project(
                        "fieldloom: 1",
                        "defaults: {broker: plant}",
                        "brokers:",
                        "  plant: {url: \""
                                + broker.url("mqtts")
                                + "\", user: loom, ca: "
                                + broker.ca()
                                + "}",
                        "devices:",
                        "  boiler:",
                        "    endpoint: " + device.endpoint(),
                        "    interval: 200ms",
                        "    tags:",
                        "      First: {address: \"holding:0\"}",
                        "mappings:",
                        "  acme/hall/first: {device: boiler, tag: First}");
        Path password = Files.writeString(folder.resolve("password"), "s3cret\n");
        Listener seen =
                using(
                        new Listener(
                                "-p",
                                String.valueOf(broker.port()),
                                "-u",
                                "loom",
                                "-P",
                                "s3cret",
                                "--cafile",
                                broker.ca().toString(),
                                "-t",
                                "acme/#"));

        CommandRun.Result result =
                CommandRun.of(
                                folder.resolve("home"),
                                "run",
                                file.toString(),
                                "--for",
                                "3s",
                                "--password-file",
                                "plant=" + password,
                                "--json")
                        .result();

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().get("received").asLong())
                .isEqualTo(result.json().get("published").asLong())
                .isPositive();
        seen.awaitQuality("acme/hall/first", "good", Duration.ofSeconds(5));
        seen.awaitState("acme/_fieldloom/hall", "online");
        seen.awaitState("acme/_fieldloom/hall", "offline");
    }

    @Test
    void anotherFieldloomOnTheSameTopicsIsAWarning() throws Exception {
        Mosquitto broker = using(new Mosquitto(folder.resolve("broker"))).start();
        String online =
                "{\"state\":\"online\",\"since\":\"2026-01-01T00:00:00.000Z\",\"id\":\"x\"}";
        ModbusServer.run(
                "mosquitto_pub",
                "-p",
                String.valueOf(broker.port()),
                "-h",
                "127.0.0.1",
                "-r",
                "-t",
                "acme/_fieldloom/hall",
                "-m",
                online);
        ModbusServer device = using(ModbusServer.pymodbus());
        Path file =
                project(
                        "fieldloom: 1",
                        "defaults: {broker: plant}",
                        "brokers:",
                        "  plant: {url: \"" + broker.url("mqtt") + "\"}",
                        "devices:",
                        "  boiler:",
                        "    endpoint: " + device.endpoint(),
                        "    tags:",
                        "      First: {address: \"holding:0\"}",
                        "mappings:",
                        "  acme/hall/first: {device: boiler, tag: First}");

        CommandRun.Result result =
                CommandRun.of(folder.resolve("home"), "run", file.toString(), "--for", "1s")
                        .result();

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).contains("another Fieldloom (x) is online");
    }

    @Test
    void aWrongPasswordIsOneLineAndExitThree() throws Exception {
        Mosquitto broker = using(new Mosquitto(folder.resolve("broker")).withUser("loom", "right"));
        broker.start();
        Path file =
                project(
                        "fieldloom: 1",
                        "defaults: {broker: plant}",
                        "brokers:",
                        "  plant: {url: \"" + broker.url("mqtt") + "\", user: loom}",
                        "devices:",
                        "  boiler:",
                        "    endpoint: modbus-tcp://127.0.0.1:" + ModbusServer.freePort(),
                        "    tags:",
                        "      First: {address: \"holding:0\"}",
                        "mappings:",
                        "  acme/hall/first: {device: boiler, tag: First}");
        Path password = Files.writeString(folder.resolve("password"), "wrong\n");

        CommandRun.Result result =
                CommandRun.of(
                                folder.resolve("home"),
                                "run",
                                file.toString(),
                                "--for",
                                "3s",
                                "--password-file",
                                "plant=" + password)
                        .result();

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.failure()).startsWith("fieldloom: ").contains("plant");
        assertThat(result.err()).doesNotContain("wrong\n").doesNotContain("\tat ");
    }

    @Test
    void everyForeignPartMayDieAndComeBack() throws Exception {
        Mosquitto broker = using(new Mosquitto(folder.resolve("broker")));
        broker.start();
        NodeOpcuaServer opcua = new NodeOpcuaServer(folder.resolve("pki"));
        opened.add(opcua::kill);
        opcua.start();
        ModbusServer modbus = using(ModbusServer.libmodbus(folder));
        Path file =
                project(
                        "fieldloom: 1",
                        "defaults: {broker: plant}",
                        "brokers:",
                        "  plant: {url: \"" + broker.url("mqtt") + "\"}",
                        "devices:",
                        "  filler: {endpoint: \"" + opcua.endpoint() + "\", interval: 200ms}",
                        "  boiler:",
                        "    endpoint: " + modbus.endpoint(),
                        "    interval: 200ms",
                        "    tags:",
                        "      First: {address: \"holding:0\"}",
                        "mappings:",
                        "  acme/hall/counter: {device: filler, tag: \"nsu=urn:foreign:filler;s="
                                + "Counter\"}",
                        "  acme/hall/first: {device: boiler, tag: First}");
        Listener seen =
                using(new Listener("-p", String.valueOf(broker.port()), "-t", "acme/hall/#"));
        run = CommandRun.of(folder.resolve("home"), "run", file.toString()).start();
        seen.awaitQuality("acme/hall/counter", "good", Duration.ofSeconds(20));
        seen.awaitQuality("acme/hall/first", "good", Duration.ofSeconds(20));

        modbus.kill();
        seen.awaitQuality("acme/hall/first", "bad", Duration.ofSeconds(5));
        modbus.start();
        seen.awaitQuality("acme/hall/first", "good", BACK_WITHIN);

        opcua.kill();
        seen.awaitQuality("acme/hall/counter", "bad", Duration.ofSeconds(5));
        opcua.start("--swap");
        seen.awaitQuality("acme/hall/counter", "good", BACK_WITHIN);

        broker.kill();
        String url = "broker plant (" + broker.url("mqtt") + "): ";
        awaitNote(url + "the connection broke");
        broker.start();
        awaitNote(url + "connected again; ");
        try (Listener again =
                new Listener("-p", String.valueOf(broker.port()), "-t", "acme/hall/#")) {
            again.awaitQuality("acme/hall/counter", "good", BACK_WITHIN);
        }
        CommandRun.Result result = run.stop().result();
        assertThat(result.code()).as(result.err()).isZero();
        for (String device : List.of("boiler", "filler")) {
            assertThat(result.err().lines().filter(line -> line.contains(" " + device)))
                    .as(result.err())
                    .hasSize(2);
        }
    }

    /** Waits for a line of the run that begins so, and that there is no second one. */
    private void awaitNote(String begin) {
        await().atMost(BACK_WITHIN).until(() -> run.notes().contains("fieldloom: " + begin));
        assertThat(run.notes().split(Pattern.quote(begin), -1)).as(run.notes()).hasSize(2);
    }

    /** {@code mosquitto_sub}, and what it has printed so far. */
    private static final class Listener implements AutoCloseable {
        private final Process process;
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Listener(String... arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of("mosquitto_sub", "-h", "127.0.0.1"));
            command.addAll(List.of(arguments));
            command.addAll(List.of("-q", "1", "-v"));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread reader = new Thread(this::read, "mosquitto_sub");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8))) {
                in.lines().forEach(lines::add);
            } catch (IOException e) {
                lines.add("mosquitto_sub ended: " + e.getMessage());
            }
        }

        /** Waits for the newest message of a topic to be of that quality. */
        void awaitQuality(String topic, String quality, Duration atMost) {
            await().atMost(atMost)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> field(newest(topic), "quality").equals(quality));
        }

        void awaitState(String topic, String state) {
            await().atMost(Duration.ofSeconds(5))
                    .until(
                            () ->
                                    lines.stream()
                                            .filter(line -> line.startsWith(topic + " "))
                                            .anyMatch(line -> field(line, "state").equals(state)));
        }

        private String newest(String topic) {
            List<String> own = lines.stream().filter(line -> line.startsWith(topic + " ")).toList();
            return own.isEmpty() ? "" : own.get(own.size() - 1);
        }

        private static String field(String line, String name) {
            int payload = line.indexOf(' ');
            if (payload < 0) {
                return "";
            }
            try {
                JsonNode json = JSON.readTree(line.substring(payload + 1));
                return json.path(name).asText("");
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + line, e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
