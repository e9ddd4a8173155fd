package io.fieldloom.engine.plant;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Edits;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.project.ProjectFile;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.traffic.TopicView;
import io.fieldloom.engine.traffic.TrafficStore;
import io.fieldloom.foreign.Mosquitto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen of somebody else's broker. */
@Tag("foreign")
class TrafficWatchForeignTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void everythingIsSeenOnceAndDeletionsAreKnown(int mqtt) throws Exception {
        Parts parts = Parts.of(new Home(folder.resolve("home")));
        try (Mosquitto broker = new Mosquitto(folder.resolve("plant")).start();
                Plant plant = parts.newPlant();
                HandPublisher other = new HandPublisher(plant);
                TrafficWatch traffic = new TrafficWatch(plant)) {
            Project project =
                    ProjectFile.parse(
                                    """
                                    fieldloom: 1
                                    brokers:
                                      plant: {url: "%s", mqtt: %d}
                                    devices:
                                      boiler: {endpoint: "modbus-tcp://127.0.0.1:9"}
                                    mappings:
                                      acme/level: {device: boiler, tag: Level, broker: plant}
                                    """
                                            .formatted(broker.url("mqtt"), mqtt))
                            .project();
            plant.open(
                            project,
                            new PlantSettings(
                                    "hall",
                                    folder,
                                    Map.of(),
                                    new RememberedPasswords(parts.secrets()),
                                    name -> Optional.empty()))
                    .toCompletableFuture()
                    .get(20, SECONDS);
            traffic.watch("plant");
            await().atMost(Duration.ofSeconds(20)).until(() -> traffic.state().link() == Link.UP);
            assertThat(traffic.state().filters()).containsExactly("acme/#");

            Change added =
                    Edits.apply(
                            project,
                            new Edit.PutMapping(
                                    project.mappings().get("acme/level").withTopic("brno/level")));
            traffic.apply(added);
            assertThat(traffic.state().filters()).containsExactly("acme/#", "brno/#");

            traffic.add("#");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(traffic.state().filters()).containsExactly("#"));
            send(other, "acme/level", "1");
            send(other, "brno/level", "2");
            TrafficStore store = traffic.store();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> store.topic("brno/level").isPresent());
            assertThat(store.topic("acme/level").orElseThrow().count())
                    .as("two filters cover it")
                    .isEqualTo(1);
            if (mqtt == 5) {
                assertThat(store.retained(topic -> true)).hasSize(2);
            }

            store.setRetained("acme/level", true);
            send(other, "acme/level", "");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !store.topic("acme/level").map(TopicView::retained).orElse(true));
            assertThat(store.topic("acme/level").orElseThrow().last().retained()).isTrue();
        }
    }

    private static void send(HandPublisher other, String topic, String payload) throws Exception {
        assertThat(
                        other.send(
                                        "plant",
                                        new Publication(
                                                topic, payload.getBytes(), 1, true, null, 0))
                                .toCompletableFuture()
                                .get(20, SECONDS))
                .isLessThan(0x80);
    }
}
