package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloom.app.CommandRun.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lint}, {@code run}, {@code simulate} and {@code demo}, as a script sees them. */
class CliProjectTest {
    private static final Duration STARTED = Duration.ofSeconds(80);

    private static final String HALL =
            """
            fieldloom: 1
            name: Hall
            brokers:
              plant: {url: "mqtt://192.0.2.1:1883"}
            devices:
              boiler:
                endpoint: modbus-tcp://192.0.2.2:502
                interval: 100ms
                simulator: boiler-sim
                use: simulated
                tags:
                  Level: {address: "holding:0"}
            simulators:
              boiler-sim:
                protocol: modbus
                registers:
                  "holding:0": {signal: counter, each: 100ms}
            mappings:
              acme/boiler/level: {device: boiler, tag: Level}
            """;

    @TempDir Path home;

    private Path project(String text) throws IOException {
        return Files.writeString(home.resolve("hall.fieldloom.yaml"), text);
    }

    private Result run(String... args) {
        return CommandRun.of(home, args).result();
    }

    @Test
    void aCleanProjectHasNoFindings() throws IOException {
        Result result = run("lint", project(HALL).toString(), "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("[]\n");
    }

    @Test
    void findingsAreOneWithTheirLines() throws IOException {
        Path file = project(HALL.replace("tag: Level}", "tag: Nope, transform: 'value +'}"));
        Result result = run("lint", file.toString(), "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.json().findValuesAsText("rule"))
                .containsExactlyInAnyOrder("unknown-tag", "transform-invalid");
        for (JsonNode finding : result.json()) {
            assertThat(finding.get("severity").asText()).isEqualTo("error");
            assertThat(finding.get("line").asInt()).isEqualTo(19);
            assertThat(finding.get("at").asText()).isEqualTo("acme/boiler/level");
            assertThat(finding.get("message").asText()).isNotBlank();
            assertThat(finding.get("fix").asText()).isNotBlank();
        }
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains(": 2 errors, 0 warnings. ");
        assertThat(run("lint", file.toString()).out().lines())
                .allMatch(line -> line.matches(".*: error [a-z-]+ .*[.?] [A-Z].*"));
    }

    // What the file format promises for nodes and registers alike.
    @Test
    void aRegistersTypeMayStandBesideItsAddress() throws IOException {
        String level = "\"holding:0\": {signal: counter, each: 100ms}";
        String typed =
                HALL.replace(
                        level,
                        "\"holding:0\": {type: float32, signal: constant, value: 1.5}\n"
                                + "      \"holding:2:int16\": {type: int16, signal: constant,"
                                + " value: -3}");
        CommandRun run =
                CommandRun.of(home, "simulate", project(typed).toString(), "--json").start();
        await().atMost(STARTED).until(() -> run.answers().contains("listening"));
        String endpoint = JsonLine.of(run.answers()).at("/listening/0").asText();
        Result read = run("read", endpoint, "holding:0:float32", "holding:2:int16", "--json");
        run.stop().result();

        assertThat(read.json().findValuesAsText("value")).containsExactly("1.5", "-3");
        Result wrong =
                run("lint", project(typed.replace("type: int16", "type: uint32")).toString());
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err().lines()).hasSize(1);
        assertThat(wrong.err()).contains("holding:2:int16").contains("uint32");
    }

    @Test
    void warningsFailOnlyWhenTheyShall() throws IOException {
        Path file = project(HALL + "  acme/boiler: {device: boiler, tag: Level}\n");

        assertThat(run("lint", file.toString(), "--json").code()).isZero();
        Result strict = run("lint", file.toString(), "--json", "--strict");
        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.json().findValuesAsText("severity")).containsOnly("warning");
    }

