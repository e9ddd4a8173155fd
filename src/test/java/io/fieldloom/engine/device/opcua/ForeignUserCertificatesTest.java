package io.fieldloom.engine.device.opcua;

import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static io.fieldloom.engine.device.opcua.OpcUaBench.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Diagnosis;
import io.fieldloom.engine.device.Login;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.foreign.NodeOpcuaServer;
import io.fieldloom.foreign.UserFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that takes users by certificate, one certificate only. */
@Tag("foreign")
class ForeignUserCertificatesTest {
    private static final String LEVEL = "nsu=urn:foreign:filler;s=Level";
    private static final String COUNTER = "nsu=urn:foreign:filler;s=Counter";
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir Path folder;
    private OpcUaBench bench;
    private NodeOpcuaServer server;
    private UserFiles operator;

    @BeforeEach
    void begin() throws Exception {
        bench = new OpcUaBench(folder.resolve("home"));
        server = new NodeOpcuaServer(folder.resolve("pki"));
        operator = UserFiles.make(folder, "operator", YEAR);
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
        server.kill();
    }

    private void start(String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--user-certificate", operator.certificate().toString()));
        server.start(all.toArray(String[]::new));
    }

    private static Login login(UserFiles files) {
        return new Login.Certificate(files.certificate(), files.key(), null);
    }

    private DeviceSession session(String security, Login login) {
        return bench.session(server.endpoint(), security, login, new OpcUaBench.Events());
    }

    private void trustTheServer() throws Exception {
        DeviceException asked = failure(session(null, login(operator)).connect());
        assertThat(asked.kind()).isEqualTo(Kind.UNTRUSTED);
        bench.trust.trust(asked.certificate().orElseThrow().certificate());
    }

    // Each signs in its own way; null is the default, which is the strongest. On None the user's
    // signature follows the token's own policy, of which this server's first is one we do not
    // speak.
    @Test
    void theCertificateThatTheServerKnowsIsLetInWithEachSecurity() throws Exception {
        start("--secure");
        trustTheServer();
        for (String security :
                new String[] {
                    null,
                    "Basic256Sha256/SignAndEncrypt",
                    "Basic256Sha256/Sign",
                    "Aes256_Sha256_RsaPss/SignAndEncrypt",
                    "None/None"
                }) {
            DeviceSession session = session(security, login(operator));
            answer(session.connect());
            assertThat(answer(session.read(List.of(LEVEL))).get(0).value())
                    .as(String.valueOf(security))
                    .isEqualTo(Value.of(42.5));
            session.close();
        }
    }

    @Test
    void anotherCertificateIsRefusedInWords() throws Exception {
        start("--secure");
        UserFiles stranger = UserFiles.make(folder, "stranger", YEAR);
        DeviceException refused = failure(session("None/None", login(stranger)).connect());
        assertThat(refused.kind()).isEqualTo(Kind.NOT_AUTHORISED);
        assertThat(refused)
                .hasMessageContaining("does not accept the user certificate CN=stranger, SHA-1 ")
                .hasMessageContaining("BadIdentityTokenRejected");
        assertThat(refused.advice())
                .contains("trusted certificates of users, not of applications")
                .contains(stranger.certificate().toString());

        UserFiles old = UserFiles.make(folder, "old", Duration.ofDays(-10));
        DeviceException expired = failure(session("None/None", login(old)).connect());
        assertThat(expired).hasMessageContaining("CN=old").hasMessageContaining("It expired on 20");
        assertThat(expired.advice()).isEqualTo("Have a new one issued.");
    }

    @Test
    void whatDoesNotFitIsSaidBeforeAnythingIsSent() throws Exception {
        start("--secure");
        UserFiles other = UserFiles.make(folder, "other", YEAR);
        assertThat(
                        failure(
                                session(
                                                "None/None",
                                                new Login.Certificate(
                                                        operator.certificate(), other.key(), null))
                                        .connect()))
                .hasMessageContaining("other.key does not belong to the certificate in")
                .hasMessageContaining("operator.crt");
        assertThat(failure(session(null, Login.ANONYMOUS).connect()))
                .hasMessageContaining("takes no anonymous session; it takes: ")
                .hasMessageContaining("user certificate");

        List<Diagnosis.Layer> layers = new ArrayList<>();
        Diagnosis diagnosis = bench.driver.diagnosis().orElseThrow();
        assertThat(diagnosis.walk(request(login(operator)), layers::add)).isTrue();
        assertThat(layers.get(layers.size() - 1).message())
                .isEqualTo("The user certificate " + operator.certificate() + " is accepted.");
        assertThat(diagnosis.walk(request(login(other)), layers::add)).isFalse();
        Diagnosis.Layer last = layers.get(layers.size() - 1);
        assertThat(last.name()).isEqualTo("identity");
        assertThat(last.message()).contains("does not accept the user certificate CN=other");
    }

    private SessionRequest request(Login login) {
        return new SessionRequest(
                "filler", Endpoint.parse(server.endpoint()), Security.NONE, login);
    }

    @Test
    void valuesFlowAgainAfterTheServerWasAway() throws Exception {
        start("--secure");
        trustTheServer();
        ExecutorService pool = Executors.newCachedThreadPool();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        LinkedBlockingQueue<Sample> seen = new LinkedBlockingQueue<>();
        try (DeviceLink link =
                new DeviceLink(
                        bench.driver,
                        new SessionRequest(
                                "filler", Endpoint.parse(server.endpoint()), null, login(operator)),
                        pool,
                        timer,
                        Clock.systemUTC())) {
            link.watch(
                    List.of(new TagRequest(COUNTER, Duration.ofMillis(100))),
                    (tags, samples) -> seen.addAll(List.of(samples)));
            link.start();
            assertThat(seen.poll(20, TimeUnit.SECONDS))
                    .extracting(Sample::status)
                    .isEqualTo(Status.GOOD);

            server.kill();
            await().atMost(20, TimeUnit.SECONDS).until(() -> !link.state().isUp());
            start("--secure");
            await().atMost(40, TimeUnit.SECONDS).until(() -> link.state().isUp());
            seen.clear();
            assertThat(seen.poll(20, TimeUnit.SECONDS))
                    .extracting(Sample::status)
                    .isEqualTo(Status.GOOD);
            assertThat(answer(link.read(List.of(LEVEL))).get(0).value()).isEqualTo(Value.of(42.5));
            answer(link.stop());
        } finally {
            pool.shutdownNow();
            timer.shutdownNow();
        }
    }
}
