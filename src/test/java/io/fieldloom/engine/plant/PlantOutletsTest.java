package io.fieldloom.engine.plant;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.engine.broker.EmbeddedBroker;
import io.fieldloom.engine.outlet.Outlet;
import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to publications when their broker is edited under them. */
class PlantOutletsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final List<Long> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger counts = new AtomicInteger();
    private final List<String> states = new CopyOnWriteArrayList<>();
    private volatile Optional<String> first = Optional.empty();
    @TempDir Path folder;
    private EmbeddedBroker other;
    private Plant plant;
    private ProjectEditor editor;

    @BeforeEach
    void start() throws Exception {
        other = new EmbeddedBroker(new Home(folder.resolve("other")), pool);
        other.addTap(
                (client, message) -> {
                    if (message.topic().equals("acme/offered")) {
                        seen.add(value(message.payload()));
                    } else if (message.topic().equals("acme/count")) {
                        counts.incrementAndGet();
                    } else if (message.topic().contains("_fieldloom")) {
                        states.add(message.topic() + " " + state(message.payload()));
                    }
                });
        plant = Parts.of(new Home(folder.resolve("home"))).newPlant();
        editor =
                ProjectEditor.ofText(
                        """
                        fieldloom: 1
                        brokers:
                          plant: {url: "mqtt://127.0.0.1:%d", user: loom}
                        devices:
                          line: {endpoint: "opc.tcp://127.0.0.1:4840", interval: 50ms, simulator: sim, use: simulated}
                        simulators:
                          sim:
                            protocol: opcua
                            namespace: urn:acme
                            nodes:
                              Count: {type: UInt32, signal: counter, each: 400ms}
                        mappings:
                          acme/count: {device: line, tag: "nsu=urn:acme;s=Count", broker: plant, qos: 1}
                        """
                                .formatted(deadPort()),
                        "test.fieldloom.yaml",
                        new Home(folder));
        plant.open(
                editor.project(),
                new PlantSettings("test", folder, Map.of(), Passwords.NONE, b -> first));
        editor.addListener(plant::apply);
        plant.startUsedSimulators().toCompletableFuture().get(30, SECONDS);
        plant.connectDevices();
        plant.startMappings().toCompletableFuture().get(30, SECONDS);
    }

    @AfterEach
    void stop() {
        plant.close();
        other.close();
        pool.shutdownNow();
    }

    private static int deadPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static long value(byte[] payload) {
        try {
            return JSON.readTree(payload).get("value").asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String state(byte[] payload) {
        try {
            return JSON.readTree(payload).get("state").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OutletState outlet() {
        return plant.outlets().states().get("plant");
    }

    // Not the simulated counter: on a busy computer its server may leave out a count by itself.
    // The window is filled while the project is still being opened here.
    @Test
    void beforeAProjectIsOpenNoBrokerIsAnywhere() {
        try (Plant fresh = Parts.of(new Home(folder.resolve("fresh"))).newPlant()) {
            assertThat(fresh.outlets().url("embedded")).isEmpty();
        }
    }

    @Test
    void anEditedBrokerGetsWhatWaitedForTheOldOneInOrder() throws Exception {
        Outlet before = plant.outlets().outlet("plant", true);
        offer(before, 0, 50);
        int port = other.start(deadPort(), true).get(60, SECONDS).port();

        CompletableFuture<Void> edited = CompletableFuture.runAsync(() -> moveBrokerTo(port), pool);
        offer(before, 50, 5_000);
        edited.get(30, SECONDS);
        await().atMost(Duration.ofSeconds(20)).until(() -> outlet().link() == Link.UP);
        assertThat(plant.outlets().outlet("plant", true)).isNotSameAs(before);
        offer(before, 5_000, 5_050);

        List<Long> all = LongStream.range(0, 5_050).boxed().toList();
        await().atMost(Duration.ofSeconds(20)).until(() -> seen.contains(all.get(all.size() - 1)));
        assertThat(seen.stream().distinct().toList())
                .as("every value, none out of order and none left out")
                .isEqualTo(all);
        assertThat(plant.outlets().totals().dropped()).isZero();
    }

    private static void offer(Outlet outlet, int from, int to) {
        for (int value = from; value < to; value++) {
            byte[] payload = ("{\"value\":" + value + "}").getBytes(StandardCharsets.UTF_8);
            outlet.offer(new Publication("acme/offered", payload, 1, false, null, 0));
        }
    }

    private void moveBrokerTo(int port) {
        editor.apply(
                new Edit.PutBroker(
                        new Broker(
                                "plant",
                                "mqtt://127.0.0.1:" + port,
                                null,
                                null,
                                null,
                                null,
                                null,
                                5,
                                false,
                                true)));
    }

    @Test
    void theOnlineTopicFollowsTheFilesName() throws Exception {
        first = Optional.of("acme/count");
        int port = other.start(deadPort(), true).get(60, SECONDS).port();
        moveBrokerTo(port);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> states.contains("acme/_fieldloom/test online"));

        plant.renamed("hall", folder).toCompletableFuture().get(30, SECONDS);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(states)
                                        .containsExactlyInAnyOrder(
                                                "acme/_fieldloom/test online",
                                                "acme/_fieldloom/test offline",
                                                "acme/_fieldloom/hall online"));
        int before = counts.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> counts.get() > before);
        assertThat(plant.outlets().totals().dropped()).isZero();
    }

    // It is no change of the project, so that nothing else would let the link try it.
    @Test
    void aNewPasswordMakesTheLinkLogInAgainAndLosesNothing() throws Exception {
        await().atMost(Duration.ofSeconds(20)).until(() -> outlet().queued() >= 5);
        int port = plant.outlets().url("plant").orElseThrow().port();
        Outlet before = plant.outlets().outlet("plant", true);

        plant.passwordChanged("127.0.0.1", port, "somebody-else").toCompletableFuture().join();
        assertThat(plant.outlets().outlet("plant", true)).isSameAs(before);
        int waiting = outlet().queued();
        plant.passwordChanged("127.0.0.1", port, "loom").toCompletableFuture().join();

        assertThat(plant.outlets().outlet("plant", true)).isNotSameAs(before);
        assertThat(outlet().queued()).isGreaterThanOrEqualTo(waiting);
        assertThat(plant.outlets().totals().dropped()).isZero();
    }
}
