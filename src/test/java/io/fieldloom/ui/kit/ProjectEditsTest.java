package io.fieldloom.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.project.Edit;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class ProjectEditsTest {
    private static final Edit MOVE = new Edit.MoveBranch("acme", "acme-eu");
    private static final String LAST = "acme/t2999";
    private static final String LAST_MOVED = "acme-eu/t2999";

    private final ProjectEditor editor =
            ProjectEditor.ofText(
                    IntStream.range(0, 3_000)
                            .mapToObj(at -> "  acme/t" + at + ": {device: d, tag: t}\n")
                            .collect(Collectors.joining("", "fieldloom: 1\nmappings:\n", "")),
                    "test.fieldloom.yaml",
                    new Home(Path.of("target", "test-home")));
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final List<String> refused = new ArrayList<>();
    private UiKit kit;
    private ProjectEdits edits;

    @Start
    void start(Stage stage) {
        kit =
                UiKit.create(
                        new FxGate(),
                        new HandTicker(),
                        background::add,
                        new Theme(Theme.Look.DARK));
        edits = new ProjectEdits(kit, editor);
    }

    // A second edit that overtook the first would meet a project that nobody has seen.
    @Test
    void whatComesDuringALargeEditWaitsForItInOrder(FxRobot robot) {
        List<String> steps = new ArrayList<>();
        robot.interact(
                () -> {
                    edits.make(MOVE, change -> {});
                    edits.make(new Edit.RemoveMapping(LAST_MOVED), change -> steps.add("removed"));
                    edits.undo(change -> steps.add("undone"));
                });
        assertThat(editor.project().mappings()).as("nothing holds up the window").containsKey(LAST);
        assertThat(kit.tasks().running()).hasSize(1);

        background.remove().run();
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(steps).containsExactly("removed", "undone");
        assertThat(editor.project().mappings()).containsKey(LAST_MOVED).doesNotContainKey(LAST);
    }

    @Test
    void aLargeEditThatIsCalledOffLeavesNothingAndHoldsUpNothing(FxRobot robot) {
        robot.interact(
                () -> {
                    edits.make(MOVE, change -> {}, refused::add);
                    edits.make(new Edit.RemoveMapping(LAST));
                    kit.tasks().running().get(0).cancel();
                });
        background.remove().run();
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(editor.project().mappings()).containsKey("acme/t0").doesNotContainKey(LAST);
        assertThat(editor.undoLabel()).contains("Delete t2999");
        assertThat(refused).isEmpty();
    }

    @Test
    void aRefusedEditIsSaidInASentence(FxRobot robot) {
        robot.interact(
                () -> edits.make(new Edit.RemoveMapping("none"), change -> {}, refused::add));
        assertThat(refused).containsExactly("There is no mapping 'none'");
    }
}
