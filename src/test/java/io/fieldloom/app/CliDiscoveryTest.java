package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloom.app.CommandRun.Result;
import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Signals;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.simulate.SimulatedDevice;
import io.fieldloom.engine.simulate.modbus.ModbusSimulator;
import io.fieldloom.engine.simulate.opcua.OpcUaSimulator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;

/** {@code discover} and {@code diagnose}: who is there, and why it cannot be reached. */
class CliDiscoveryTest {
    private static final String SECURE = "Basic256Sha256/SignAndEncrypt";

    @TempDir static Path serverHome;

    private static SimulatedDevice filler;
    private static SimulatedDevice boiler;

    @TempDir Path home;

    @BeforeAll
    static void start() throws IOException {
        filler =
                new OpcUaSimulator(
                        simulator(Simulator.OPC_UA, "Filler/Level", "Double"),
                        new Home(serverHome),
                        Map.of("operator", "secret"));
        filler.start();
        boiler = new ModbusSimulator(simulator(Simulator.MODBUS, "holding:0", "uint16"));
        boiler.start();
    }

    private static Simulator simulator(String protocol, String point, String type) {
        PMap<String, Signal> points = OrderedPMap.empty();
        points = points.plus(point, Signals.constant(type, "1", false));
        return new Simulator("sim", protocol, null, null, 1L, "urn:acme", null, points);
    }

    @AfterAll
    static void stop() {
        filler.close();
        boiler.close();
    }

    private Result run(String... args) {
        return CommandRun.of(home, args).result();
    }

    private static String authority(SimulatedDevice device) {
        return device.endpoint().replaceFirst("^[a-z.-]+://([^/?]+).*", "$1");
    }

    private static String opcTcp(ServerSocket socket) {
        return "opc.tcp://127.0.0.1:" + socket.getLocalPort();
    }

    @Test
    void discoverFindsAServerByItsPortAloneAndSaysWhatItOffers() {
        Result result = run("discover", authority(filler), "--json");

        assertThat(result.code()).isZero();
        JsonNode found = result.jsonLines().get(0);
        assertThat(result.jsonLines()).hasSize(1);
        assertThat(found.get("endpoint").asText()).isEqualTo(filler.endpoint());
        assertThat(found.get("server").asText()).contains("sim");
        assertThat(found.get("security")).hasToString("[\"" + SECURE + "\",\"None/None\"]");
        assertThat(found.get("recommended").asBoolean()).isTrue();
    }

    // A router or container maps the port: what the server announces leads nowhere from here.
    @Test
    void discoverNamesThePlaceThatAnswersBehindAPortMap() throws IOException {
        try (PortMap map = new PortMap(Integer.parseInt(authority(filler).split(":")[1]))) {
            Result result = run("discover", map.authority(), "--json");

            assertThat(result.jsonLines()).hasSize(1);
            JsonNode found = result.jsonLines().get(0);
            assertThat(found.get("endpoint").asText())
                    .isEqualTo(filler.endpoint().replace(authority(filler), map.authority()));
            assertThat(found.get("announced").asText()).isEqualTo(filler.endpoint());
            assertThat(run("discover", map.authority()).out())
                    .contains("announces " + filler.endpoint());
        }
    }

    @Test
    void discoverOfANamedPortDoesNotAskForItsPort() throws IOException {
        try (StrangeServer frozen = StrangeServer.silent()) {
            String place = frozen.url("opc.tcp").replace("opc.tcp://", "");
            Result result = run("discover", place);

            assertThat(result.code()).isEqualTo(3);
            assertThat(result.failure())
                    .contains("accepts connections", "fieldloom diagnose opc.tcp://" + place)
                    .doesNotContain("name its port");
        }
    }

    @Test
    void discoverTellsModbusFromOpcUa() {
        Result result = run("discover", authority(boiler), "--json");

        assertThat(result.jsonLines()).hasSize(1);
        assertThat(result.jsonLines().get(0).get("endpoint").asText())
                .isEqualTo("modbus-tcp://" + authority(boiler));
    }

    // A search of a subnet touches every device in it: it asks first.
    @Test
    void aSubnetIsNotSearchedWithoutYes() {
        Result result = run("discover", "127.0.0.0/24", "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("254 addresses", "102, 502, 4840, 44818", "nothing was sent", "--yes");
        assertThat(run("discover", "10.0.0.0/8", "--yes").code()).isEqualTo(2);
    }

    @Test
    void diagnoseWalksEveryLayerOfAServerThatWorks() {
        Result result = run("diagnose", filler.endpoint(), "--json");

        assertThat(result.code()).isZero();
        assertThat(result.jsonLines())
                .extracting(line -> line.get("layer").asText())
                .containsExactly(
                        "dns", "tcp", "hello", "endpoints", "certificate", "session", "identity");
        assertThat(result.jsonLines()).allMatch(line -> line.get("ok").asBoolean());
    }

    @Test
    void diagnoseNamesTheLayerThatFails() throws IOException {
        String closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = opcTcp(free);
        }
        assertFailsAt(run("diagnose", closed, "--json"), "tcp", "nothing listens");
        assertFailsAt(
                run("diagnose", "opc.tcp://no-such-host.invalid", "--json"),
                "dns",
                "no-such-host.invalid");
        assertFailsAt(
                run("diagnose", filler.endpoint() + "x", "--json"),
                "hello",
                "TcpEndpointUrlInvalid");
        assertFailsAt(
                run("diagnose", filler.endpoint(), "--security", SECURE, "--json"),
                "certificate",
                "SHA-256");
        assertFailsAt(
                run(
                        "diagnose",
                        filler.endpoint(),
                        "--security",
                        SECURE,
                        "--trust-server",
                        "--user",
                        "operator",
                        "--password",
                        "wrong",
                        "--json"),
                "identity",
                "does not accept this user");
        assertFailsAt(
                run("diagnose", filler.endpoint(), "--security", "Basic256Sha256/Sign", "--json"),
                "endpoints",
                "it offers");
        assertFailsAt(
                run("diagnose", "modbus-tcp://" + authority(boiler) + "?unit=9", "--json"),
                "modbus",
                "unit 9");
    }

    @Test
    void diagnoseRecognisesAWebServer() throws IOException {
        try (ServerSocket web = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served =
                    CompletableFuture.runAsync(
                            () -> {
                                try (Socket client = web.accept();
                                        OutputStream out = client.getOutputStream()) {
                                    out.write(
                                            "HTTP/1.1 400 Bad Request\r\n\r\n"
                                                    .getBytes(StandardCharsets.US_ASCII));
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            assertFailsAt(run("diagnose", opcTcp(web), "--json"), "hello", "a web server");
            served.join();
        }
    }

    private static void assertFailsAt(Result result, String layer, String words) {
        assertThat(result.code()).isEqualTo(3);
        List<JsonNode> lines = result.jsonLines();
        JsonNode last = lines.get(lines.size() - 1);
        assertThat(last.get("layer").asText()).isEqualTo(layer);
        assertThat(last.get("ok").asBoolean()).isFalse();
        assertThat(last.get("message").asText()).containsIgnoringCase(words);
        assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.get("ok").asBoolean());
    }
}
