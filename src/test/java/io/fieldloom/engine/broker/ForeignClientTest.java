package io.fieldloom.engine.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.MqttOutlet;
import io.fieldloom.engine.mqtt.SessionSettings;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.outlet.PublicationQueue;
import io.fieldloom.engine.security.Home;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedded broker with mosquitto_sub as its client. */
@Tag("foreign")
class ForeignClientTest {
    private static final Path SUBSCRIBER = Path.of("/usr/bin/mosquitto_sub");

    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(4);
    @TempDir Path folder;
    private EmbeddedBroker broker;
    private MqttOutlet outlet;

    @BeforeEach
    void start() throws Exception {
        boolean there = Files.isExecutable(SUBSCRIBER);
        if (!there) {
            System.out.println(
                    "skipped: mosquitto_sub is missing; run src/test/foreign/install.sh");
        }
        Assumptions.assumeTrue(there, "mosquitto_sub is not installed");
        broker = new EmbeddedBroker(new Home(folder), pool);
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        BrokerUrl url = broker.start(port, true).get(60, SECONDS);
        outlet =
                new MqttOutlet(
                        BrokerLogin.of("embedded", url),
                        SessionSettings.DEFAULT,
                        PublicationQueue.Bounds.DEFAULT,
                        pool);
        outlet.open().get(10, SECONDS);
    }

    @AfterEach
    void end() {
        if (broker != null) {
            outlet.close();
            broker.close();
        }
        pool.shutdownNow();
    }

    private Process subscriber(Path output, String... more) throws Exception {
        int port = broker.url().orElseThrow().port();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                SUBSCRIBER.toString(),
                                "-h",
                                "127.0.0.1",
                                "-p",
                                "" + port,
                                "-t",
                                "acme/#",
                                "-W",
                                "30"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"311", "5"})
    void aSubscriberSeesWhatWasKeptAndWhatComes(String version) throws Exception {
        outlet.offer(new Publication("acme/kept", "1".getBytes(UTF_8), 1, true, null, 0));
        assertThat(outlet.drain(Duration.ofSeconds(10))).isTrue();
        Path output = folder.resolve("output");
        Process process =
                subscriber(output, "-V", version, "-q", "2", "-C", "3", "-F", "%r %q %t %p");
        await().until(() -> Files.readString(output).contains("acme/kept"));
        outlet.offer(new Publication("acme/new", "2".getBytes(UTF_8), 2, false, null, 0));
        outlet.offer(new Publication("acme/ž", "3".getBytes(UTF_8), 0, false, null, 0));
        assertThat(process.waitFor(30, SECONDS)).isTrue();
        assertThat(Files.readAllLines(output))
                .containsExactlyInAnyOrder("1 1 acme/kept 1", "0 2 acme/new 2", "0 0 acme/ž 3");
    }

    // The broker's own default would lose most of these for a subscriber that cannot keep up.
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aBurstLosesNothingForASubscriber(int qos) throws Exception {
        int count = 20_000;
        Path output = folder.resolve("output");
        Process process = subscriber(output, "-q", "" + qos, "-C", "" + count);
        await().until(() -> broker.clients() == 2);
        outlet.offer(new Publication("other", new byte[0], 1, false, null, 0));
        assertThat(outlet.drain(Duration.ofSeconds(10))).isTrue();
        for (int number = 0; number < count; number++) {
            outlet.offer(
                    new Publication(
                            "acme/" + number % 100,
                            String.valueOf(number).getBytes(UTF_8),
                            qos,
                            false,
                            null,
                            0));
        }
        assertThat(process.waitFor(30, SECONDS)).isTrue();
        assertThat(Files.readAllLines(output))
                .isEqualTo(IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }
}
