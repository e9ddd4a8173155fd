package io.fieldloom.engine.device.opcua;

import static io.fieldloom.domain.simulation.Signals.constant;
import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static io.fieldloom.engine.device.opcua.OpcUaBench.failure;
import static io.fieldloom.engine.device.opcua.OpcUaBench.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.OfferedEndpoint;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.security.KeptCertificate;
import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.engine.security.TrustList;
import io.fieldloom.engine.simulate.opcua.OpcUaSimulator;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpcUaSecurityTest {
    private static final String SECURED = "Basic256Sha256/SignAndEncrypt";

    @TempDir Path folder;
    private OpcUaBench bench;
    private final OpcUaBench.Events events = new OpcUaBench.Events();

    @BeforeEach
    void begin() {
        bench = new OpcUaBench(folder);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    // Nothing is trusted by itself: a person sees the certificate first, and is asked once.
    @Test
    void asksForTrustOnceAndRemembersIt() throws Exception {
        String endpoint = server(Map.of());
        DeviceException asked =
                failure(bench.session(endpoint, SECURED, null, null, events).connect());

        assertThat(asked.kind()).isEqualTo(Kind.UNTRUSTED);
        PresentedCertificate shown = asked.certificate().orElseThrow();
        assertThat(shown.faults()).isEmpty();
        assertThat(shown.hosts()).contains("127.0.0.1", "localhost");
        assertThat(shown.applicationUri()).contains("fieldloom-simulator:filler-sim");
        assertThat(shown.sha256()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(asked).hasMessageContaining(shown.sha256());
        assertThat(bench.trust.kept(KeptCertificate.Kind.REJECTED))
                .extracting(KeptCertificate::certificate, KeptCertificate::endpoints)
                .containsExactly(tuple(shown.certificate(), List.of(endpoint)));

        bench.trust.trust(shown.certificate());

        assertThat(bench.trust.kept(KeptCertificate.Kind.REJECTED)).isEmpty();
        assertThat(new TrustList(new Home(folder)).isTrusted(shown.certificate()))
                .as("a later Fieldloom knows it too")
                .isTrue();
        DeviceSession session = bench.session(endpoint, SECURED, null, null, events);
        answer(session.connect());
        assertThat(answer(session.read(List.of(node("A.B")))).get(0).value())
                .isEqualTo(Value.of(7L));
        bench.trust.distrust(shown.certificate());
        assertThat(failure(bench.session(endpoint, SECURED, null, null, events).connect()).kind())
                .isEqualTo(Kind.UNTRUSTED);
    }

    // The same name and application URI, another key: what an impostor would show.
    @Test
    void aServerThatShowsAnotherCertificateThanBeforeIsRefusedAndBothAreNamed() throws Exception {
        OpcUaSimulator before = bench.simulator(Map.of("A.B", constant("Int32", "7", false)));
        String endpoint = before.endpoint();
        PresentedCertificate old =
                failure(bench.session(endpoint, SECURED, null, null, events).connect())
                        .certificate()
                        .orElseThrow();
        // Trusted by an earlier version, which kept no endpoints.
        bench.trust.trust(old.certificate());
        answer(bench.session(endpoint, SECURED, null, null, events).connect());
        before.close();
        try (Stream<Path> files = Files.list(folder.resolve("pki/simulators"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        bench.simulator(
                Endpoint.parse(endpoint).port(),
                Map.of("A.B", constant("Int32", "7", false)),
                Map.of());

        DeviceException refused =
                failure(bench.session(endpoint, SECURED, null, null, events).connect());

        assertThat(refused.kind()).isEqualTo(Kind.UNTRUSTED);
        PresentedCertificate now = refused.certificate().orElseThrow();
        assertThat(now.before().certificate()).isEqualTo(old.certificate());
        assertThat(refused)
                .hasMessageContaining(
                        "it shows another certificate than the one trusted for this endpoint on ")
                .hasMessageContaining("(SHA-256 " + old.sha256() + "): " + now.subject())
                .hasMessageContaining("SHA-256 " + now.sha256());
        assertThat(answer(bench.driver.offers(Endpoint.parse(endpoint))).get(0).certificate())
                .as("the form that asks for trust knows it too")
                .extracting(shown -> shown.before().certificate())
                .isEqualTo(old.certificate());

        bench.trust.trust(now);
        answer(bench.session(endpoint, SECURED, null, null, events).connect());
        assertThat(bench.trust.isTrusted(old.certificate())).isFalse();
    }

    @Test
    void takesTheStrongestSecurityForAUserAndTellsAWrongPassword() throws Exception {
        String endpoint = server(Map.of("operator", "secret"));
        DeviceException asked =
                failure(bench.session(endpoint, null, "operator", "secret", events).connect());
        assertThat(asked.kind()).as("a password asks for encryption").isEqualTo(Kind.UNTRUSTED);
        bench.trust.trust(asked.certificate().orElseThrow().certificate());

        answer(bench.session(endpoint, null, "operator", "secret", events).connect());
        DeviceException wrong =
                failure(bench.session(endpoint, null, "operator", "wrong", events).connect());

        assertThat(wrong.kind()).isEqualTo(Kind.NOT_AUTHORISED);
        assertThat(wrong).hasMessageContaining("user and password").hasMessageContaining("filler");
        assertThat(wrong.toString() + wrong.advice()).doesNotContain("secret", "wrong");
    }

    @Test
    void saysWhatIsOfferedWhenTheWishIsNot() throws Exception {
        DeviceException failure =
                failure(
                        bench.session(
                                        server(Map.of()),
                                        "Aes256_Sha256_RsaPss/Sign",
                                        null,
                                        null,
                                        events)
                                .connect());
        assertThat(failure.kind()).isEqualTo(Kind.SECURITY);
        assertThat(failure).hasMessageContaining("None/None").hasMessageContaining(SECURED);
        assertThat(
                        failure(
                                        bench.session(server(Map.of()), null, "nobody", "x", events)
                                                .connect())
                                .kind())
                .as("a server that takes no passwords")
                .isEqualTo(Kind.NOT_AUTHORISED);
    }

    @Test
    void listsWhatAServerOffers() throws Exception {
        List<OfferedEndpoint> offers =
                answer(bench.driver.offers(Endpoint.parse(server(Map.of("operator", "secret")))));
        assertThat(offers)
                .extracting(OfferedEndpoint::security)
                .containsExactly(Security.parse(SECURED), Security.NONE);
        assertThat(offers).extracting(OfferedEndpoint::recommended).containsExactly(true, false);
        assertThat(offers).allMatch(OfferedEndpoint::anonymous);
        assertThat(offers).allMatch(OfferedEndpoint::userPassword);
        assertThat(offers).allMatch(OfferedEndpoint::supported);
        assertThat(offers).noneMatch(OfferedEndpoint::trusted);
        assertThat(offers.get(0).certificate().applicationUri()).contains("filler-sim");
    }

    @Test
    void rewritesAHostThatTheServerAnnouncesAndSaysSo() throws Exception {
        String endpoint = server(Map.of()).replace("127.0.0.1", "localhost");
        DeviceSession session = bench.session(endpoint, null, null, null, events);
        answer(session.connect());
        assertThat(answer(session.read(List.of(node("A.B")))).get(0).status().isGood()).isTrue();
        assertThat(events.notes)
                .singleElement()
                .asString()
                .contains("announces opc.tcp://127.0.0.1")
                .contains("localhost");
    }

    @Test
    void tellsAClosedPort() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        DeviceException failure = failure(connect("opc.tcp://127.0.0.1:" + port));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("nothing listens");
    }

    @Test
    void tellsAPortThatKeepsSilentWithinTheTimeOut() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long before = System.nanoTime();
            DeviceException failure =
                    failure(
                            connect(
                                    "opc.tcp://127.0.0.1:"
                                            + silent.getLocalPort()
                                            + "?timeout=700ms"));
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining("within 700ms");
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void tellsAServerOfAnotherKind() throws Exception {
        DeviceException failure = failureAt("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("HTTP/1.1").hasMessageContaining("web server");
    }

    // The server's own words were lost, and the program's shown instead.
    @Test
    void quotesAServerThatTurnsTheConnectionAway() throws Exception {
        byte[] words = "too busy!".getBytes();
        DeviceException failure =
                failureAt(
                        message("ERRF", 8 + words.length)
                                .putInt(0x800D_0000) // BadServerNotConnected
                                .putInt(words.length)
                                .put(words)
                                .array());

        assertThat(failure).hasMessageContaining("turns the connection away");
        assertThat(failure).hasMessageContaining("too busy!");
    }

    @Test
    void saysOfAServerThatBreaksTheProtocolThatItIsOne() throws Exception {
        DeviceException failure = failureAt(message("ACKF", 20).array()); // buffers of no bytes

        assertThat(failure).hasMessageContaining("an OPC UA server answers the hello");
        assertThat(failure.getMessage()).doesNotContain("java", "Exception", "receiverBufferSize");
    }

    private static ByteBuffer message(String type, int body) {
        return ByteBuffer.allocate(8 + body)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes())
                .putInt(8 + body);
    }

    /** Of a server that answers every connection with these bytes. */
    private DeviceException failureAt(byte[] answer) throws Exception {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        CompletableFuture<Void> served =
                CompletableFuture.runAsync(
                        () -> {
                            while (!server.isClosed()) {
                                answerOne(server, answer);
                            }
                        });
        try {
            return failure(connect("opc.tcp://127.0.0.1:" + server.getLocalPort()));
        } finally {
            server.close();
            answer(served);
        }
    }

    private static void answerOne(ServerSocket server, byte[] answer) {
        try (Socket client = server.accept()) {
            client.getInputStream().read(new byte[1_000]);
            client.getOutputStream().write(answer);
        } catch (java.io.IOException e) {
            // the test is over, or the client has gone
        }
    }

    @Test
    void tellsAnUnknownHost() throws Exception {
        DeviceException failure = failure(connect("opc.tcp://no-such-plc.invalid:4840"));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("no computer of that name");
    }

    private CompletableFuture<Void> connect(String endpoint) {
        return bench.session(endpoint, null, null, null, events).connect().toCompletableFuture();
    }

    private String server(Map<String, String> users) throws Exception {
        return bench.simulator(null, Map.of("A/B", constant("Int32", "7", false)), users)
                .endpoint();
    }
}
