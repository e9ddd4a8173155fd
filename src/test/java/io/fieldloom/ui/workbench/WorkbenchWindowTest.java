package io.fieldloom.ui.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.engine.outlet.Drops;
import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.FxGate;
import io.fieldloom.ui.kit.HandTicker;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.kit.UiKit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class WorkbenchWindowTest {
    private final FakeWorkbench program = new FakeWorkbench();
    private final HandTicker ticker = new HandTicker();
    private UiKit kit;
    private WorkbenchWindow window;
    private Stage stage;
    private TextField behind;

    @Start
    void start(Stage shown) {
        stage = shown;
        kit = UiKit.create(new FxGate(), ticker, Runnable::run, new Theme(Theme.Look.DARK));
        program.addCommands(kit.commands());
        window = new WorkbenchWindow(kit, program);
        behind = new TextField("as it was");
        window.fill(
                behind,
                new Region(),
                new Region(),
                List.of(
                        new Tab("problems", "Problems", () -> "2", 0, Region::new),
                        new Tab("registers", "Registers", () -> "", 270, Region::new),
                        new Tab("log", "Log", () -> "", 0, Region::new)));
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

    // Whoever commissions must see that a broker is away, how long memory lasts, and what was lost.
    @Test
    void whatWaitsForABrokerAndWhatWasLostIsSeen(FxRobot robot) {
        OutletState away =
                new OutletState(
                        OutletState.Link.DOWN,
                        "plant does not answer",
                        Instant.EPOCH,
                        null,
                        9_000,
                        0,
                        new Drops(7, 2, 0),
                        0,
                        1_204,
                        12_400_000,
                        100_000,
                        64_000_000);
        program.waiting = List.of(new WorkbenchState.Waiting("plant", away));
        program.lost = new WorkbenchState.Lost(away.drops(), 3, 0);
        program.armed = List.of("boiler", "filler");
        robot.interact(ticker::tick);

        Labeled waiting =
                robot.lookup("plant is away: queued 1,204 of 100,000 (12 of 64 MB)").queryLabeled();
        robot.moveTo(waiting);
        assertThat(waiting.getTooltip().getText()).contains("plant does not answer", "dropped");
        Labeled dropped = robot.lookup("12 dropped").queryLabeled();
        robot.moveTo(dropped);
        assertThat(dropped.getTooltip().getText())
                .contains("7 published: the queue", "2 published: QoS 0", "3 not shown")
                .doesNotContain("still queued", "too many topics");

        robot.interact(() -> stage.setWidth(780));
        robot.interact(ticker::tick);
        assertThat(waiting.isVisible() && dropped.isVisible())
                .as("in a narrow window other figures go first")
                .isTrue();
        assertThat(robot.lookup("2 ARMED").queryLabeled().isVisible()).isTrue();
        assertThat(robot.lookup("heap 142 MB").queryLabeled().isVisible()).isFalse();
    }

    @Test
    void thePaletteFindsAndDoes(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        robot.write("und").push(KeyCode.ENTER);
        assertThat(program.done).as("before a search of servers").containsExactly(CommandIds.UNDO);

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

    // At 1024 by 700 the columns are what one works in; the tabs are there when they are wanted.
    @Test
    void theTabsFoldAndThatIsRemembered(FxRobot robot) {
        List<List<Double>> told = new ArrayList<>();
        robot.interact(() -> window.divide(List.of(0.3, 0.6, 0.5, 0.0), told::add));
        Region bottom = robot.lookup(".bottom").queryAs(Region.class);
        double open = bottom.getHeight();
        assertThat(open).isGreaterThan(300);

        robot.doubleClickOn("Problems 2");
        robot.interact(() -> stage.getScene().getRoot().layout());
        assertThat(bottom.getHeight()).isEqualTo(30);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).subList(1, 4)).containsExactly(0.6, 0.5, 1.0);

        robot.clickOn("Log");
        robot.interact(() -> stage.getScene().getRoot().layout());
        assertThat(bottom.getHeight()).isEqualTo(open);

        robot.interact(() -> window.divide(List.of(), told::add));
        robot.push(KeyCode.CONTROL, KeyCode.J);
        robot.interact(() -> stage.getScene().getRoot().layout());
        assertThat(bottom.getHeight()).isEqualTo(30);
    }

    // Registers want half of a small window; who has not asked for them wants to see the columns.
    @Test
    void theTabsGetTheHeightOfThoseThatWereSeen(FxRobot robot) {
        robot.interact(() -> stage.setHeight(700));
        robot.interact(() -> stage.getScene().getRoot().layout());
        Region bottom = robot.lookup(".bottom").queryAs(Region.class);
        assertThat(bottom.getHeight()).isLessThan(170);

        robot.clickOn("Registers");
        robot.interact(() -> stage.getScene().getRoot().layout());
        assertThat(bottom.getHeight()).isGreaterThanOrEqualTo(270);
        robot.clickOn("Log");
        robot.interact(() -> stage.getScene().getRoot().layout());
        assertThat(bottom.getHeight()).as("does not jump").isGreaterThanOrEqualTo(270);
    }

    @Test
    void aLowWindowLeavesTheTabsLess() {
        assertThat(Division.tabsHeight(832, 0)).isBetween(190.0, 200.0);
        assertThat(Division.tabsHeight(632, 0)).isBetween(100.0, 125.0);
        assertThat(Division.tabsHeight(632, 226)).as("publishing needs more").isEqualTo(226);
        assertThat(Division.tabsHeight(400, 226)).isEqualTo(200);
    }

    // A dialog with one control let Tab go to the fields behind it, where Delete removed a device.
    @Test
    void aDialogKeepsTheKeyboardAndGivesItBack(FxRobot robot) {
        robot.interact(behind::requestFocus);
        List<KeyCode> heard = new ArrayList<>();
        behind.addEventFilter(KeyEvent.KEY_PRESSED, event -> heard.add(event.getCode()));
        TextField inside = new TextField();
        DialogPane dialog = new DialogPane("Answer", inside);
        robot.interact(
                () -> {
                    dialog.cancelButton("Close");
                    dialog.focusFirst(inside);
                    kit.dialogs().show(dialog);
                });
        robot.write("a").type(KeyCode.TAB, 3).push(KeyCode.SHIFT, KeyCode.TAB);
        assertThat(isInDialog()).isTrue();

        // its field is switched off while it is sent: one control is left
        robot.interact(
                () -> {
                    inside.requestFocus();
                    inside.setDisable(true);
                });
        WaitForAsyncUtils.waitForFxEvents();
        for (int times = 0; times < 3; times++) {
            robot.push(KeyCode.TAB);
            assertThat(isInDialog()).as("after Tab").isTrue();
            robot.push(KeyCode.SHIFT, KeyCode.TAB);
            assertThat(isInDialog()).as("after Shift-Tab").isTrue();
        }
        robot.interact(behind::requestFocus);
        robot.write("x").push(KeyCode.HOME).push(KeyCode.DELETE).push(KeyCode.F2);
        robot.push(KeyCode.CONTROL, KeyCode.S).push(KeyCode.CONTROL, KeyCode.Z).push(KeyCode.F5);
        assertThat(heard).isEmpty();
        assertThat(behind.getText()).isEqualTo("as it was");
        assertThat(program.done).isEmpty();

        robot.push(KeyCode.ESCAPE);
        assertThat(kit.dialogs().isOpen()).isFalse();
        assertThat(behind.isFocused()).isTrue();
        robot.push(KeyCode.F5);
        assertThat(program.done).containsExactly(CommandIds.RUN);
    }

    // Nothing in it can have the focus: escape must close it all the same.
    @Test
    void aDialogWithoutAControlClosesWithEscape(FxRobot robot) {
        DialogPane dialog = new DialogPane("Wait", new Label("Writing the file…"));
        robot.interact(() -> dialog.cancelButton("Stop").setDisable(true));
        robot.interact(() -> kit.dialogs().show(dialog));
        robot.push(KeyCode.TAB).push(KeyCode.F5);
        assertThat(program.done).isEmpty();

        robot.push(KeyCode.ESCAPE);
        assertThat(kit.dialogs().isOpen()).isFalse();
    }

    private boolean isInDialog() {
        Node at = stage.getScene().getFocusOwner();
        while (at != null && !at.getStyleClass().contains("dialog")) {
            at = at.getParent();
        }
        return at != null;
    }

    @Test
    void theLookChangesEverywhere(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.ALT, KeyCode.T);

        assertThat(window.look()).isEqualTo(Theme.Look.LIGHT);
        assertThat(stage.getScene().getStylesheets().get(0)).endsWith("palette-light.css");
    }
}
