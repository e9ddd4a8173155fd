package io.fieldloom.ui.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.engine.plant.TrafficWatch;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.engine.traffic.TrafficStore;
import io.fieldloom.ui.kit.FxGate;
import io.fieldloom.ui.kit.HandTicker;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.code.CodeView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class TrafficViewTest {
    private static final String TOPIC = "acme/prague/filler-01/temperature";

    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
    private final TrafficStore store = new TrafficStore(pool);
    private final HandTicker ticker = new HandTicker();
    private final List<String> cleared = new ArrayList<>();
    private final List<String> filters = new ArrayList<>(List.of("acme/#"));
    private TrafficView view;

    @Start
    void start(Stage stage) {
        UiKit kit = UiKit.create(new FxGate(), ticker, Runnable::run, new Theme(Theme.Look.DARK));
        view = new TrafficView(kit, new Desk());
        ticker.every(Ticker.CALM, kit.commands()::refresh);
        StackPane root = kit.overlay().root();
        kit.overlay().content(view.node());
        Scene scene = new Scene(root, 440, 600);
        kit.theme().dress(scene);
        stage.setScene(scene);
        stage.show();
    }

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void aChosenTopicShowsItsPayloadAndWhatWasThereBefore(FxRobot robot) {
        assertThat(robot.lookup("No messages yet").tryQuery()).isPresent();

        record("{\"value\":72.38}");
        record("{\"value\":72.41}");
        robot.interact(ticker::tick);
        robot.interact(() -> view.reveal(TOPIC));
        robot.interact(ticker::tick);
        assertThat(payload(robot)).isEqualTo("{\n  \"value\": 72.41   ← 72.38\n}");
        assertThat(robot.lookup("JSON · QoS 1 · retained").tryQuery()).isPresent();

        record("{\"value\":72.5}");
        robot.interact(ticker::tick);
        assertThat(payload(robot)).contains("72.5   ← 72.41");
    }

    // Whoever reads a value must be able to read on, however fast the next ones come.
    @Test
    void pausingHoldsTheValuesAndLosesNone(FxRobot robot) {
        record("1");
        robot.interact(ticker::tick);
        robot.interact(() -> view.reveal(TOPIC));
        robot.clickOn("Pause");
        record("2");
        robot.interact(ticker::tick);
        assertThat(payload(robot)).isEqualTo("1");

        robot.clickOn("Resume");
        robot.interact(ticker::tick);
        assertThat(payload(robot)).isEqualTo("2   ← 1");
        assertThat(store.history(TOPIC)).hasSize(2);
    }

    @Test
    void deletingRetainedMessagesNamesThemFirst(FxRobot robot) {
        record("1");
        robot.interact(ticker::tick);
        robot.interact(() -> view.reveal(TOPIC));
        robot.interact(ticker::tick);
        robot.clickOn("Clear retained…");
        assertThat(robot.lookup("Delete 1 retained message?").tryQuery()).isPresent();
        assertThat(cleared).isEmpty();

        robot.clickOn("Delete");
        assertThat(cleared).containsExactly(TOPIC);
    }

    // Brokers refuse or choke on '#', so a person asks for it.
    @Test
    void anotherBrokerOffersEverything(FxRobot robot) {
        assertThat(robot.lookup("Watching acme/#").tryQuery()).isPresent();
        robot.clickOn("Subscribe to #");
        robot.interact(ticker::tick);

        assertThat(filters).containsExactly("acme/#", "#");
        assertThat(robot.lookup("Subscribe to #").tryQuery()).isEmpty();
    }

    private void record(String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        store.record(new Message(Instant.now(), TOPIC, bytes, 1, true, false, null));
        assertThat(store.settle(Duration.ofSeconds(10))).isTrue();
    }

    private static String payload(FxRobot robot) {
        return robot.lookup(".code-view").queryAs(CodeView.class).text();
    }

    private final class Desk implements TrafficDesk {
        @Override
        public TrafficStore store() {
            return store;
        }

        @Override
        public TrafficWatch.State watched() {
            return new TrafficWatch.State("plant", "broker:1883", OutletState.Link.UP, "", filters);
        }

        @Override
        public void watchAlso(String filter) {
            filters.add(filter);
        }

        @Override
        public boolean isDesigned(String topic) {
            return false;
        }

        @Override
        public void showInNamespace(String topic) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void clearRetained(List<String> topics) {
            cleared.addAll(topics);
        }
    }
}