    @Test
    void findingsComeAsSarifToo() throws IOException {
        Path file = project(HALL.replace("tag: Level}", "tag: Nope}"));
        Result result = run("lint", file.toString(), "--sarif");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.json().get("version").asText()).isEqualTo("2.1.0");
        JsonNode found = result.json().at("/runs/0/results/0");
        assertThat(found.get("ruleId").asText()).isEqualTo("unknown-tag");
        assertThat(found.get("level").asText()).isEqualTo("error");
        assertThat(found.at("/locations/0/physicalLocation/region/startLine").asInt())
                .isEqualTo(19);
        assertThat(result.json().at("/runs/0/tool/driver/name").asText()).isEqualTo("Fieldloom");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lint", "run", "simulate"})
    void everyFaultIsALineOfItsOwn(String command) throws IOException {
        Path file = project(HALL.replace("name: Hall", "nmae: Hall").replace("100ms", "soon"));
        Result result = run(command, file.toString(), "--json");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        List<String> lines = result.err().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("fieldloom: " + file + ":2: ").contains("nmae");
        assertThat(lines.get(1)).startsWith("fieldloom: " + file + ":8: ");
        assertThat(lines.get(2)).startsWith("fieldloom: " + file + ":17: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lint", "run", "simulate"})
    void anUnreadableProjectIsOneLineAndTwo(String command) throws IOException {
        Path broken = project("fieldloom: 1\ndevices: {boiler: [\n");
        Path binary = home.resolve("binary.fieldloom.yaml");
        Files.write(binary, new byte[] {'a', (byte) 0xff, 0});
        for (String file :
                List.of(
                        broken.toString(),
                        binary.toString(),
                        home.resolve("no.fieldloom.yaml").toString(),
                        home.toString())) {
            Result result = run(command, file);

            assertThat(result.code()).as(result.err()).isEqualTo(2);
            assertThat(result.out()).isEmpty();
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains(file);
        }
    }

    @Test
    void simulateSaysWhereItListensInFileOrder() throws IOException {
        CommandRun run =
                CommandRun.of(home, "simulate", project(HALL).toString(), "--json").start();
        await().atMost(STARTED).until(() -> run.answers().contains("listening"));
        String endpoint = JsonLine.of(run.answers()).at("/listening/0").asText();
        Result read = run("read", endpoint, "holding:0", "--json");
        Result result = run.stop().result();

        assertThat(endpoint).startsWith("modbus-tcp://127.0.0.1:");
        assertThat(read.code()).as(read.err()).isZero();
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEqualTo("listening " + endpoint + System.lineSeparator());
    }

    @Test
    void aSimulatorsPortThatIsTakenIsThree() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            Path file =
                    project(
                            HALL.replace(
                                    "    protocol: modbus",
                                    "    protocol: modbus\n    port: " + port));
            Result result = run("simulate", file.toString(), "--json");

