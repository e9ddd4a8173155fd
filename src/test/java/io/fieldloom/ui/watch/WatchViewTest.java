package io.fieldloom.ui.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.tag.Deadband;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.tag.WatchEntry;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.ScriptedDevices;
import io.fieldloom.engine.device.ScriptedDriver;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.FxStage;
import io.fieldloom.ui.kit.NoCharts;
import io.fieldloom.ui.kit.ProjectEdits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pcollections.OrderedPMap;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class WatchViewTest {
    private static final String PROJECT =
            """
            fieldloom: 1
            devices:
              boiler:
                endpoint: "modbus-tcp://10.0.0.9"
                tags:
                  Steam: {address: "holding:4", scale: 0.1, unit: bar}
                  Level: {address: "holding:6"}
            """;

    private final FxStage window = new FxStage();
    private final ScriptedDevices devices = new ScriptedDevices();
    private final ScriptedDriver driver = devices.driver;
    private final List<TagRef> shown = new ArrayList<>();
    private final List<TagRef> mapped = new ArrayList<>();
    private final List<TagRef> written = new ArrayList<>();
    private final List<TagRef> opened = new ArrayList<>();
    private final NoCharts charts = new NoCharts();
    private final DeviceRegistry registry = devices.registry;
    private ProjectEditor editor;
    private WatchView view;

    @Start
    void start(Stage stage) {
        editor = ProjectEditor.ofText(PROJECT, "test", new Home(Path.of("none")));
        registry.load(editor.project());
        editor.addListener(registry::apply);
        view =
                new WatchView(
                        new WatchServices(
                                window.kit(),
                                editor::project,
                                new ProjectEdits(window.kit(), editor),
                                registry,
                                shown::add,
                                () -> {},
                                charts,
                                mapped::addAll,
                                written::add,
                                opened::add));
        window.show(stage, view);
        registry.start();
    }

    @AfterEach
    void stop(FxRobot robot) {
        robot.interact(() -> view.close());
        devices.close();
    }

    private static DeviceItem tag(String name, String address) {
        return new DeviceItem("boiler", name, address, name, List.of(name), null, null, false);
    }

    private void add(FxRobot robot, DeviceItem... items) {
        robot.interact(() -> view.add(new Dragged(List.of(items))));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static List<String> texts(FxRobot robot) {
        return robot.lookup(".label").queryAll().stream()
                .filter(Node::isVisible)
                .map(node -> ((Labeled) node).getText())
                .toList();
    }

    /** Turns the beat until all of these are on screen. */
    private void see(FxRobot robot, String... words) {
        await().untilAsserted(
                        () -> {
                            robot.interact(window::tick);
                            assertThat(texts(robot)).contains(words);
                        });
    }

    /** Turns the beat until the newest subscription has so many tags. */
    private ScriptedDriver.Subscription subscription(
            FxRobot robot, ScriptedDriver.Session session, int tags) {
        await().until(
                        () -> {
                            robot.interact(window::tick);
                            List<ScriptedDriver.Subscription> all = session.allSubscriptions();
                            return !all.isEmpty() && all.get(all.size() - 1).tags.size() == tags;
                        });
        return session.allSubscriptions().get(session.allSubscriptions().size() - 1);
    }

    @Test
    void tagsOfADeviceShareOneSubscriptionAndShowTheirOwnValueLeastAndMost(FxRobot robot) {
        ScriptedDriver.Session session = driver.next();
        see(robot, "Nothing is watched");
        add(robot, tag("Steam", "holding:4"), tag("Level", "holding:6"));
        assertThat(editor.project().watch()).containsOnlyKeys("boiler-steam", "boiler-level");
        assertThat(view.badge()).isEqualTo("2");
        see(robot, "boiler-steam", "not connected");
        assertThat(robot.lookup(".empty-state").query().isVisible()).isFalse();

        session.up();
        ScriptedDriver.Subscription both = subscription(robot, session, 2);
        for (int raw : new int[] {50, 30, 90, 70}) {
            both.send(0, Sample.good(Value.of((long) raw), Instant.now()));
        }
        see(robot, "7 bar", "3", "9", "Good");
        robot.interact(() -> window.kit().commands().find("watch.reset").orElseThrow().run());
        assertThat(texts(robot)).doesNotContain("3", "9");

        session.lose();
        see(robot, "7 bar", "BadNoCommunication");
    }

    @Test
    void whatIsWatchedAlreadyIsNotAddedAgainAndNamesStayApart(FxRobot robot) {
        add(robot, tag("Steam", "holding:4"));
        add(robot, tag("Steam", "holding:4"));
        assertThat(editor.project().watch()).hasSize(1);
        see(robot, "In the watch list already");
        robot.interact(
                () ->
                        editor.apply(
                                new Edit.PutWatch(
                                        WatchEntry.of(
                                                "boiler-level", new TagRef("boiler", "Other")))));
        add(robot, tag("Level", "holding:6"));
        assertThat(editor.project().watch())
                .containsOnlyKeys("boiler-steam", "boiler-level", "boiler-level-2");
        see(robot, "unknown tag");
    }

    // Somebody drops a whole machine.
    @Test
    void thousandsOfTagsAreWatchedAtOnce(FxRobot robot) {
        ScriptedDriver.Session session = driver.next().up();
        DeviceItem[] items = new DeviceItem[12_000];
        for (int at = 0; at < items.length; at++) {
            items[at] = tag("T" + at, "holding:" + at);
        }
        OrderedPMap<String, TagSpec> tags = OrderedPMap.empty();
        for (DeviceItem item : items) {
            tags = tags.plus(item.name(), TagSpec.of(item.name(), item.address()));
        }
        Device large =
                new Device(
                        "boiler",
                        "modbus-tcp://10.0.0.9",
                        null,
                        null,
                        null,
                        tags,
                        null,
                        null,
                        null);
        robot.interact(() -> editor.apply(new Edit.PutDevice(large)));
        add(robot, items);
        see(robot, "Watch 12,000 tags?");
        robot.clickOn("Add to watch list");

        await().until(() -> editor.project().watch().size() == items.length);
        ScriptedDriver.Subscription all = subscription(robot, session, items.length);
        robot.interact(() -> view.reveal("boiler-t11999"));
        all.send(11_999, Sample.good(Value.of(4711L), Instant.now()));
        see(robot, "boiler-t11999", "4711");
    }

    @Test
    void samplingIsChangedForAllChosenRowsInOneStepAndWhatTheDeviceMadeOfItIsShown(FxRobot robot) {
        robot.interact(
                () ->
                        editor.apply(
                                new Edit.PutDevice(
                                        new Device(
                                                "boiler",
                                                "opc.tcp://10.0.0.9:4840",
                                                null,
                                                null,
                                                null,
                                                OrderedPMap.<String, TagSpec>empty()
                                                        .plus("Steam", TagSpec.of("Steam", "i=1"))
                                                        .plus("Level", TagSpec.of("Level", "i=2")),
                                                null,
                                                null,
                                                null))));
        driver.next(); // as it was in the file
        ScriptedDriver.Session session = driver.next().up();
        add(robot, tag("Steam", "i=1"), tag("Level", "i=2"));
        subscription(robot, session, 2);
        see(robot, "1s");

        robot.clickOn("boiler-steam").push(KeyCode.SHIFT, KeyCode.DOWN);
        robot.interact(window.kit().commands()::refresh);
        robot.clickOn("Sampling…");
        robot.write("0ms");
        see(robot, "an interval is longer than nothing");
        robot.push(KeyCode.SHORTCUT, KeyCode.A).write("250ms");
        robot.clickOn("#deadband").write("5%");
        robot.push(KeyCode.ENTER);
        assertThat(editor.project().watch().values())
                .allSatisfy(
                        entry -> {
                            assertThat(entry.interval()).isEqualTo(Duration.ofMillis(250));
                            assertThat(entry.monitoring().deadband())
                                    .isEqualTo(Deadband.parse("5%"));
                        });
        ScriptedDriver.Subscription asked =
                await().until(
                                () -> {
                                    robot.interact(window::tick);
                                    List<ScriptedDriver.Subscription> all =
                                            session.allSubscriptions();
                                    return all.get(all.size() - 1);
                                },
                                last -> last.tags.get(0).interval().toMillis() == 250);
        assertThat(asked.tags)
                .allMatch(tag -> tag.monitoring().deadband().equals(Deadband.parse("5%")));
        see(robot, "250ms");

        robot.interact(() -> editor.undo());
        see(robot, "1s");
    }

    /** Takes what the menu of the selected rows offers. */
    private void choose(FxRobot robot, String title) {
        robot.interact(
                () ->
                        view.menu(List.of()).stream()
                                .filter(item -> title.equals(item.getText()) && !item.isDisable())
                                .findFirst()
                                .orElseThrow(() -> new AssertionError("no " + title))
                                .fire());
    }

    @Test
    void whatDevicesOffersForATagIsOfferedHereToo(FxRobot robot) {
        ScriptedDriver.Session session = driver.next().up();
        add(robot, tag("Steam", "holding:4"), tag("Level", "holding:6"));
        subscription(robot, session, 2);
        see(robot, "boiler-level");
        TagRef level = new TagRef("boiler", "Level");
        robot.clickOn("boiler-level");
        choose(robot, "Write…");
        choose(robot, "Map to namespace…");
        choose(robot, "Show in Devices");
        choose(robot, "History");
        assertThat(written).containsExactly(level);
        assertThat(mapped).containsExactly(level);
        assertThat(shown).containsExactly(level);
        assertThat(charts.histories).extracting(DeviceItem::ref).containsExactly(level);

        robot.clickOn("boiler-steam").push(KeyCode.SHIFT, KeyCode.DOWN);
        choose(robot, "Chart");
        assertThat(charts.charted.get(0))
                .extracting(DeviceItem::address)
                .containsExactlyInAnyOrder("holding:4", "holding:6");
    }

    @Test
    void deleteTakesARowAwayAndUndoBringsItBackWatched(FxRobot robot) {
        ScriptedDriver.Session session = driver.next().up();
        add(robot, tag("Steam", "holding:4"), tag("Level", "holding:6"));
        subscription(robot, session, 2);
        see(robot, "boiler-level");
        robot.doubleClickOn("boiler-level");
        assertThat(opened).containsExactly(new TagRef("boiler", "Level"));

        robot.push(KeyCode.DELETE);
        assertThat(editor.project().watch()).containsOnlyKeys("boiler-steam");
        subscription(robot, session, 1);
        robot.interact(() -> editor.undo());
        subscription(robot, session, 2).send(1, Sample.good(Value.of(42L), Instant.now()));
        see(robot, "42");
        assertThat(editor.unsaved()).isTrue();

        robot.clickOn("boiler-level").push(KeyCode.SHORTCUT, KeyCode.C);
        robot.interact(
                () ->
                        assertThat(Clipboard.getSystemClipboard().getString())
                                .startsWith("boiler-level\tboiler\t42\t42\t42\t"));
    }
}
