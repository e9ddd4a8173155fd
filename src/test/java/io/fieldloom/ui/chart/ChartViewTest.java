package io.fieldloom.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.History;
import io.fieldloom.engine.device.ScriptedDevices;
import io.fieldloom.engine.device.ScriptedDriver;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.FxStage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class ChartViewTest {
    private static final String PROJECT =
            """
            fieldloom: 1
            devices:
              boiler:
                endpoint: "modbus-tcp://10.0.0.9"
                tags:
                  Steam: {address: "holding:4", scale: 0.1, unit: bar}
                  Feed: {address: "holding:5", scale: 0.1, unit: bar}
                  Level: {address: "holding:6", unit: "%"}
            """;

    private final FxStage window = new FxStage();
    private final ScriptedDevices devices = new ScriptedDevices();
    private final ScriptedDriver driver = devices.driver;
    private final List<TagRef> shown = new ArrayList<>();
    private final List<Double> shares = new ArrayList<>();
    private final StackPane tab = new StackPane();
    private ChartView chart;
    private HistoryView history;

    @Start
    void start(Stage stage) {
        ProjectEditor editor = ProjectEditor.ofText(PROJECT, "test", new Home(Path.of("none")));
        devices.registry.load(editor.project());
        ChartServices services =
                new ChartServices(
                        window.kit(),
                        editor::project,
                        devices.registry,
                        shown::add,
                        item -> history.show(item));
        chart = new ChartView(services, ChartView.SHARE, shares::add);
        history = new HistoryView(services, HistoryView.SHARE, shares::add);
        tab.getChildren().setAll(chart);
        window.show(stage, tab);
        devices.registry.start();
    }

    @AfterEach
    void stop(FxRobot robot) {
        robot.interact(
                () -> {
                    chart.close();
                    history.close();
                });
        devices.close();
    }

    private static DeviceItem tag(String name, String address) {
        return new DeviceItem("boiler", name, address, name, List.of(name), null, null, false);
    }

    private static List<String> texts(FxRobot robot) {
        return robot.lookup(".label").queryAll().stream()
                .filter(Node::isVisible)
                .map(node -> ((Labeled) node).getText())
                .toList();
    }

    private void see(FxRobot robot, String... words) {
        await().untilAsserted(
                        () -> {
                            robot.interact(window::tick);
                            assertThat(texts(robot)).contains(words);
                        });
    }

    private static void press(FxRobot robot, String name) {
        robot.interact(
                () ->
                        robot.lookup(
                                        (Button button) ->
                                                name.equals(button.getText())
                                                        || name.equals(button.getAccessibleText()))
                                .queryButton()
                                .fire());
    }

    /** The newest subscription of an address, once it is there. */
    private static ScriptedDriver.Subscription subscription(
            ScriptedDriver.Session session, String address) {
        return await().until(
                        () ->
                                session.allSubscriptions().stream()
                                        .filter(one -> one.tags.get(0).address().equals(address))
                                        .reduce((first, last) -> last)
                                        .orElse(null),
                        found -> found != null);
    }

    private static void send(ScriptedDriver.Session session, String address, long raw) {
        subscription(session, address).send(0, Sample.good(Value.of(raw), Instant.now()));
    }

    // Pressures share an axis; beside a level in per cent every line has its own scale, and says
    // so.
    @Test
    void severalTagsAreDrawnTogetherWithTheirValuesAndScales(FxRobot robot) {
        ScriptedDriver.Session session = driver.next().up();
        see(robot, "Nothing is charted");
        robot.interact(
                () -> chart.chart(List.of(tag("Steam", "holding:4"), tag("Feed", "holding:5"))));
        send(session, "holding:4", 85);
        send(session, "holding:5", 99);
        see(robot, "Steam", "8.5 bar", "Feed", "9.9 bar");
        assertThat(texts(robot)).noneMatch(text -> text.matches("[0-9.]+ to [0-9.]+"));
        assertThat(chart.badge()).isEqualTo("2");

        robot.interact(() -> chart.add(List.of(tag("Level", "holding:6"))));
        send(session, "holding:6", 40);
        see(robot, "Level", "40 %");
        List<String> scales =
                texts(robot).stream().filter(text -> text.matches("[0-9.]+ to [0-9.]+")).toList();
        assertThat(scales).hasSize(3);
        assertThat(scales.get(0)).as("one scale for both pressures").isEqualTo(scales.get(1));
        assertThat(
                        robot.lookup(".chart-swatch").queryAll().stream()
                                .map(node -> node.getStyleClass().get(1)))
                .containsExactly("line-1", "line-2", "line-3");

        press(robot, "Take Feed out of the chart");
        robot.interact(() -> chart.add(List.of(tag("Feed", "holding:5"))));
        see(robot, "Feed");
        assertThat(
                        robot.lookup(".chart-swatch").queryAll().stream()
                                .map(node -> node.getStyleClass().get(1)))
                .as("the others keep their colour")
                .containsExactly("line-1", "line-3", "line-2");

        robot.interact(() -> chart.chart(List.of(tag("Level", "holding:6"))));
        see(robot, "40 %");
        assertThat(texts(robot)).doesNotContain("Steam", "Feed");
    }

    // A line that goes on while the device is away would tell what nobody knows.
    @Test
    void whileTheDeviceIsAwayThereIsAGap(FxRobot robot) {
        ScriptedDriver.Session session = driver.next().up();
        await().until(() -> devices.registry.link("boiler").orElseThrow().state().isUp());
        Curve curve =
                new Curve(
                        new ChartServices(
                                window.kit(),
                                () ->
                                        ProjectEditor.ofText(
                                                        PROJECT, "test", new Home(Path.of("none")))
                                                .project(),
                                devices.registry,
                                any -> {},
                                any -> {}),
                        tag("Level", "holding:6"),
                        0);
        robot.interact(() -> curve.pull(devices.registry.link("boiler")));
        send(session, "holding:6", 40);
        robot.interact(() -> curve.pull(devices.registry.link("boiler")));
        assertThat(curve.value()).isEqualTo("40 %");

        session.lose();
        await().until(() -> !devices.registry.link("boiler").orElseThrow().state().isUp());
        robot.interact(() -> curve.pull(devices.registry.link("boiler")));
        assertThat(curve.value()).isEqualTo("not connected");
        assertThat(curve.series().value(curve.series().size() - 1)).isNaN();
        curve.close();
    }

    @Test
    void whatTheServerRecordedGoesBeforeWhatWasSeenHere(FxRobot robot) {
        Instant now = Instant.now();
        driver.capabilities.put(
                History.class,
                new TwoValues(
                        List.of(
                                Sample.good(Value.of(10), now.minusSeconds(60)),
                                Sample.good(Value.of(20), now.minusSeconds(30)))));
        ScriptedDriver.Session session = driver.next().up();
        await().until(() -> devices.registry.link("boiler").orElseThrow().state().isUp());
        robot.interact(() -> tab.getChildren().setAll(history));
        see(robot, "No tag is chosen");
        robot.interact(() -> history.show(tag("Steam", "holding:4")));
        send(session, "holding:4", 85);
        see(robot, "Steam", "8.5 bar", "8.5", Status.GOOD.name());
        see(robot, "Local time, " + ZoneId.systemDefault().getId());

        press(robot, "Read history");
        see(robot, "2 values of the last hour", "1", "2");

        // what is calculated stands alone, and a count has no scale
        ComboBox<History.Aggregate> values =
                robot.lookup(
                                (ComboBox<History.Aggregate> one) ->
                                        "Values".equals(one.getAccessibleText()))
                        .query();
        robot.interact(() -> values.setValue(History.Aggregate.COUNT));
        press(robot, "Read history");
        see(robot, "1 value (Count, 1m) of the last hour", "60");
        press(robot, "Live");
        see(robot, "8.5");
        assertThat(texts(robot)).doesNotContain("60");
    }

    @Test
    void thePlotTakesMostOfTheWidthAndTheDivisionIsRemembered(FxRobot robot) {
        robot.interact(() -> chart.chart(List.of(tag("Level", "holding:6"))));
        SplitPane split = robot.lookup((SplitPane any) -> true).query();
        Node plot = robot.lookup(".time-chart").query();
        assertThat(plot.getLayoutBounds().getWidth()).isGreaterThan(0.65 * split.getWidth());

        robot.interact(
                () -> {
                    split.setDividerPositions(0.5);
                    release(split);
                });
        assertThat(shares).as("only a person's move of the divider counts").isEmpty();
        robot.interact(() -> release(robot.lookup(".split-pane-divider").query()));
        assertThat(shares).hasSize(1);
        assertThat(shares.get(0)).isBetween(0.45, 0.55);
    }

    private static void release(Node node) {
        node.fireEvent(
                new MouseEvent(
                        MouseEvent.MOUSE_RELEASED,
                        0,
                        0,
                        0,
                        0,
                        MouseButton.PRIMARY,
                        1,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        null));
    }

    /** A server that remembers. */
    private record TwoValues(List<Sample> samples) implements History {
        @Override
        public CompletionStage<Kept> kept(String address) {
            return CompletableFuture.completedStage(new Kept(true, Set.of(Aggregate.COUNT)));
        }

        @Override
        public CompletableFuture<Past> read(String address, Range range, int most) {
            return CompletableFuture.completedFuture(new Past(samples, true));
        }

        @Override
        public CompletableFuture<Past> processed(
                String address, Range range, Aggregate aggregate, Duration interval, int most) {
            Sample one = Sample.good(Value.of(interval.toSeconds()), range.from().plusSeconds(1));
            return CompletableFuture.completedFuture(new Past(List.of(one), true));
        }
    }
}
