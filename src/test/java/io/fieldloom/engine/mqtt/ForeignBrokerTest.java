package io.fieldloom.engine.mqtt;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.mqtt.MqttFailure.Kind;
import io.fieldloom.engine.outlet.LastValues;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.outlet.PublicationQueue;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.foreign.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our end of MQTT against mosquitto. */
@Tag("foreign")
class ForeignBrokerTest {
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(4);
    private final List<AutoCloseable> opened = new ArrayList<>();
    @TempDir Path folder;

    @AfterEach
    void end() throws Exception {
        for (int at = opened.size() - 1; at >= 0; at--) {
            opened.get(at).close();
        }
        pool.shutdownNow();
    }

    private <T extends AutoCloseable> T using(T part) {
        opened.add(part);
        return part;
    }

    private Mosquitto mosquitto() throws IOException {
        return using(new Mosquitto(folder.resolve("mosquitto")));
    }

    private static BrokerLogin login(String url, int mqtt) {
        return new BrokerLogin(
                "plant", BrokerUrl.parse(url), null, null, null, null, null, null, mqtt, false);
    }

    private static BrokerLogin login(String url, Path ca, Path cert, Path key) {
        return new BrokerLogin(
                "plant", BrokerUrl.parse(url), null, null, ca, cert, key, null, 5, false);
    }

    private MqttConnection connection(BrokerLogin login) {
        return connection(login, new MqttListener() {});
    }

    private MqttConnection connection(BrokerLogin login, MqttListener listener) {
        return using(new MqttConnection(login, SessionSettings.DEFAULT, listener, pool));
    }

    private static MqttFailure failure(MqttConnection connection) throws Exception {
        try {
            connection.open().get(15, SECONDS);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(MqttFailure.class);
            return (MqttFailure) e.getCause();
        }
        throw new AssertionError("the broker let it in");
    }

