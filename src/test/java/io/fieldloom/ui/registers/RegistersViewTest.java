package io.fieldloom.ui.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.ui.kit.FxStage;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.SimulatedBoiler;
import java.io.IOException;
import java.util.Optional;
import javafx.event.ActionEvent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class RegistersViewTest {
    private final FxStage window = new FxStage();
    private SimulatedBoiler boiler;

    @Start
    void start(Stage stage) throws IOException {
        boiler = new SimulatedBoiler("holding:3", "float32", "100");
        window.show(
                stage,
                new RegistersView(
                        new RegistersServices(
                                window.kit(),
                                boiler.editor::project,
                                new ProjectEdits(window.kit(), boiler.editor),
                                boiler.registry,
                                Optional::empty,
                                device -> {},
                                device -> {})));
    }

    @AfterEach
    void stop() {
        boiler.close();
    }

    private boolean shows(FxRobot robot, String text) {
        robot.interact(window::tick);
        return robot.lookup(".label").queryAllAs(Labeled.class).stream()
                .anyMatch(label -> label.isVisible() && label.getText().equals(text));
    }

    // 100.0 is 42C8 0000: the type shows itself, and becomes the tag as it was pointed at.
    @Test
    void aValueIsFoundAmongTheInterpretationsAndBecomesATag(FxRobot robot) {
        await().until(() -> shows(robot, "17,096") || shows(robot, "17096"));
        assertThat(shows(robot, "100")).isTrue();
        assertThat(shows(robot, "BadIllegalDataAddress (2)")).isTrue();

        robot.clickOn("100");
        robot.clickOn("Add as tag…");
        robot.write("level").clickOn("Add tag");

        assertThat(boiler.editor.project().devices().get("boiler").tags().get("level").address())
                .isEqualTo("holding:3:float32");
    }

    // A manual's number is understood, both notations are told, and what will not do says why.
    @Test
    void theStartIsTakenInAnyNotation(FxRobot robot) {
        type(robot, "40003");
        assertThat(shows(robot, "holding:2 to holding:51, in manuals 40003 to 40052")).isTrue();
        await().until(() -> shows(robot, "100"));

        type(robot, "coil:8");
        assertThat(shows(robot, "coil:8 to coil:57, in manuals 00009 to 00058")).isTrue();

        type(robot, "pump");
        assertThat(robot.lookup("#range").queryLabeled().getText()).contains("pump");
    }

    private void type(FxRobot robot, String start) {
        TextField field = robot.lookup("#start").queryAs(TextField.class);
        robot.interact(
                () -> {
                    field.setText(start);
                    field.fireEvent(new ActionEvent());
                });
    }
}
