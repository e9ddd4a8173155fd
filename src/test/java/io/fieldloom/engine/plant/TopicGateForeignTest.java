package io.fieldloom.engine.plant;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.MqttConnection;
import io.fieldloom.engine.mqtt.MqttListener;
import io.fieldloom.engine.mqtt.SessionSettings;
import io.fieldloom.engine.mqtt.Subscription;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.foreign.Mosquitto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running design gains topics on a broker where somebody else publishes. */
@Tag("foreign")
class TopicGateForeignTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(3);
    private final Map<String, String> now = new ConcurrentHashMap<>();
    private final AtomicInteger told = new AtomicInteger();
    @TempDir private Path folder;
    private Mosquitto broker;
    private BrokerUrl url;
    private MqttConnection other;
    private Plant plant;
    private ProjectEditor editor;

    @BeforeEach
    void start() throws Exception {
        broker = new Mosquitto(folder.resolve("plant")).start();
        url = BrokerUrl.parse(broker.url("mqtt"));
        other =
                new MqttConnection(
                        BrokerLogin.of("other", url),
                        SessionSettings.DEFAULT,
                        new MqttListener() {
                            @Override
                            public void received(Message message) {
                                now.put(message.topic(), new String(message.payload()));
                            }
                        },
                        pool);
        other.subscribe(new Subscription("#", 1));
        other.open().get(15, SECONDS);
        plant = Parts.of(new Home(folder.resolve("home"))).newPlant();
        editor =
                ProjectEditor.ofText(
                        """
                        fieldloom: 1
                        defaults: {broker: plant}
                        brokers:
                          plant: {url: "%s", status: none}
                        devices:
                          line: {endpoint: "opc.tcp://127.0.0.1:4840", interval: 50ms, simulator: sim, use: simulated}
                        simulators:
                          sim:
                            protocol: opcua
                            namespace: urn:acme
                            nodes:
                              Count: {type: UInt32, signal: counter, each: 200ms}
                              Fixed: {type: Double, signal: constant, value: 1.5}
                        mappings:
                          acme/first: {device: line, tag: "nsu=urn:acme;s=Count"}
                          acme/second: {device: line, tag: "nsu=urn:acme;s=Fixed"}
                        """
                                .formatted(broker.url("mqtt")),
                        "hall.fieldloom.yaml",
                        new Home(folder));
        plant.open(
                editor.project(),
                new PlantSettings("hall", folder, Map.of(), Passwords.NONE, b -> Optional.empty()));
        editor.addListener(plant::apply);
        plant.topics().askOf(told::incrementAndGet);
        plant.startUsedSimulators().toCompletableFuture().get(30, SECONDS);
        plant.connectDevices();
    }

    @AfterEach
    void stop() {
        plant.close();
        other.close();
        broker.close();
        pool.shutdownNow();
    }

    private void run() throws Exception {
        plant.startMappings().toCompletableFuture().get(30, SECONDS);
    }

    private void foreign(String topic, String payload, boolean retain) throws Exception {
        other.publish(new Publication(topic, payload.getBytes(), 1, retain, null, 0))
                .get(10, SECONDS);
    }

    private void map(String topic) throws Exception {
        Project project = editor.project();
        Mapping fixed = project.mappings().get("acme/second");
        editor.apply(new Edit.PutMapping(fixed.withTopic(topic)));
    }

    private void awaitOurs(String topic) {
        await().atMost(SOON).until(() -> now.getOrDefault(topic, "").contains("\"value\":1.5"));
    }

    private void awaitOccupied(String... topics) {
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(plant.topics().occupied())
                                        .extracting(OccupiedTopic::topic)
                                        .containsExactlyInAnyOrder(topics));
    }

    @Test
    void aTopicInUseWaitsForAPersonsWordAndTheOthersGoOn() throws Exception {
        run();
        awaitOurs("acme/second");
        foreign("acme/taken", "42", true);
        var live =
                pool.scheduleAtFixedRate(
                        () ->
                                other.publish(
                                        new Publication(
                                                "acme/live", new byte[] {'7'}, 0, false, null, 0)),
                        0,
                        100,
                        MILLISECONDS);
        map("acme/unused");
        map("acme/taken");
        map("acme/live");

        awaitOurs("acme/unused");
        awaitOccupied("acme/taken", "acme/live");
        assertThat(plant.topics().occupied())
                .extracting(OccupiedTopic::what)
                .containsExactlyInAnyOrder("keeps 42", "carries 7");
        assertThat(told.get()).isPositive();
        assertThat(now).containsEntry("acme/taken", "42").containsEntry("acme/live", "7");
        assertThat(plant.mappings().view("acme/taken").orElseThrow().fault())
                .contains("plant keeps 42 at this topic");
        String counted = now.get("acme/first");
        await().atMost(SOON).until(() -> !now.get("acme/first").equals(counted));

        plant.topics().agree(url, List.of("acme/taken"));
        awaitOurs("acme/taken");
        awaitOccupied("acme/live");

        live.cancel(false);
        editor.apply(new Edit.RemoveMapping("acme/live"));
        awaitOccupied();
        assertThat(now).containsEntry("acme/live", "7");
    }

    @Test
    void undoDoesNotPublishOverWhatSomebodyElseWroteMeanwhile() throws Exception {
        run();
        awaitOurs("acme/second");
        editor.apply(new Edit.RemoveMapping("acme/second"));
        editor.undo();
        await().atMost(SOON)
                .until(
                        () ->
                                plant.mappings()
                                        .view("acme/second")
                                        .filter(v -> v.fault() == null)
                                        .isPresent());
        assertThat(plant.topics().occupied()).as("the value there is our own").isEmpty();

        editor.apply(new Edit.RemoveMapping("acme/second"));
        foreign("acme/second", "43", true);
        editor.undo();
        awaitOccupied("acme/second");
        assertThat(now).containsEntry("acme/second", "43");
    }

    @Test
    void theFirstRunLooksToo() throws Exception {
        foreign("acme/second", "44", true);
        run();
        awaitOccupied("acme/second");
        await().atMost(SOON).until(() -> now.containsKey("acme/first"));
        assertThat(now).containsEntry("acme/second", "44");

        plant.stopMappings().toCompletableFuture().get(20, SECONDS);
        foreign("acme/second", "", true);
        run();
        awaitOurs("acme/second");
        assertThat(plant.topics().occupied()).isEmpty();
    }
}
