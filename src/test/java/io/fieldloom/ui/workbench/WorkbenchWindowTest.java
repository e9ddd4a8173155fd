package io.fieldloom.ui.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.testfx.util.NodeQueryUtils.hasText;

import io.fieldloom.engine.outlet.Drops;
import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.ui.kit.FxGate;
import io.fieldloom.ui.kit.HandTicker;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.kit.UiKit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
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
                        new Tab("problems", "Problems", () -> "2", 0, Region::new),
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
        robot.interact(ticker::tick);

        Labeled waiting =
                robot.lookup("plant is away: queued 1,204 of 100,000 (12 of 64 MB)").queryLabeled();
        assertThat(waiting.getTooltip().getText()).contains("plant does not answer", "dropped");
        Labeled dropped = robot.lookup("12 dropped").queryLabeled();
        assertThat(dropped.getTooltip().getText())
                .contains("7 published: the queue", "2 published: QoS 0", "3 not shown")
                .doesNotContain("still queued", "too many topics");

        robot.interact(() -> stage.setWidth(780));
        robot.interact(ticker::tick);
        assertThat(waiting.isVisible() && dropped.isVisible())
                .as("in a narrow window other figures go first")
                .isTrue();
        assertThat(robot.lookup("heap 142 MB").queryLabeled().isVisible()).isFalse();
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

    @Test
    void aLowWindowLeavesTheTabsLess() {
        assertThat(Division.tabsHeight(832, 0)).isBetween(190.0, 200.0);
        assertThat(Division.tabsHeight(632, 0)).isBetween(100.0, 125.0);
        assertThat(Division.tabsHeight(632, 226)).as("publishing needs more").isEqualTo(226);
        assertThat(Division.tabsHeight(400, 226)).isEqualTo(200);
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
