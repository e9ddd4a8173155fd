package io.fieldloom.ui.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.ui.kit.DevicePicker;
import io.fieldloom.ui.kit.FxStage;
import io.fieldloom.ui.kit.SimulatedBoiler;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pcollections.OrderedPMap;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class FramesViewTest {
    private final FxStage window = new FxStage();
    private SimulatedBoiler boiler;
    private Optional<String> chosen = Optional.empty();

    @Start
    void start(Stage stage) throws IOException {
        boiler = new SimulatedBoiler("holding:3", "uint16", "7");
        window.show(
                stage,
                new FramesView(
                        window.kit(), boiler.editor::project, boiler.registry, () -> chosen));
    }

    @AfterEach
    void stop() {
        boiler.close();
    }

    private boolean shows(FxRobot robot, String begin) {
        robot.interact(window::tick);
        return robot.lookup(".label").queryAllAs(Labeled.class).stream()
                .anyMatch(label -> label.isVisible() && label.getText().startsWith(begin));
    }

    // Nothing is recorded before somebody asks; then question and answer are there, with bytes.
    @Test
    void aRecordedReadIsListedWithItsBytesAndItsMeaning(FxRobot robot) {
        await().until(() -> boiler.link().state().isUp());
        read();
        assertThat(shows(robot, "unit 1: read")).isFalse();

        press(robot, "Record");
        read();
        await().until(() -> shows(robot, "unit 1: read 1 holding registers from 3"));
        assertThat(shows(robot, "unit 1: 3 = 7")).isTrue();

        press(robot, "Stop");
        press(robot, "Clear");
        await().until(() -> !shows(robot, "unit 1: read"));
        read();
        assertThat(shows(robot, "unit 1: read")).isFalse();
    }

    // What is clicked on in Devices must not end a recording, and each line stays with its device.
    @Test
    void aRecordingOutlivesALookAtAnotherDevice(FxRobot robot) {
        boiler.editor.apply(
                new Edit.PutDevice(
                        new Device(
                                "pump",
                                "modbus-tcp://127.0.0.1:1?unit=1",
                                null,
                                null,
                                null,
                                OrderedPMap.empty(),
                                null,
                                null,
                                null)));
        await().until(() -> boiler.link().state().isUp());
        robot.interact(window::tick);
        press(robot, "Record");
        read();
        await().until(() -> shows(robot, "unit 1: 3 = 7"));

        chosen = Optional.of("pump");
        robot.interact(window::tick);
        assertThat(picker(robot).getValue()).isEqualTo("boiler");

        robot.interact(() -> picker(robot).setValue("pump"));
        assertThat(shows(robot, "unit 1:")).isFalse();
        assertThat(recordButton(robot).getText()).isEqualTo("Record");
        read();

        robot.interact(() -> picker(robot).setValue("boiler"));
        await().until(() -> lines(robot, "unit 1: 3 = 7") == 2);
        press(robot, "Stop");
        assertThat(lines(robot, "unit 1: 3 = 7")).isEqualTo(2);
    }

    private static DevicePicker picker(FxRobot robot) {
        return robot.lookup(".combo-box").queryAs(DevicePicker.class);
    }

    private long lines(FxRobot robot, String begin) {
        robot.interact(window::tick);
        return robot.lookup(".virtual-row .label").queryAllAs(Labeled.class).stream()
                .filter(label -> label.isVisible() && label.getText().startsWith(begin))
                .count();
    }

    private static Button recordButton(FxRobot robot) {
        return robot.lookup(".tab-tools > .button").queryAs(Button.class);
    }

    private static void press(FxRobot robot, String name) {
        Button button =
                robot.lookup(".button").queryAllAs(Button.class).stream()
                        .filter(each -> name.equals(each.getText()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no button " + name));
        robot.interact(button::fire);
    }

    private void read() {
        boiler.link().read(List.of("holding:3")).toCompletableFuture().join();
    }
}
