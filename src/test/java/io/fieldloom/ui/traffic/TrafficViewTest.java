package io.fieldloom.ui.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.plant.TrafficWatch;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.engine.traffic.TrafficStore;
import io.fieldloom.ui.kit.FxGate;
import io.fieldloom.ui.kit.HandTicker;
import io.fieldloom.ui.kit.PublishGuard;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.kit.UiKit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
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
    private static final String OTHER = "acme/prague/filler-01/pressure";

    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
    private final TrafficStore store = new TrafficStore(pool);
    private final HandTicker ticker = new HandTicker();
    private final Desk desk = new Desk();
    private UiKit kit;
    private TrafficView view;

    @Start
    void start(Stage stage) {
        kit = UiKit.create(new FxGate(), ticker, Runnable::run, new Theme(Theme.Look.DARK));
        view = new TrafficView(kit, desk, new PublishGuard(kit.dialogs(), Optional::empty));
        StackPane root = kit.overlay().root();
        kit.overlay().content(view.node());
        Scene scene = new Scene(root, 460, 700);
        kit.theme().dress(scene);
        stage.setScene(scene);
        stage.show();
    }

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    // A newcomer must see values without opening one branch after the other.
    @Test
    void messagesAppearAsRowsWithTheBranchesOpen(FxRobot robot) {
        assertThat(robot.lookup("No messages yet").tryQuery()).isPresent();

        record(TOPIC, "72.38", true);
        record(OTHER, "5.22", true);
        record("acme/brno", "1", false);
        tick(robot);

        assertThat(robot.lookup("temperature").tryQuery()).isPresent();
        assertThat(robot.lookup("5.22").tryQuery()).isPresent();
        assertThat(robot.lookup("prague/filler-01").tryQuery()).as("one row").isPresent();
        assertThat(robot.lookup("No messages yet").tryQuery()).isEmpty();
    }

    @Test
    void aChosenTopicShowsItsPayloadAndWhatWasThereBefore(FxRobot robot) {
        record(TOPIC, "{\"value\":72.38}", true);
        record(TOPIC, "{\"value\":72.41}", true);
        choose(robot, TOPIC);
        assertThat(payload(robot)).isEqualTo("{\n  \"value\": 72.41   ← 72.38\n}");
        assertThat(robot.lookup("JSON · QoS 1 · retained").tryQuery()).isPresent();

        record(TOPIC, "{\"value\":72.5}", true);
        tick(robot);
        assertThat(payload(robot)).contains("72.5   ← 72.41");
        assertThat(robot.lookup("History 3").tryQuery()).isPresent();
    }

    // One who reads an older message must not have it pulled away by the next one.
    @Test
    void aMessageChosenFromTheHistoryStays(FxRobot robot) {
        record(TOPIC, "1", true);
        record(TOPIC, "2", true);
        record(TOPIC, "3", true);
        choose(robot, TOPIC);
        robot.clickOn("History 3");
        tick(robot);
        robot.clickOn("2");
        record(TOPIC, "4", true);
        tick(robot);
        assertThat(payload(robot)).isEqualTo("2   ← 1");

        robot.clickOn("Follow");
        tick(robot);
        assertThat(payload(robot)).isEqualTo("4   ← 3");
    }

    // Whoever reads a value must be able to read on, however fast the next ones come.
    @Test
    void pausingHoldsTheValuesAndLosesNone(FxRobot robot) {
        record(TOPIC, "1", true);
        choose(robot, TOPIC);
        robot.clickOn("Pause");
        record(TOPIC, "2", true);
        tick(robot);
        assertThat(payload(robot)).isEqualTo("1");
        assertThat(robot.lookup("Paused · 1 message recorded meanwhile").tryQuery()).isPresent();

        robot.clickOn("Resume");
        tick(robot);
        assertThat(payload(robot)).isEqualTo("2   ← 1");
        assertThat(store.history(TOPIC)).hasSize(2);
    }

    @Test
    void aWrongFilterSaysWhyAndHidesNothing(FxRobot robot) {
        record(TOPIC, "1", true);
        record("brno/other", "2", true);
        tick(robot);
        TextInputControl field = robot.lookup(".filter-field").queryTextInputControl();
        robot.interact(() -> field.setText("acme/#/filler"));
        tick(robot);
        assertThat(robot.lookup("Not a filter: '#' stands alone in the last level").tryQuery())
                .isPresent();
        assertThat(robot.lookup("brno/other").tryQuery()).isPresent();

        robot.interact(() -> field.setText("acme/#"));
        tick(robot);
        assertThat(isShown(robot, "brno/other")).isFalse();
        assertThat(isShown(robot, TOPIC)).isTrue();
    }

    // The offers of the namespace end here, also for a broker that nobody watches.
    @Test
    void oldTopicsAreClearedWhereTheyWerePublishedAndNotUndoneWhereNothingIsKnown(FxRobot robot) {
        record(TOPIC, "72.38", true);
        robot.interact(() -> view.clearRetained("plant", List.of(TOPIC, OTHER)));
        robot.clickOn("Delete retained");
        assertThat(desk.sent).extracting(Publication::topic).containsExactly(TOPIC);
        assertThat(store.topic(TOPIC).orElseThrow().retained()).isFalse();
        robot.clickOn("Undo");
        assertThat(new String(desk.sent.get(1).payload(), StandardCharsets.UTF_8))
                .isEqualTo("72.38");

        desk.others.add(TOPIC);
        robot.interact(() -> view.clearRetained("plant", List.of(TOPIC)));
        assertThat(
                        robot.lookup(
                                        "Somebody else has written to "
                                                + TOPIC
                                                + " since; that stays.")
                                .tryQuery())
                .isPresent();
        assertThat(desk.sent).hasSize(2);

        robot.interact(() -> view.clearRetained("other", List.of(OTHER)));
        assertThat(desk.sent.get(2).topic()).isEqualTo(OTHER);
        assertThat(desk.sent.get(2).payload()).isEmpty();
        assertThat(
                        robot.lookup(
                                        "Deleted 1 retained message on other; nobody saw their payloads"
                                                + " to undo it.")
                                .tryQuery())
                .isPresent();
        assertThat(robot.lookup("Undo").tryQuery()).isEmpty();
    }

    // Deleting is writing: on a broker of somebody else it is asked for, by name, and undone.
    @Test
    void deletingRetainedMessagesAsksAndCanBeUndone(FxRobot robot) {
        record(TOPIC, "72.4", true);
        record(OTHER, "live only", false);
        choose(robot, TOPIC);
        robot.clickOn("Clear retained…");
        assertThat(robot.lookup("Delete 1 retained message?").tryQuery()).isPresent();
        robot.clickOn("Delete 1 message");
        assertThat(robot.lookup("Publish to plant?").tryQuery()).isPresent();
        assertThat(desk.sent).isEmpty();

        robot.clickOn("Delete retained");
        assertThat(desk.sent).hasSize(1);
        Publication deleting = desk.sent.get(0);
        assertThat(deleting.topic()).isEqualTo(TOPIC);
        assertThat(deleting.payload()).isEmpty();
        assertThat(deleting.retain()).isTrue();
        assertThat(store.stats().retained()).isZero();

        robot.clickOn("Undo");
        Publication restored = desk.sent.get(1);
        assertThat(restored.topic()).isEqualTo(TOPIC);
        assertThat(restored.payload()).isEqualTo(bytes("72.4"));
        assertThat(restored.retain()).isTrue();
        assertThat(store.stats().retained()).isEqualTo(1);
    }

    @Test
    void theDeleteKeyAsksForTheChosenTopicAndTheDeletionIsSaid(FxRobot robot) {
        record(TOPIC, "72.4", true);
        record(OTHER, "5.2", true);
        choose(robot, TOPIC);
        robot.push(KeyCode.DELETE);
        assertThat(robot.lookup("Delete 1 retained message?").tryQuery()).isPresent();
        robot.clickOn("Delete 1 message");
        robot.clickOn("Delete retained");
        assertThat(desk.sent).extracting(Publication::topic).containsExactly(TOPIC);

        record(TOPIC, "", true);
        tick(robot);
        assertThat(robot.lookup("retained value deleted · QoS 1").tryQuery()).isPresent();
    }

    // A payload of the broker before, read as one of this broker, leads to wrong conclusions.
    @Test
    void anotherBrokerLeavesNothingOfTheOneBeforeInSight(FxRobot robot) {
        record(TOPIC, "72.4", true);
        choose(robot, TOPIC);
        robot.clickOn("Pause");
        store.clear();
        desk.broker = "other";
        record(OTHER, "5.2", true);
        tick(robot);

        assertThat(robot.lookup(".code-view").tryQuery()).isEmpty();
        assertThat(robot.lookup("Pause").tryQuery()).as("it follows again").isPresent();
        assertThat(isShown(robot, OTHER)).isTrue();
        choose(robot, OTHER);
        assertThat(payload(robot)).isEqualTo("5.2");
    }

    // Brokers refuse or choke on '#', so a person asks for it.
    @Test
    void anotherBrokerSaysWhatIsWatchedAndOffersEverything(FxRobot robot) {
        tick(robot);
        assertThat(robot.lookup("Watching acme/#").tryQuery()).isPresent();
        robot.clickOn("Watch everything (#)");
        tick(robot);
        assertThat(desk.filters).containsExactly("acme/#", "#");

        desk.link = Link.DOWN;
        desk.reason = "connection refused. Is the broker running?";
        tick(robot);
        assertThat(robot.lookup("Connection refused. Is the broker running?").tryQuery())
                .isPresent();
    }

    // Users of others searched half an hour for who cuts their payloads off.
    @Test
    void aHugePayloadIsShownInPartAndSaysSo(FxRobot robot) {
        record(TOPIC, "x".repeat(PayloadPage.MOST) + "the end", true);
        choose(robot, TOPIC);
        assertThat(robot.lookup("The first 66 kB of 1.0 MB are shown.").tryQuery()).isPresent();
        assertThat(payload(robot)).hasSize(PayloadPage.FIRST_PART);

        robot.clickOn("Show all");
        assertThat(payload(robot)).endsWith("the end");

        robot.clickOn("Copy");
        robot.interact(
                () ->
                        assertThat(Clipboard.getSystemClipboard().getString())
                                .hasSize(PayloadPage.MOST + 7));
    }

    private static boolean isShown(FxRobot robot, String text) {
        return robot.lookup(text).queryAll().stream().anyMatch(TrafficViewTest::isShown);
    }

    private static boolean isShown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private void choose(FxRobot robot, String topic) {
        tick(robot);
        robot.interact(() -> view.reveal(topic));
        tick(robot);
    }

    private void tick(FxRobot robot) {
        robot.interact(ticker::tick);
        robot.interact(kit.commands()::refresh);
    }

    private void record(String topic, String payload, boolean retained) {
        store.record(new Message(Instant.now(), topic, bytes(payload), 1, retained, false, null));
        assertThat(store.settle(Duration.ofSeconds(10))).isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String payload(FxRobot robot) {
        return robot.lookup(".code-view").queryAs(LinesView.class).text();
    }

    private final class Desk implements TrafficDesk {
        private final List<Publication> sent = new ArrayList<>();
        private final List<String> filters = new ArrayList<>(List.of("acme/#"));
        private final Set<String> others = new HashSet<>();
        private Link link = Link.UP;
        private String broker = "plant";
        private String reason = "";

        @Override
        public TrafficStore store() {
            return store;
        }

        @Override
        public TrafficWatch.State watched() {
            return new TrafficWatch.State(
                    broker, "broker.acme:1883", link, reason, null, filters, "");
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public boolean isEmbedded() {
            return false;
        }

        @Override
        public void watchAlso(String filter) {
            filters.add(filter);
        }

        @Override
        public Optional<BrokerUrl> url(String broker) {
            return Optional.of(BrokerUrl.parse("mqtt://broker.acme:1883"));
        }

        @Override
        public CompletionStage<Integer> send(String broker, Publication publication) {
            sent.add(publication);
            return CompletableFuture.completedFuture(0);
        }

        @Override
        public boolean isOurs(String broker, Message message) {
            return !others.contains(message.topic());
        }

        @Override
        public boolean hasMapping(String topic) {
            return false;
        }

        @Override
        public void goToMapping(String topic) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void publishLike(Message message) {
            throw new AssertionError("not asked for");
        }
    }
}
