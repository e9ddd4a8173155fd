package io.fieldloom.ui.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.engine.device.NodeSearch;
import io.fieldloom.engine.device.NodeSearch.Hit;
import io.fieldloom.engine.device.NodeSearch.Outcome;
import io.fieldloom.ui.kit.FxStage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class NodeSearchDialogTest {
    private static final Hit PUMP = new Hit("ns=2;s=Pump", "Pump", "Objects/Hall/Pump", "Variable");

    private final FxStage window = new FxStage();
    private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
    private final List<Hit> opened = new ArrayList<>();
    private NodeSearch.Watcher watcher;

    @Start
    void start(Stage stage) {
        window.show(stage, new StackPane());
        new NodeSearchDialog(window.kit(), "filler", "pump", opened::add)
                .show(
                        (text, told) -> {
                            watcher = told;
                            return ended;
                        });
    }

    @Test
    void listsWhatIsFoundWhileItGoesOn(FxRobot robot) {
        watcher.found(PUMP);
        watcher.looked(1_400);
        robot.interact(window::tick);
        assertThat(robot.lookup("1,400 nodes looked at, 1 found…").tryQuery()).isPresent();

        robot.interact(() -> ended.complete(new Outcome(2_000, true)));
        assertThat(robot.lookup("1 found among 2,000 nodes.").tryQuery()).isPresent();
        robot.doubleClickOn("Objects/Hall/Pump");
        assertThat(opened).containsExactly(PUMP);
        assertThat(window.kit().dialogs().isOpen()).isFalse();
    }

    @Test
    void stoppingSaysHowFarItCame(FxRobot robot) {
        robot.clickOn("Stop");
        assertThat(watcher.isCancelled()).isTrue();
        robot.interact(() -> ended.complete(new Outcome(700, false)));
        assertThat(robot.lookup("0 found; ended after 700 nodes, there are more.").tryQuery())
                .isPresent();
    }

    @Test
    void closingEndsTheSearch(FxRobot robot) {
        robot.push(KeyCode.ESCAPE);
        robot.interact(window::tick);
        assertThat(watcher.isCancelled()).isTrue();
    }
}
