package io.fieldloom.ui.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.engine.device.ArmedDevices;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.ScriptedDriver;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.FxStage;
import io.fieldloom.ui.kit.ProjectEdits;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** A tag of a Modbus device is changed where it stands, not in the text of the whole device. */
@ExtendWith(ApplicationExtension.class)
class TagEditsTest {
    private static final String PROJECT =
            """
            fieldloom: 1
            devices:
              boiler:
                endpoint: "modbus-tcp://10.0.0.9"
                tags:
                  Level: {address: "holding:4", interval: 5s}   # mm
                  Flow: {address: "holding:6", unit: m3/h}
            mappings:
              acme/level: {device: boiler, tag: Level}
            """;

    @TempDir Path folder;

    private final FxStage window = new FxStage();
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
    private final DeviceRegistry registry =
            new DeviceRegistry(
                    List.of(new ScriptedDriver()),
                    device ->
                            SessionRequest.anonymous(
                                    device.name(), Endpoint.parse(device.endpoint())),
                    pool,
                    pool,
                    Clock.systemUTC());
    private ProjectEditor editor;
    private DevicesView view;

    @Start
    void start(Stage stage) {
        editor = ProjectEditor.ofText(PROJECT, "hall", new Home(folder));
        registry.load(editor.project());
        editor.addListener(registry::apply);
        view =
                new DevicesView(
                        new DevicesServices(
                                window.kit(),
                                editor::project,
                                Optional::empty,
                                new ProjectEdits(window.kit(), editor),
                                registry,
                                List.of(),
                                null,
                                null,
                                null,
                                null,
                                new ArmedDevices(),
                                null,
                                pool,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null));
        editor.addListener(view::apply);
        window.show(stage, view.node());
    }

    @AfterEach
    void stop(FxRobot robot) {
        robot.interact(() -> view.close());
        pool.shutdownNow();
    }

    private TagSpec tag(String name) {
        return editor.project().devices().get("boiler").tags().get(name);
    }

    private void select(FxRobot robot, String name) {
        await().until(
                        () -> {
                            robot.interact(window::tick);
                            return robot.lookup(".label").queryAllAs(Labeled.class).stream()
                                    .anyMatch(label -> name.equals(label.getText()));
                        });
        robot.clickOn(name);
    }

    private static TextField field(FxRobot robot, String name) {
        return robot.lookup(".text-field").queryAllAs(TextField.class).stream()
                .filter(field -> name.equals(field.getAccessibleText()))
                .findFirst()
                .orElseThrow();
    }

    private void edit(FxRobot robot, String name) {
        select(robot, name);
        robot.interact(() -> window.kit().commands().find("devices.edittag").orElseThrow().run());
    }

    // A rename is one step of undo, and what reads the tag follows it.
    @Test
    void f2RenamesItAndItsMappingsFollow(FxRobot robot) {
        select(robot, "Level");
        robot.press(KeyCode.F2).release(KeyCode.F2);
        robot.write("Filling").press(KeyCode.ENTER).release(KeyCode.ENTER);

        assertThat(tag("Filling").interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(editor.project().mappings().get("acme/level").source())
                .isEqualTo(new TagRef("boiler", "Filling"));
        assertThat(editor.text())
                .contains("Filling: {address: \"holding:4\", interval: 5s}   # mm");
        editor.undo();
        assertThat(editor.text()).isEqualTo(PROJECT);
    }

    @Test
    void everythingOfItIsEditedInOneFormAndOneStep(FxRobot robot) {
        edit(robot, "Level");
        robot.interact(
                () -> {
                    field(robot, "Name").setText("Depth");
                    field(robot, "Address").setText("40009:float32:CDAB");
                    field(robot, "Scale").setText("0,1");
                    field(robot, "Offset").setText("-5");
                    field(robot, "Unit").setText("m");
                    field(robot, "Read every").setText("250ms");
                });
        robot.clickOn("Save");

        assertThat(tag("Depth"))
                .satisfies(
                        tag -> {
                            assertThat(tag.address()).isEqualTo("holding:8:float32:CDAB");
                            assertThat(tag.scale()).isEqualByComparingTo("0.1");
                            assertThat(tag.offset()).isEqualByComparingTo("-5");
                            assertThat(tag.unit()).isEqualTo("m");
                            assertThat(tag.interval()).isEqualTo(Duration.ofMillis(250));
                        });
        assertThat(editor.project().mappings().get("acme/level").source().tag()).isEqualTo("Depth");
        editor.undo();
        assertThat(editor.text()).isEqualTo(PROJECT);
    }

    @Test
    void whatWillNotDoCannotBeSavedAndSaysWhy(FxRobot robot) {
        edit(robot, "Level");

        robot.interact(() -> field(robot, "Address").setText("0x0E"));
        assertThat(saveIsDisabled(robot)).isTrue();
        assertThat(texts(robot)).anyMatch(text -> text.contains("write holding:0x0E"));

        robot.interact(() -> field(robot, "Address").setText("holding:0x0E"));
        assertThat(saveIsDisabled(robot)).isFalse();
        assertThat(texts(robot)).contains("holding:14, in manuals 40015");

        robot.interact(() -> field(robot, "Name").setText("Flow"));
        assertThat(saveIsDisabled(robot)).isTrue();
    }

    private static boolean saveIsDisabled(FxRobot robot) {
        return robot.lookup(".button.primary").queryAll().stream()
                .filter(Node::isVisible)
                .allMatch(Node::isDisabled);
    }

    private static List<String> texts(FxRobot robot) {
        return robot.lookup(".label").queryAllAs(Labeled.class).stream()
                .map(Labeled::getText)
                .toList();
    }

    // A tag that nothing reads goes at once; one that mappings take asks what becomes of them.
    @Test
    void deleteRemovesItAndAsksAboutItsMappings(FxRobot robot) {
        select(robot, "Flow");
        robot.press(KeyCode.DELETE).release(KeyCode.DELETE);
        assertThat(tag("Flow")).isNull();

        select(robot, "Level");
        robot.press(KeyCode.DELETE).release(KeyCode.DELETE);
        assertThat(tag("Level")).isNotNull();
        robot.clickOn("Remove with 1 mapping");

        assertThat(editor.project().devices().get("boiler").tags()).isEmpty();
        assertThat(editor.project().mappings()).isEmpty();
        editor.undo();
        editor.undo();
        assertThat(editor.text()).isEqualTo(PROJECT);
    }
}