    /** Sends one message to itself and waits for it. */
    private void roundTrip(BrokerLogin login) throws Exception {
        List<Message> received = new CopyOnWriteArrayList<>();
        MqttConnection connection =
                connection(
                        login,
                        new MqttListener() {
                            @Override
                            public void received(Message message) {
                                received.add(message);
                            }
                        });
        connection.open().get(15, SECONDS);
        connection.subscribe(new Subscription("acme/#", 1)).get(10, SECONDS);
        byte[] payload = "x".repeat(100_000).getBytes();
        Publication sent = new Publication("acme/ž", payload, 2, false, "simulated", 0);
        assertThat(connection.publish(sent).get(10, SECONDS)).isLessThan(0x80);
        await().until(() -> received.size() == 1);
        assertThat(received.get(0).topic()).isEqualTo("acme/ž");
        assertThat(received.get(0).payload()).isEqualTo(payload);
        assertThat(received.get(0).qos()).isEqualTo(1);
        assertThat(received.get(0).origin()).isEqualTo(login.mqtt() == 5 ? "simulated" : null);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void talksToAPlainListener(int mqtt) throws Exception {
        roundTrip(login(mosquitto().start().url("mqtt"), mqtt));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void talksOverAWebSocket(int mqtt) throws Exception {
        Mosquitto broker = mosquitto().with("protocol websockets");
        boolean has = hasWebSockets();
        if (!has) {
            System.out.println("skipped: this mosquitto was built without WebSockets");
        }
        assumeTrue(has, "mosquitto without WebSockets");
        roundTrip(login(broker.start().url("ws"), mqtt));
    }

    private static boolean hasWebSockets() throws Exception {
        Process process = new ProcessBuilder("ldd", "/usr/sbin/mosquitto").start();
        String libraries = new String(process.getInputStream().readAllBytes());
        return process.waitFor(10, SECONDS) && libraries.contains("libwebsockets");
    }

    @Test
    void aUserWithItsPasswordIsLetInAndAWrongOneIsTold() throws Exception {
        Mosquitto broker = mosquitto().withUser("loom", "s3cret").start();
        for (int mqtt : new int[] {3, 5}) {
            BrokerLogin login = login(broker.url("mqtt"), mqtt);
            roundTrip(login.withPassword("loom", "s3cret".toCharArray()));

            MqttFailure wrong =
                    failure(connection(login.withPassword("loom", "wrong".toCharArray())));
            assertThat(wrong.kind()).isEqualTo(Kind.NOT_AUTHORISED);
            assertThat(wrong.sentence())
                    .contains("plant")
                    .contains("not authorised as loom")
                    .contains("Check the user and the password");

            assertThat(failure(connection(login)).sentence())
                    .contains("not authorised without a user");
        }
    }

    @Test
    void tlsIsTrustedByItsIssuerAlone() throws Exception {
        Mosquitto broker = mosquitto().withTls().start();
        String url = broker.url("mqtts");
        roundTrip(login(url, broker.ca(), null, null));
        roundTrip(
                new BrokerLogin(
                        "plant",
                        BrokerUrl.parse(url),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        3,
                        true));

        MqttFailure unknown = failure(connection(login(url, null, null, null)));
        assertThat(unknown.kind()).isEqualTo(Kind.UNTRUSTED);
        assertThat(unknown.sentence()).contains("unknown issuer").contains("as the broker's ca");

        Path other = using(new Mosquitto(folder.resolve("other")).withTls()).ca();
        assertThat(failure(connection(login(url, other, null, null))).sentence())
                .contains("unknown issuer")
                .contains("ca.crt");

        MqttFailure noFile = failure(connection(login(url, folder.resolve("no.crt"), null, null)));
        assertThat(noFile.kind()).isEqualTo(Kind.FILE);
        assertThat(noFile.getMessage()).contains("no.crt does not exist");
    }

    @Test
    void aCertificateForAnotherNameIsTold() throws Exception {
        Path key = folder.resolve("other.key");
        Path cert = folder.resolve("other.crt");
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=other",
                "-addext",
                "subjectAltName=DNS:other",
                "-keyout",
                key.toString(),
                "-out",
                cert.toString());
        Mosquitto broker = mosquitto().with("certfile " + cert).with("keyfile " + key).start();
        MqttFailure failure = failure(connection(login(broker.url("mqtts"), cert, null, null)));
        assertThat(failure.kind()).isEqualTo(Kind.UNTRUSTED);
        assertThat(failure.sentence()).contains("another name than 127.0.0.1");
    }

    @Test
    void aPlainPortSpokenTlsToAndATlsPortSpokenPlainAreTold() throws Exception {
        Mosquitto plain = mosquitto().start();
        MqttFailure tlsToPlain = failure(connection(login(plain.url("mqtts"), 5)));
        assertThat(tlsToPlain.sentence()).contains("port speaks TLS").contains("mqtt://");

        Mosquitto tls = using(new Mosquitto(folder.resolve("tls")).withTls().start());
        for (int mqtt : new int[] {3, 5}) {
            MqttFailure plainToTls = failure(connection(login(tls.url("mqtt"), mqtt)));
            assertThat(plainToTls.sentence()).contains("port without TLS");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkcs8", "pkcs1", "ec"})
    void aClientCertificateLetsIn(String form) throws Exception {
        Mosquitto broker = mosquitto().withTls();
        broker.with("cafile " + broker.ca()).with("require_certificate true").start();
        Path key = folder.resolve("client.key");
        Path cert = folder.resolve("client.crt");
        Path request = folder.resolve("client.csr");
        if (form.equals("ec")) {
            openssl("ecparam", "-name", "prime256v1", "-genkey", "-out", key.toString());
        } else {
            openssl("genrsa", form.equals("pkcs1") ? "-traditional" : "-3", "-out", key.toString());
        }
        openssl(
                "req",
                "-new",
                "-key",
                key.toString(),
                "-subj",
                "/CN=loom",
                "-out",
                request.toString());
        Path ca = broker.ca();
        Path caKey = ca.resolveSibling("ca.key");
        openssl(
                "x509",
                "-req",
                "-in",
                request.toString(),
                "-CA",
                ca.toString(),
                "-CAkey",
                caKey.toString(),
                "-CAcreateserial",
                "-days",
                "2",
                "-out",
                cert.toString());
        roundTrip(login(broker.url("mqtts"), ca, cert, key));

        assertThat(failure(connection(login(broker.url("mqtts"), ca, null, null))).sentence())
                .contains("client certificate");
    }

    private static void openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(20, SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    // This mosquitto says nothing when it happens; the two would throw each other out for ever.
    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void aTwinWithTheSameClientIdIsTold(int mqtt) throws Exception {
        String url = mosquitto().start().url("mqtt");
        MqttConnection first = connection(login(url, mqtt).withClientId("same"));
        first.open().get(10, SECONDS);
        MqttConnection second = connection(login(url, mqtt).withClientId("same"));
        second.open().get(10, SECONDS);
        String suspicion = "perhaps another client uses the client id same";
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                first.state().reason().contains(suspicion)
                                        || second.state().reason().contains(suspicion));
        assertThat(first.state().losses() + second.state().losses()).isLessThan(10);
    }

    @Test
    void whatABrokerRefusesIsCountedAndHoldsNothingUp() throws Exception {
        Path rights = folder.resolve("acl");
        Files.writeString(rights, "topic readwrite open/#\n");
        String url = mosquitto().with("acl_file " + rights).start().url("mqtt");
        MqttOutlet outlet = outlet(url);
        outlet.open().get(10, SECONDS);
        for (int qos = 0; qos < 3; qos++) {
            outlet.offer(new Publication("open/" + qos, new byte[1], qos, false, null, 0));
            outlet.offer(new Publication("closed/" + qos, new byte[1], qos, false, null, 0));
        }
        assertThat(outlet.drain(Duration.ofSeconds(15))).isTrue();
        assertThat(outlet.state().delivered()).isGreaterThanOrEqualTo(4);
        assertThat(outlet.state().failed()).isGreaterThanOrEqualTo(1);
        assertThat(outlet.state().delivered() + outlet.state().failed()).isEqualTo(6);
    }

    private MqttOutlet outlet(String url) {
        return using(
                new MqttOutlet(
                        login(url, 5),
                        SessionSettings.DEFAULT,
                        PublicationQueue.Bounds.DEFAULT,
                        pool));
    }

    // A message that the broker never takes must not hold up those behind it for ever.
    @Test
    void aMessageThatIsTooLargeIsGivenUpAndTheRestGoesOn() throws Exception {
        String url = mosquitto().with("max_packet_size 2000").start().url("mqtt");
        for (int mqtt : new int[] {3, 5}) {
            MqttOutlet outlet =
                    using(
                            new MqttOutlet(
                                    login(url, mqtt),
                                    SessionSettings.DEFAULT,
                                    PublicationQueue.Bounds.DEFAULT,
                                    pool));
            outlet.open().get(10, SECONDS);
            outlet.offer(new Publication("a", new byte[10], 1, false, null, 0));
            outlet.offer(new Publication("b", new byte[5_000], 1, false, null, 0));
            outlet.offer(new Publication("c", new byte[10], 1, false, null, 0));
            assertThat(outlet.drain(Duration.ofSeconds(60))).isTrue();
            assertThat(outlet.state().delivered()).isEqualTo(2);
            assertThat(outlet.state().failed()).isEqualTo(1);
            assertThat(outlet.state().dropped()).isZero();
        }
    }

    // It would end the connection with each link, and so for ever.
    @Test
    void whatABrokerNeverTakesIsNotRestoredWithEachLink() throws Exception {
        Mosquitto broker = mosquitto().with("max_packet_size 2000").start();
        Map<String, Publication> kept = new LinkedHashMap<>();
        for (String topic : List.of("a", "b", "c")) {
            byte[] payload = new byte[topic.equals("b") ? 5_000 : 10];
            kept.put(topic, new Publication(topic, payload, 1, true, null, 0));
        }
        MqttOutlet outlet =
                using(
                        new MqttOutlet(
                                login(broker.url("mqtt"), 3),
                                SessionSettings.DEFAULT,
                                PublicationQueue.Bounds.DEFAULT,
                                pool));
        outlet.restoreFrom(
                new LastValues() {
                    @Override
                    public Collection<String> topics(String receiver) {
                        return kept.keySet();
                    }

                    @Override
                    public Optional<Publication> last(String receiver, String topic) {
                        return Optional.of(kept.get(topic));
                    }
                });
        outlet.open().get(10, SECONDS);
        await().atMost(Duration.ofSeconds(60)).until(() -> outlet.state().failed() == 1);

        broker.kill();
        await().until(() -> outlet.state().link() == Link.DOWN);
        List<String> seen = new CopyOnWriteArrayList<>();
        broker.start();
        MqttConnection watch =
                connection(
                        login(broker.url("mqtt"), 5),
                        new MqttListener() {
                            @Override
                            public void received(Message message) {
                                seen.add(message.topic());
                            }
                        });
        watch.subscribe(new Subscription("#", 1));
        watch.open().get(15, SECONDS);
        await().atMost(Duration.ofSeconds(10)).until(() -> seen.containsAll(List.of("a", "c")));
        long losses = outlet.connection().state().losses();
        assertThat(outlet.drain(Duration.ofSeconds(5))).isTrue();
        assertThat(outlet.connection().state().losses()).isEqualTo(losses);
        assertThat(outlet.state().failed()).isEqualTo(1);
    }

    // The broker's own log is the witness: what it took, in which order, over its two lives.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aKilledBrokerGetsEverythingInOrder(int qos) throws Exception {
        Path log = folder.resolve("received.log");
        Mosquitto broker = mosquitto().with("log_dest file " + log).with("log_type all").start();
        MqttOutlet outlet = outlet(broker.url("mqtt"));
        outlet.open().get(10, SECONDS);
        AtomicInteger next = new AtomicInteger();
        var feed =
                pool.scheduleAtFixedRate(
                        () -> {
                            for (int i = 0; i < 5; i++) {
                                String topic = "acme/t/" + next.getAndIncrement();
                                outlet.offer(
                                        new Publication(topic, new byte[8], qos, false, null, 0));
                            }
                        },
                        0,
                        5,
                        TimeUnit.MILLISECONDS);
        await().until(() -> outlet.state().delivered() > 200);
        broker.kill();
        await().until(() -> outlet.state().link() == Link.DOWN);
        await().until(() -> outlet.state().queued() > 500);
        broker.start();
        await().atMost(Duration.ofSeconds(5)).until(() -> outlet.state().link() == Link.UP);
        await().until(() -> outlet.state().queued() < 200);
        feed.cancel(false);
        assertThat(outlet.drain(Duration.ofSeconds(20))).isTrue();
        assertThat(outlet.state().delivered()).isEqualTo(next.get());
        assertThat(outlet.state().dropped()).isZero();

        Pattern received = Pattern.compile("Received PUBLISH from \\S+ \\(.*'acme/t/(\\d+)'");
        List<Integer> numbers = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            Matcher match = received.matcher(line);
            if (match.find()) {
                numbers.add(Integer.parseInt(match.group(1)));
            }
        }
        assertThat(numbers.stream().distinct().toList())
                .isEqualTo(IntStream.range(0, next.get()).boxed().toList());
    }

    @Test
    void nothingIsThereYetAndThenItIs() throws Exception {
        Mosquitto broker = mosquitto();
        MqttConnection connection = connection(login(broker.url("mqtt"), 5));
        var opened = connection.open();
        await().until(() -> connection.state().link() == Link.DOWN);
        assertThat(connection.state().failure().kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(connection.state().reason())
                .contains("nothing listens on port " + broker.port());
        broker.start();
        opened.get(5, SECONDS);
        assertThat(connection.state().link()).isEqualTo(Link.UP);
    }

    // A frozen broker keeps its socket open; only silence gives it away.
    @Test
    void aBrokerThatFreezesIsNoticedByTheTestAndByKeepAlive() throws Exception {
        Mosquitto broker = mosquitto().start();
        MqttConnection tested = connection(login(broker.url("mqtt"), 5));
        tested.open().get(10, SECONDS);
        SessionSettings quick =
                new SessionSettings(null, Duration.ofSeconds(2), true, Duration.ZERO);
        MqttConnection pinged =
                using(
                        new MqttConnection(
                                login(broker.url("mqtt"), 3), quick, new MqttListener() {}, pool));
        pinged.open().get(10, SECONDS);
        tested.test();
        broker.freeze();
        tested.test();
        await().atMost(Duration.ofSeconds(6)).until(() -> tested.state().link() == Link.DOWN);
        assertThat(tested.state().reason()).contains("no answer to a sign of life");
        await().atMost(Duration.ofSeconds(10)).until(() -> pinged.state().link() == Link.DOWN);
        assertThat(pinged.state().failure().kind()).isEqualTo(Kind.KEEP_ALIVE);
        broker.thaw();
        await().atMost(Duration.ofSeconds(15)).until(() -> tested.state().link() == Link.UP);
        await().atMost(Duration.ofSeconds(15)).until(() -> pinged.state().link() == Link.UP);
    }
}
