package io.fieldloom.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.project.Edit;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.project.ProjectFile;
import io.fieldloom.engine.project.SettingsFile;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.FxStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class SaveAsTest {
    @TempDir Path folder;
    private final FxStage window = new FxStage();

    @Start
    void start(Stage stage) {
        window.show(stage, new Pane());
    }

    private SaveAs saveAs() {
        return new SaveAs(
                window.kit(), new SettingsFile(new Home(folder.resolve("home")), Runnable::run));
    }

    // The system's dialog asks about the name that was typed, not about the one it becomes.
    @Test
    void aFileThatTheEndingLeadsToIsNotReplacedUnasked(FxRobot robot) throws IOException {
        Path file = folder.resolve("hall.fieldloom.yaml");
        Files.writeString(file, "precious");
        ProjectEditor editor =
                ProjectEditor.ofText(
                        "fieldloom: 1\n", "untitled", new Home(folder.resolve("home")));
        editor.apply(new Edit.SetName("new"));

        robot.interact(() -> saveAs().save(editor, folder.resolve("hall"), () -> {}, () -> {}));
        assertThat(window.kit().dialogs().isOpen()).isTrue();
        assertThat(file).hasContent("precious");

        robot.clickOn("Cancel");
        assertThat(file).hasContent("precious");
        assertThat(editor.unsaved()).isTrue();

        robot.interact(() -> saveAs().save(editor, folder.resolve("hall"), () -> {}, () -> {}));
        robot.clickOn("Replace it");
        assertThat(file).content().contains("name: new");
        assertThat(editor.file()).contains(file);
    }

    @Test
    void theEndingIsGivenOnce() {
        for (String typed :
                new String[] {
                    "hall",
                    "hall.yaml",
                    "hall.yml",
                    "hall.fieldloom",
                    "hall.fieldloom.yaml",
                    "hall.fieldloom.yaml.yaml",
                    "hall.fieldloom.yaml.fieldloom.yaml"
                }) {
            assertThat(ProjectFile.named(Path.of("x", typed)))
                    .as(typed)
                    .isEqualTo(Path.of("x", "hall.fieldloom.yaml"));
        }
        assertThat(ProjectFile.named(Path.of("v1.2"))).isEqualTo(Path.of("v1.2.fieldloom.yaml"));
    }
}
