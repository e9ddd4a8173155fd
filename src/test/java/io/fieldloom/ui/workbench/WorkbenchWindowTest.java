package io.fieldloom.ui.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.testfx.util.NodeQueryUtils.hasText;

import io.fieldloom.ui.kit.FxGate;
import io.fieldloom.ui.kit.HandTicker;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.kit.UiKit;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class WorkbenchWindowTest {
    private final FakeWorkbench program = new FakeWorkbench();
    private final HandTicker ticker = new HandTicker();
    private UiKit kit;
    private WorkbenchWindow window;
    private Stage stage;

    @Start
    void start(Stage shown) {
        stage = shown;
        kit = UiKit.create(new FxGate(), ticker, Runnable::run, new Theme(Theme.Look.DARK));
        program.addCommands(kit.commands());
        window = new WorkbenchWindow(kit, program);
        window.fill(
                new Region(),
                new Region(),
                new Region(),
                List.of(
                        new Tab("problems", "Problems", () -> "2", Region::new),
                        new Tab("log", "Log", () -> "", Region::new)));
        shown.setScene(window.scene());
        shown.setWidth(1280);
        shown.setHeight(800);
        shown.show();
    }

    @Test
    void itShowsTheStateAndFollowsIt(FxRobot robot) {
        assertThat(robot.lookup("Problems 2").tryQuery()).isPresent();
        assertThat(robot.lookup("0 dropped").tryQuery()).isPresent();

        robot.clickOn("Run mappings");
        program.saved = WorkbenchState.Saved.UNSAVED;
        robot.interact(ticker::tick);

        assertThat(program.done).containsExactly(CommandIds.RUN);
        assertThat(robot.lookup("Mapping 1,248 tags → 186 topics").tryQuery()).isPresent();
        assertThat(robot.lookup("Stop mappings").tryQuery()).as("the button now stops").isPresent();
        assertThat(robot.lookup("unsaved").tryQuery()).isPresent();
    }

    @Test
    void thePaletteFindsAndDoes(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        robot.write("und").push(KeyCode.DOWN).push(KeyCode.ENTER);
        assertThat(program.done).containsExactly(CommandIds.UNDO);

        robot.push(KeyCode.CONTROL, KeyCode.K);
        robot.write("temp").push(KeyCode.ENTER);
        assertThat(program.done).containsExactly(CommandIds.UNDO, "hit");
        assertThat(kit.dialogs().isOpen()).isFalse();
    }

    // 1366 by 768 at 150 % is 911 by 512: nothing may be cut off there.
    @Test
    void aNarrowWindowCutsNothingOff(FxRobot robot) {
        robot.interact(
                () -> {
                    stage.setWidth(911);
                    stage.setHeight(512);
                });
        robot.interact(() -> stage.getScene().getRoot().layout());
        Node toolbar = robot.lookup(".toolbar").query();

        assertThat(toolbar.getLayoutBounds().getWidth()).isLessThanOrEqualTo(911);
        robot.from(toolbar)
                .lookup(".button")
                .queryAll()
                .forEach(
                        button ->
                                assertThat(button.localToScene(button.getLayoutBounds()).getMaxX())
                                        .isLessThanOrEqualTo(911));
        assertThat(robot.lookup(".status-bar").tryQuery()).isPresent();
    }

    @Test
    void aDialogKeepsTheKeyboardAndGivesItBack(FxRobot robot) {
        robot.interact(
                () ->
                        kit.dialogs()
                                .confirm(
                                        "Delete?",
                                        "Really.",
                                        "Delete",
                                        true,
                                        () -> program.done.add("deleted")));
        robot.push(KeyCode.TAB).push(KeyCode.TAB).push(KeyCode.TAB);
        assertThat(robot.lookup(".dialog").lookup(hasText("Delete")).tryQuery()).isPresent();

        robot.push(KeyCode.ESCAPE);
        assertThat(kit.dialogs().isOpen()).isFalse();
        assertThat(program.done).isEmpty();
    }

    @Test
    void theLookChangesEverywhere(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.ALT, KeyCode.T);

        assertThat(window.look()).isEqualTo(Theme.Look.LIGHT);
        assertThat(stage.getScene().getStylesheets().get(0)).endsWith("palette-light.css");
    }
}
