package io.fieldloom.engine.plant;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.MqttConnection;
import io.fieldloom.engine.mqtt.MqttListener;
import io.fieldloom.engine.mqtt.SessionSettings;
import io.fieldloom.engine.mqtt.Subscription;
import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.foreign.Mosquitto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plant whose broker is restarted without persistence. */
@Tag("foreign")
class RestoredValuesForeignTest {
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
    @TempDir private Path folder;

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void theRestartedBrokerHasEveryRetainedValueAgain(int mqtt) throws Exception {
        ProjectEditor editor;
        try (Mosquitto broker = new Mosquitto(folder.resolve("plant")).start();
                Plant plant = Parts.of(new Home(folder.resolve("home"))).newPlant()) {
            editor = project(broker, mqtt);
            plant.open(
                    editor.project(),
                    new PlantSettings(
                            "hall", folder, Map.of(), Passwords.NONE, b -> Optional.empty()));
            editor.addListener(plant::apply);
            plant.startUsedSimulators().toCompletableFuture().get(30, SECONDS);
            plant.connectDevices();
            plant.startMappings().toCompletableFuture().get(30, SECONDS);
            retained(broker, 6);
            plant.stopSimulator("lost-sim").toCompletableFuture().get(20, SECONDS);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> retained(broker, 6).get("acme/lost").contains("bad"));
            Map<String, String> before = retained(broker, 6);

            broker.kill();
            await().until(() -> state(plant).link() == Link.DOWN);
            editor.apply(new Edit.RemoveMapping("acme/removed"));
            broker.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> state(plant).link() == Link.UP);

            Map<String, String> after = retained(broker, 5);
            assertThat(after).doesNotContainKeys("acme/removed", "acme/unretained");
            for (String constant : new String[] {"acme/a", "acme/b", "acme/c", "acme/lost"}) {
                assertThat(after.get(constant)).isEqualTo(before.get(constant));
            }
            plant.stopMappings().toCompletableFuture().get(20, SECONDS);
            PlantSummary summary = plant.summary();
            assertThat(summary.received() + summary.dropped())
                    .as("what is sent again is not counted again")
                    .isEqualTo(summary.published());
        }
    }

    private ProjectEditor project(Mosquitto broker, int mqtt) {
        String text =
                """
                fieldloom: 1
                defaults: {broker: plant}
                brokers:
                  plant: {url: "%s", mqtt: %d, status: none}
                devices:
                  line: {endpoint: "opc.tcp://127.0.0.1:4840", interval: 50ms, simulator: sim, use: simulated}
                  lost: {endpoint: "opc.tcp://127.0.0.1:4841", interval: 50ms, simulator: lost-sim, use: simulated}
                simulators:
                  sim:
                    protocol: opcua
                    namespace: urn:acme
                    nodes:
                      Count: {type: UInt32, signal: counter, each: 100ms}
                      Fixed: {type: Double, signal: constant, value: 1.5}
                  lost-sim:
                    protocol: opcua
                    namespace: urn:acme
                    nodes:
                      Fixed: {type: Double, signal: constant, value: 2.5}
                mappings:
                  acme/count: {device: line, tag: "nsu=urn:acme;s=Count"}
                  acme/a: {device: line, tag: "nsu=urn:acme;s=Fixed"}
                  acme/b: {device: line, tag: "nsu=urn:acme;s=Fixed", transform: value * 2, qos: 2}
                  acme/c: {device: line, tag: "nsu=urn:acme;s=Fixed", payload: plain}
                  acme/lost: {device: lost, tag: "nsu=urn:acme;s=Fixed"}
                  acme/removed: {device: line, tag: "nsu=urn:acme;s=Fixed"}
                  acme/unretained: {device: line, tag: "nsu=urn:acme;s=Fixed", retain: false}
                """;
        return ProjectEditor.ofText(
                text.formatted(broker.url("mqtt"), mqtt), "hall.fieldloom.yaml", new Home(folder));
    }

    private static OutletState state(Plant plant) {
        return plant.outlets().states().get("plant");
    }

    /** What a newcomer is told, once there are so many topics. */
    private Map<String, String> retained(Mosquitto broker, int topics) throws Exception {
        Map<String, String> kept = new ConcurrentHashMap<>();
        try (MqttConnection newcomer =
                new MqttConnection(
                        BrokerLogin.of("plant", BrokerUrl.parse(broker.url("mqtt"))),
                        SessionSettings.DEFAULT,
                        new MqttListener() {
                            @Override
                            public void received(Message message) {
                                if (message.retained()) {
                                    kept.put(message.topic(), new String(message.payload()));
                                }
                            }
                        },
                        pool)) {
            newcomer.subscribe(new Subscription("#", 1, true));
            newcomer.open().get(15, SECONDS);
            await().atMost(Duration.ofSeconds(10)).until(() -> kept.size() >= topics);
        }
        return kept;
    }
}