            assertThat(result.code()).isEqualTo(3);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains(String.valueOf(port));
        }
    }

    @Test
    void runMapsSimulatedDevicesToTheEmbeddedBroker() throws IOException {
        Result result = run("run", project(HALL).toString(), "--for", "1s", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().get("tags").asInt()).isEqualTo(1);
        assertThat(result.json().get("topics").asInt()).isEqualTo(1);
        assertThat(result.json().get("published").asInt()).isGreaterThan(2);
        assertThat(result.json().get("received")).isEqualTo(result.json().get("published"));
        assertThat(result.json().get("dropped").asInt()).isZero();
        assertThat(result.json().at("/latencyMillis/p99").asDouble()).isPositive();
        assertThat(result.err())
                .contains("listening mqtt://127.0.0.1:")
                .contains("listening modbus-tcp://127.0.0.1:");
    }

    // Somebody else's broker must not carry values that no machine made.
    @Test
    void simulatedValuesGoElsewhereOnlyWithYes() throws IOException {
        Path file = project("defaults: {broker: plant}\n" + HALL);
        Result result = run("run", file.toString(), "--for", "1s", "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("boiler").contains("192.0.2.1").contains("--yes");
    }

    @Test
    void aBrokerThatIsNotThereIsThree() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path file = project("defaults: {broker: plant}\n" + HALL);
        Result result =
                run("run", file.toString(), "--broker", "plant=mqtt://127.0.0.1:" + port, "--json");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(failures(result)).hasSize(1);
        assertThat(result.failure()).contains("plant");
    }

    private static List<String> failures(Result result) {
        return result.err().lines().filter(line -> line.startsWith("fieldloom: ")).toList();
    }

    @Test
    void aBrokerThatNeverAnswersIsOneLineAndThreeWithinItsTime() throws IOException {
        Path file = project("defaults: {broker: plant}\n" + HALL);
        try (StrangeServer silent = StrangeServer.silent()) {
            Instant begin = Instant.now();
            Result result = run("run", file.toString(), "--broker", "plant=" + silent.url("mqtt"));

            assertThat(result.code()).isEqualTo(3);
            assertThat(failures(result)).hasSize(1);
            assertThat(result.failure()).contains("plant").contains(silent.url("mqtt"));
            // Ten seconds for the broker; the rest is the start on a busy computer.
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(16));
        }
    }

    // What answers without speaking Modbus is named, and counted as reads that fail.
    @Test
    void aDeviceThatSpeaksSomethingElseIsNamed() throws IOException {
        try (StrangeServer web = StrangeServer.web()) {
            String strange =
                    HALL.replace("modbus-tcp://192.0.2.2:502", web.url("modbus-tcp"))
                            .replace("    use: simulated\n", "");
            Result result = run("run", project(strange).toString(), "--for", "1s", "--json");

            assertThat(failures(result))
                    .anyMatch(line -> line.contains("boiler") && line.contains("Unexpected"));
            assertThat(result.json().get("errors").asInt()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--broker nobody=mqtt://127.0.0.1:1883",
                "--broker plant=nowhere",
                "--broker plant",
                "--password-file nobody=x",
                "--password-file boiler=/no/such/file",
                "--nonsense",
            })
    void wrongUsageOfRunIsTwo(String options) throws IOException {
        Path file = project(HALL);
        String[] args = ("run " + file + " " + options).split(" ");
        Result result = run(args);

        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err().lines()).hasSize(1);
    }

    // A dead device is the plant's everyday life: it never ends a run, and says so when it is lost.
    @Test
    void aDeviceThatIsNotThereDoesNotEndTheRun() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String dead =
                HALL.replace(
                        "mappings:", "mappings:\n  acme/dead/level: {device: dead, tag: Level}");
        dead =
                dead.replace(
                        "devices:",
                        "devices:\n  dead:\n    endpoint: modbus-tcp://127.0.0.1:"
                                + port
                                + "\n    tags:\n      Level: {address: \"holding:0\"}");
        Result result = run("run", project(dead).toString(), "--for", "1s", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().get("published").asInt()).isPositive();
        assertThat(result.json().get("errors").asInt()).isPositive();
        assertThat(failures(result)).filteredOn(line -> line.contains(" dead ")).hasSize(1);
    }

    @Test
    void whenNothingIsPublishedTheAnswerIsNo() throws IOException {
        Path file = project(HALL.replace("tag: Level}", "tag: Nope}"));
        Result result = run("run", file.toString(), "--for", "200ms", "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.json().get("published").asInt()).isZero();
        assertThat(result.err()).contains("unknown-tag").contains("nothing was published");
        assertThat(failures(result)).filteredOn(line -> line.contains("Nope")).hasSize(1);
    }

    @Test
    void theDemoPublishesFiftyMessagesASecond() {
        Result result = run("demo", "--headless", "--for", "4s", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        JsonNode summary = result.json();
        assertThat(summary.get("tags").asInt()).isGreaterThanOrEqualTo(40);
        assertThat(summary.get("received")).isEqualTo(summary.get("published"));
        assertThat(summary.get("dropped").asInt()).isZero();
        assertThat(summary.get("errors").asInt()).isZero();
        assertThat(summary.get("published").asDouble() / summary.get("seconds").asDouble())
                .isGreaterThan(50);
    }

    @Test
    void aPortThatWasAskedForAndIsTakenIsThree() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            Result result = run("demo", "--headless", "--port", port, "--for", "1s", "--json");

            assertThat(result.code()).isEqualTo(3);
            assertThat(result.out()).isEmpty();
            assertThat(result.failure()).contains(port);
        }
    }

    @Test
    void aSignalEndsARunWithItsSummary() throws IOException {
        CommandRun run = CommandRun.of(home, "run", project(HALL).toString(), "--json").start();
        await().atMost(STARTED).until(() -> run.notes().contains("listening modbus-tcp"));
        Result result = run.stop().result();

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().has("published")).isTrue();
    }

    // As with a full disk: what the program keeps is named, not the port it did not get to.
    @ParameterizedTest
    @ValueSource(strings = {"run", "simulate", "demo", "broker"})
    void aHomeThatCannotBeWrittenIsOneLineAndThree(String command) throws IOException {
        Path file = project(HALL);
        Path noFolder = Files.writeString(home.resolve("file"), "").resolve("home");
        String[] args =
                command.equals("demo") || command.equals("broker")
                        ? new String[] {command, "--for", "1s"}
                        : new String[] {command, file.toString(), "--for", "1s"};
        Result result = CommandRun.of(noFolder, args).result();

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains(noFolder.toString()).contains("FIELDLOOM_HOME");
    }

    private static final class JsonLine {
        static JsonNode of(String text) {
            return new Result(0, text, "").json();
        }
    }

    @Test
    void aProjectInAFolderWithSpacesAndUmlautsIsFound() throws IOException {
        Path folder = Files.createDirectories(home.resolve("Halle Süd"));
        Path file = folder.resolve("abfüllung 1.fieldloom.yaml");
        Files.write(file, HALL.getBytes(StandardCharsets.UTF_8));

        assertThat(run("lint", file.toString(), "--json").code()).isZero();
        assertThat(run("lint", file.toString(), "--sarif").code()).isZero();
    }
}
