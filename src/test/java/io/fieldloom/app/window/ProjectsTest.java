package io.fieldloom.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.project.Edit;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.project.SettingsFile;
import io.fieldloom.engine.project.UnsavedWork;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.log.LogMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** From one project to the next, and from one start of the program to the next. */
@ExtendWith(ApplicationExtension.class)
class ProjectsTest {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final String TEXT = "fieldloom: 1\nname: old\n";

    @TempDir Path folder;
    private final ScheduledExecutorService background = Executors.newScheduledThreadPool(8);
    private Home home;
    private Path file;
    private SettingsFile settings;
    private Projects projects;

    void files() throws IOException {
        home = new Home(folder.resolve("home"));
        file = folder.resolve("hall.fieldloom.yaml");
        Files.writeString(file, TEXT);
    }

    @Start
    void start(Stage stage) throws IOException {
        files();
        settings = new SettingsFile(home, background);
        stage.setWidth(1_240);
        stage.setHeight(760);
        projects = new Projects(stage, home, settings, new LogMemory(), background);
        stage.show();
    }

    @AfterEach
    void stop() {
        projects.close();
        settings.close();
        background.shutdownNow();
    }

    private void leaveUnsaved(ProjectEditor editor) throws IOException {
        try (UnsavedWork work = new UnsavedWork(editor, home, background)) {
            editor.apply(new Edit.SetName("edited"));
            work.keep();
        }
    }

    private ProjectEditor editor() {
        OpenProject open = projects.session().project();
        return open == null ? null : open.editor();
    }

    private boolean isCalled(String name) {
        return editor() != null && name.equals(editor().project().name());
    }

    private static <T> T onFx(Callable<T> question) {
        return WaitForAsyncUtils.waitForAsyncFx(WITHIN.toMillis(), question);
    }

    private static Node button(FxRobot robot, String text) {
        await().atMost(WITHIN).until(() -> find(robot, text).isPresent());
        return find(robot, text).orElseThrow();
    }

    private static Optional<Node> find(FxRobot robot, String text) {
        return onFx(
                () ->
                        robot.lookup(".button").queryAll().stream()
                                .filter(node -> text.equals(((Labeled) node).getText()))
                                .filter(Node::isVisible)
                                .findFirst());
    }

    @Test
    void workOfAKilledProgramIsOfferedAndRecovered(FxRobot robot) throws IOException {
        leaveUnsaved(ProjectEditor.open(file, home));
        robot.interact(() -> projects.openFile(file));
        button(robot, "Discard");
        assertThat(isCalled("old")).as("nothing is taken over unasked").isTrue();

        robot.clickOn(button(robot, "Recover"));
        await().atMost(WITHIN).until(() -> isCalled("edited"));
        assertThat(editor().unsaved()).isTrue();
        assertThat(editor().undoLabel()).contains("Recover unsaved changes");
        assertThat(file).hasContent(TEXT);
    }

    @Test
    void workInNoFileIsRecoveredAsAProjectOfItsOwn(FxRobot robot) throws IOException {
        leaveUnsaved(ProjectEditor.ofText(TEXT, "untitled.fieldloom.yaml", home));
        robot.interact(() -> projects.openFile(file));

        robot.clickOn(button(robot, "Recover"));
        await().atMost(WITHIN).until(() -> isCalled("edited"));
        assertThat(editor().file()).isEmpty();
        assertThat(editor().unsaved()).isTrue();
    }

    // The plant before it takes seconds to end; a person does not wait for that.
    @Test
    void aNewProjectIsThereAtOnce(FxRobot robot) {
        robot.interact(() -> projects.openFile(file));
        await().atMost(WITHIN).until(() -> isCalled("old"));
        Session before = projects.session();

        robot.interact(() -> projects.openNew());
        await().atMost(WITHIN).until(() -> projects.session() != before);
        assertThat(editor()).as("no empty frame in between").isNotNull();
        assertThat(onFx(() -> projects.session().window().scene().getWindow())).isNotNull();
    }
}
