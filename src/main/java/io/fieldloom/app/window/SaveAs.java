package io.fieldloom.app.window;

import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.project.ProjectFile;
import io.fieldloom.engine.project.SettingsFile;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Dialogs;
import io.fieldloom.ui.kit.UiKit;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Saves a project under the name that a person chose in the system's dialog, which knows nothing of
 * {@code .fieldloom.yaml}: gives it that ending once, and asks before it replaces a file that the
 * system's dialog cannot have asked about. FX thread only.
 */
final class SaveAs {
    private final UiKit kit;
    private final SettingsFile settings;

    SaveAs(UiKit kit, SettingsFile settings) {
        this.kit = kit;
        this.settings = settings;
    }

    /**
     * Saves the project.
     *
     * @param chosen what the system's dialog gave
     * @param again asks for another name
     * @param then what follows when it is saved
     */
    void save(ProjectEditor editor, Path chosen, Runnable again, Runnable then) {
        Path file = ProjectFile.named(chosen);
        if (file.equals(chosen) || !Files.exists(file)) {
            write(editor, file, then);
            return;
        }
        DialogPane dialog =
                new DialogPane(
                        "Replace " + file.getFileName() + "?",
                        Dialogs.text(
                                file
                                        + " is there already. Replacing it keeps what it holds now"
                                        + " as a backup."));
        dialog.cancelButton("Cancel");
        dialog.button("Another name…", again);
        dialog.dangerButton("Replace it", () -> write(editor, file, then));
        kit.dialogs().show(dialog);
    }

    private void write(ProjectEditor editor, Path file, Runnable then) {
        kit.tasks()
                .run(
                        "Save " + file.getFileName(),
                        progress -> {
                            editor.saveAs(file);
                            return editor;
                        },
                        saved -> {
                            String path = file.toAbsolutePath().toString();
                            settings.update(all -> all.withProject(path));
                            then.run();
                        });
    }
}
