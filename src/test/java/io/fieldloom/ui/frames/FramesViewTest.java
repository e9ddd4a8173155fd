package io.fieldloom.ui.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class FramesViewTest {
    private final FxStage window = new FxStage();
    private SimulatedBoiler boiler;

    @Start
    void start(Stage stage) throws IOException {
        boiler = new SimulatedBoiler("holding:3", "uint16", "7");
        window.show(
                stage,
                new FramesView(
                        window.kit(), boiler.editor::project, boiler.registry, Optional::empty));
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
