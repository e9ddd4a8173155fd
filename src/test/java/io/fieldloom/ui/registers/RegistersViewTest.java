package io.fieldloom.ui.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.simulation.Signals;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.ui.kit.FxStage;
import io.fieldloom.ui.kit.ProjectEdits;
import io.fieldloom.ui.kit.SimulatedBoiler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.event.ActionEvent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
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
    private final List<TreeRow.OfNode> written = new ArrayList<>();
    private SimulatedBoiler boiler;

    @Start
    void start(Stage stage) throws IOException {
        boiler =
                new SimulatedBoiler(
                        Map.of(
                                "holding:3",
                                Signals.constant("float32", "100", true),
                                "holding:28",
                                Signals.constant("float64", "0.1", true)));
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
                                written::add,
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

    // 0.1 of 64 bits is found by looking at what begins at its register, and marked by a click.
    @Test
    void everyTypeAndOrderOfTheChosenRegisterIsBesideTheGrid(FxRobot robot) {
        await().until(() -> shows(robot, "100"));
        type(robot, "holding:28");

        await().until(() -> shows(robot, "holding:28 (40029) as"));
        for (String type : List.of("uint64", "int64", "bcd32", "bcd16", "string")) {
            assertThat(shows(robot, type)).as(type).isTrue();
        }
        robot.clickOn("0.1").clickOn("Add as tag…");
        robot.write("share").clickOn("Add tag");

        assertThat(boiler.editor.project().devices().get("boiler").tags().get("share").address())
                .isEqualTo("holding:28:float64");
    }

    // Modbus Poll's habit: a double click on a value writes it, as what it was read as.
    @Test
    void aDoubleClickWritesWhatWasPointedAt(FxRobot robot) {
        await().until(() -> shows(robot, "100"));

        robot.doubleClickOn("100");
        robot.press(KeyCode.RIGHT).release(KeyCode.RIGHT);
        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);

        assertThat(written)
                .extracting(node -> node.item().address())
                .containsExactly("holding:3:float32", "holding:3:int32");
        assertThat(written.get(0).sample().value()).isEqualTo(Value.of(100f));
        assertThat(written.get(0).isVariable()).isTrue();
    }

    // What does not fit is scrolled to; nothing that registers can mean is missing.
    @Test
    void allInterpretationsAreOneClickAwayInTheGrid(FxRobot robot) {
        await().until(() -> shows(robot, "100"));

        robot.clickOn("Shown").clickOn("All types and orders");

        List<String> titles =
                robot.lookup(".column-titles > .label").queryAllAs(Labeled.class).stream()
                        .map(Labeled::getText)
                        .toList();
        assertThat(titles)
                .contains("uint16", "uint16 BA", "bcd16", "uint32 DCBA", "int32 CDAB", "bcd32 BADC")
                .contains("float64 HGFEDCBA", "int64 ABCDEFGH", "uint64 GHEFCDAB", "Bits", "Hex");
        robot.clickOn("holding:3");
        for (int step = 0; step < 40; step++) {
            robot.press(KeyCode.RIGHT).release(KeyCode.RIGHT);
        }
        assertThat(shows(robot, "bcd32 DCBA")).isTrue();
        assertThat(shows(robot, "holding:3")).isTrue();
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
