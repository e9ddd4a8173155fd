package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloom.app.CommandRun.Result;
import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Signals;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.simulate.opcua.OpcUaSimulator;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;

/** {@code browse}, {@code read} and {@code write} of an OPC UA server, as a script sees them. */
class CliOpcUaTest {
    private static final String SETPOINT = "nsu=urn:acme:filler;s=Filler01.Setpoint";
    private static final String SECURE = "Basic256Sha256/SignAndEncrypt";

    @TempDir static Path serverHome;

    private static OpcUaSimulator server;
    private static String endpoint;

    @TempDir Path home;

    @BeforeAll
    static void start() throws IOException {
        PMap<String, Signal> nodes = OrderedPMap.empty();
        nodes = nodes.plus("Filler01/Setpoint", Signals.constant("Double", "40", true));
        nodes =
                nodes.plus(
                        "Filler01/Serial",
                        Signals.constant("UInt64", "18446744073709551615", false));
        nodes = nodes.plus("Filler01/Mode", Signals.constant("Int32", "3", true));
        server =
                new OpcUaSimulator(
                        new Simulator(
                                "filler-sim",
                                Simulator.OPC_UA,
                                null,
                                null,
                                1L,
                                "urn:acme:filler",
                                null,
                                nodes),
                        new Home(serverHome),
                        Map.of("operator", "secret"));
        server.start();
        endpoint = server.endpoint();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Result run(String... args) {
        return CommandRun.of(home, args).result();
    }

    @Test
    void browseListsWhatIsBelowObjects() {
        Result result = run("browse", endpoint, "--json");

        assertThat(result.code()).as(result.err()).isZero();
        JsonNode filler =
                result.jsonLines().stream()
                        .filter(line -> line.get("name").asText().equals("Filler01"))
                        .findFirst()
                        .orElseThrow();
        assertThat(filler)
                .hasToString(
                        "{\"id\":\"nsu=urn:acme:filler;s=Filler01\",\"parent\":\"i=85\","
                                + "\"path\":\"Objects/Filler01\",\"name\":\"Filler01\","
                                + "\"class\":\"Object\"}");
    }

    @Test
    void browseGoesDownFromANodeAndNamesTypes() {
        Result result =
                run("browse", endpoint, "--from", "nsu=urn:acme:filler;s=Filler01", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.jsonLines())
                .anySatisfy(
                        line -> {
                            assertThat(line.get("id").asText()).isEqualTo(SETPOINT);
                            assertThat(line.get("path").asText()).isEqualTo("Filler01/Setpoint");
                            assertThat(line.get("class").asText()).isEqualTo("Variable");
                            assertThat(line.get("type").asText()).isEqualTo("Double");
                        });
    }

    // The server object holds references back up; a walk without an end would follow them.
    @Test
    void browseWithoutLimitListsEachNodeOnceAndLevelByLevel() {
        Result result = run("browse", endpoint, "--depth", "0", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        List<String> ids =
                result.jsonLines().stream().map(line -> line.get("id").asText()).toList();
        Set<String> known = new HashSet<>(List.of("i=85"));
        int deepest = 0;
        for (JsonNode line : result.jsonLines()) {
            assertThat(known).contains(line.get("parent").asText());
            assertThat(known.add(line.get("id").asText())).as("%s comes twice", line).isTrue();
            int depth = line.get("path").asText().split("/").length;
            assertThat(depth).isGreaterThanOrEqualTo(deepest);
            deepest = depth;
        }
        assertThat(ids).contains(SETPOINT, "i=2255").doesNotContain("i=85");
    }

    @Test
    void anUnknownStartNodeIsNamed() {
        Result result = run("browse", endpoint, "--from", "i=999999", "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("i=999999");
    }

    @Test
    void anIndexIsAnsweredWithItsUri() {
        Result found = run("browse", endpoint, "--json");
        assertThat(found.code()).as(found.err()).isZero();
        int index = indexOf("urn:acme:filler");

        Result result = run("read", endpoint, "ns=" + index + ";s=Filler01.Setpoint", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().get(0).get("address").asText()).isEqualTo(SETPOINT);
    }

    // What else listens there, and who does not speak, is told as 'diagnose' tells it.
    @Test
    void aPortOfAnotherProtocolIsNotCalledUnplugged() throws IOException {
        try (StrangeServer silent = StrangeServer.silent();
                StrangeServer web = StrangeServer.web()) {
            Result quiet = run("read", silent.url("opc.tcp") + "?timeout=500ms", "i=2258");
            assertThat(quiet.code()).isEqualTo(3);
            assertThat(quiet.failure())
                    .contains("the port is open", "Another protocol")
                    .doesNotContain("cable");
            assertThat(run("read", web.url("opc.tcp"), "i=2258").failure())
                    .contains("\"HTTP/1.1", "a web server");
        }
    }

    private int indexOf(String uri) {
        JsonNode uris = run("read", endpoint, "i=2255", "--json").json().get(0).get("value");
        for (int at = 0; at < uris.size(); at++) {
            if (uris.get(at).asText().equals(uri)) {
                return at;
            }
        }
        throw new AssertionError(uri + " is not in " + uris);
    }

    @Test
    void readTellsValueStatusTypeAndTime() {
        Result result = run("read", endpoint, "nsu=urn:acme:filler;s=Filler01.Serial", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .matches(
                        "\\[\\{\"address\":\"nsu=urn:acme:filler;s=Filler01.Serial\","
                                + "\"value\":18446744073709551615,\"status\":\"Good\","
                                + "\"type\":\"UInt64\",\"sourceTime\":"
                                + "\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"}]\\R");
    }

    // One bad node must not take the good ones with it.
    // The number travels on the wire; its name is for people and for what is published.
    @Test
    void anEnumerationIsReadAsItsNumber() {
        Result result = run("read", endpoint, "i=2259", "i=2256", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().at("/0/value").isInt()).as(result.out()).isTrue();
        assertThat(result.json().at("/1/value/State")).isEqualTo(result.json().at("/0/value"));
        assertThat(run("read", endpoint, "i=2259").out()).contains("0 (Running)");
    }

    @Test
    void writingAnObjectIsOneWithItsJson() {
        Result result = run("write", endpoint, "i=85", "1", "--yes", "--json");

        assertThat(result.code()).as(result.err()).isEqualTo(1);
        assertThat(result.json().get("address").asText()).isEqualTo("i=85");
        assertThat(result.json().get("status").asText()).isEqualTo("BadAttributeIdInvalid");
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void aNodeThatDoesNotExistIsAnElementAndOne() {
        Result result = run("read", endpoint, "nsu=urn:acme:filler;s=Nope", SETPOINT, "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.json().get(0).get("status").asText()).isEqualTo("BadNodeIdUnknown");
        assertThat(result.json().get(0).get("value").isNull()).isTrue();
        assertThat(result.json().get(1).get("status").asText()).isEqualTo("Good");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("s=Nope").contains("BadNodeIdUnknown");
    }

    @Test
    void aWriteIsReadBack() {
        Result result = run("write", endpoint, SETPOINT, "-41.5", "--yes", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().get("new").asDouble()).isEqualTo(-41.5);
        assertThat(result.json().get("status").asText()).isEqualTo("Good");
        assertThat(home.resolve("audit").resolve("audit.log")).content().contains(SETPOINT);
    }

    @Test
    void withoutYesNothingIsWrittenAndNoAuditKept() {
        Result result =
                run("write", endpoint, "nsu=urn:acme:filler;s=Filler01.Mode", "9", "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.json().get("status").asText()).isEqualTo("NotWritten");
        assertThat(result.json().get("old").asInt()).isEqualTo(3);
        assertThat(result.json().get("new").asInt()).isEqualTo(9);
        assertThat(home.resolve("audit")).doesNotExist();
        assertThat(
                        run("read", endpoint, "nsu=urn:acme:filler;s=Filler01.Mode", "--json")
                                .json()
                                .get(0)
                                .get("value")
                                .asInt())
                .isEqualTo(3);
    }

    @Test
    void writingANodeThatDoesNotExistIsOneAndNamesIt() {
        Result result =
                run("write", endpoint, "nsu=urn:acme:filler;s=Nope", "1", "--yes", "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.json().get("status").asText()).isEqualTo("BadNodeIdUnknown");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("s=Nope");
    }

    // A refused write is an answer: the script reads what is there and why it stayed.
    @Test
    void writingAReadOnlyNodeIsOneWithItsJson() {
        String serial = "nsu=urn:acme:filler;s=Filler01.Serial";
        Result result = run("write", endpoint, serial, "1", "--yes", "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out())
                .isEqualTo(
                        "{\"address\":\""
                                + serial
                                + "\",\"old\":18446744073709551615,\"new\":18446744073709551615,"
                                + "\"status\":\"BadNotWritable\"}\n");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains(serial).contains("read-only");
    }

    @Test
    void aValueThatDoesNotFitIsTwo() {
        Result result =
                run("write", endpoint, "nsu=urn:acme:filler;s=Filler01.Mode", "much", "--yes");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void anUntrustedCertificateIsThreeUntilItIsTrusted() {
        Result untrusted = run("read", endpoint, SETPOINT, "--security", SECURE);
        assertThat(untrusted.code()).isEqualTo(3);
        assertThat(untrusted.out()).isEmpty();
        assertThat(untrusted.err().lines()).hasSize(1);
        assertThat(untrusted.err()).contains("--trust-server");
        String thumbprint = untrusted.err().replaceAll("(?s).*(SHA-256 [0-9A-F:]{95}).*", "$1");

        Result trusting = run("read", endpoint, SETPOINT, "--security", SECURE, "--trust-server");
        assertThat(trusting.code()).as(trusting.err()).isZero();
        assertThat(trusting.err()).contains(thumbprint);

        Result remembered = run("read", endpoint, SETPOINT, "--security", SECURE);
        assertThat(remembered.code()).as(remembered.err()).isZero();
        assertThat(remembered.err()).isEmpty();
    }

    @Test
    void aPasswordOpensTheDoorAndAWrongOneDoesNot() throws IOException {
        Path file = Files.writeString(home.resolve("password"), "secret\n");
        String[] withFile = {
            "read",
            endpoint,
            SETPOINT,
            "--user",
            "operator",
            "--password-file",
            file.toString(),
            "--trust-server"
        };
        assertThat(run(withFile).code()).as(run(withFile).err()).isZero();

        String[] noFile = {"read", endpoint, SETPOINT, "--user", "operator"};
        Result variable =
                CommandRun.of(home, noFile).withVariable("FIELDLOOM_PASSWORD", "secret").result();
        assertThat(variable.code()).as(variable.err()).isZero();

        Result wrong =
                CommandRun.of(home, noFile).withVariable("FIELDLOOM_PASSWORD", "guess").result();
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err().lines()).hasSize(1);
        assertThat(wrong.err()).contains("password").doesNotContain("guess");
    }

    @Test
    void aRunNamesTheOptionForADevicesPassword() throws IOException {
        Path file =
                Files.writeString(
                        home.resolve("hall.fieldloom.yaml"),
                        """
                        fieldloom: 1
                        devices:
                          filler: {endpoint: "%s", user: operator}
                        mappings:
                          acme/setpoint: {device: filler, tag: "%s"}
                        """
                                .formatted(endpoint, SETPOINT));
        // The window, or a read before, has trusted the server.
        run("read", endpoint, SETPOINT, "--security", SECURE, "--trust-server");

        Result without = run("run", file.toString(), "--for", "100ms", "--json");

        assertThat(without.code()).as(without.err()).isEqualTo(1);
        assertThat(without.err().lines())
                .filteredOn(line -> line.contains("operator"))
                .singleElement()
                .asString()
                .startsWith("fieldloom: filler ")
                .endsWith("No password is known for operator: add --password-file filler=FILE");

        Path password = Files.writeString(home.resolve("password"), "secret\n");
        Result with =
                run(
                        "run",
                        file.toString(),
                        "--for",
                        "100ms",
                        "--password-file",
                        "filler=" + password);
        assertThat(with.code()).as(with.err()).isZero();
    }

    @Test
    void aPasswordOnTheCommandLineIsWarnedOf() {
        Result result =
                run(
                        "read",
                        endpoint,
                        SETPOINT,
                        "--user",
                        "operator",
                        "--password",
                        "secret",
                        "--trust-server");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).contains("process list").doesNotContain("secret");
    }

    @Test
    void aWrongEndpointIsThreeAndNamesIt() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Result result = run("read", "opc.tcp://127.0.0.1:" + port + "/x", "i=2258", "--json");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("127.0.0.1:" + port);
    }
}
