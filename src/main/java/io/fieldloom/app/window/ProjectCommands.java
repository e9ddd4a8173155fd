package io.fieldloom.app.window;

import io.fieldloom.domain.project.Change;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.project.ProjectFile;
import io.fieldloom.engine.project.SaveConflict;
import io.fieldloom.engine.project.SettingsFile;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Dialogs;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.workbench.CommandIds;
import java.io.File;
import java.util.Optional;
import java.util.function.Function;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Stage;

/** New, open, save, undo, redo, and the question about unsaved work. FX thread only. */
final class ProjectCommands {
    private static final ExtensionFilter FILES =
            new ExtensionFilter("Fieldloom projects", "*" + ProjectFile.SUFFIX);

    private final UiKit kit;
    private final Projects projects;
    private final Session session;
    private final SettingsFile settings;
    private final Stage stage;

    ProjectCommands(
            UiKit kit, Projects projects, Session session, SettingsFile settings, Stage stage) {
        this.kit = kit;
        this.projects = projects;
        this.session = session;
        this.settings = settings;
        this.stage = stage;
    }

    void register() {
        add("project.new", "Project", "New project", Icon.FILE, "Shortcut+N", this::startNew);
        add(CommandIds.OPEN, "Project", "Open…", Icon.FOLDER, "Shortcut+O", this::open);
        add("project.demo", "Project", "Open the demo plant", Icon.PLAY, null, this::demo);
        add(CommandIds.SAVE, "Project", "Save", Icon.SAVE, "Shortcut+S", () -> save(() -> {}));
        add(
                "project.save-as",
                "Project",
                "Save as…",
                Icon.SAVE,
                "Shortcut+Shift+S",
                () -> saveAs(() -> {}));
        kit.commands()
                .add(
                        Command.named(CommandIds.UNDO, "Edit", "Undo")
                                .icon(Icon.UNDO)
                                .key("Shortcut+Z")
                                .when(() -> has(ProjectEditor::undoLabel))
                                .does(
                                        () ->
                                                session.edits()
                                                        .undo(change -> tell("Undone", change))));
        kit.commands()
                .add(
                        Command.named(CommandIds.REDO, "Edit", "Redo")
                                .icon(Icon.REDO)
                                .key("Shortcut+Shift+Z")
                                .alsoKey("Shortcut+Y")
                                .when(() -> has(ProjectEditor::redoLabel))
                                .does(
                                        () ->
                                                session.edits()
                                                        .redo(
                                                                change ->
                                                                        tell(
                                                                                "Done again",
                                                                                change))));
    }

    private void add(
            String id, String group, String title, Icon icon, String key, Runnable action) {
        Command.Builder command =
                Command.named(id, group, title).icon(icon).when(() -> session.project() != null);
        kit.commands().add((key == null ? command : command.key(key)).does(action));
    }

    private boolean has(Function<ProjectEditor, Optional<String>> label) {
        return session.project() != null && label.apply(editor()).isPresent();
    }

    private ProjectEditor editor() {
        return session.project().editor();
    }

    private void tell(String done, Change change) {
        kit.notifications().tell(done + ": " + change.label());
        session.show(change);
    }

    private void startNew() {
        askToLeave(projects::openNew);
    }

    private void demo() {
        askToLeave(projects::openDemo);
    }

    private void open() {
        askToLeave(
                () -> {
                    FileChooser chooser = chooser("Open a project");
                    File file = chooser.showOpenDialog(stage);
                    if (file != null) {
                        projects.openFile(file.toPath());
                    }
                });
    }

    private FileChooser chooser(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters().add(FILES);
        String last = settings.get().lastProject();
        File folder = last == null ? null : new File(last).getParentFile();
        if (folder != null && folder.isDirectory()) {
            chooser.setInitialDirectory(folder);
        }
        return chooser;
    }

    private void save(Runnable then) {
        ProjectEditor editor = editor();
        if (editor.file().isEmpty()) {
            saveAs(then);
            return;
        }
        kit.tasks()
                .run(
                        "Save " + editor.displayName(),
                        progress -> {
                            editor.save();
                            return editor;
                        },
                        saved -> then.run(),
                        failure -> failed(editor, failure, then));
    }

    private void failed(ProjectEditor editor, Throwable failure, Runnable then) {
        if (!(failure instanceof SaveConflict conflict)) {
            kit.notifications().fail(failure.getMessage());
            return;
        }
        String name = editor.displayName();
        DialogPane dialog =
                new DialogPane(
                        conflict.isGone()
                                ? name + " is not there any more"
                                : "Somebody else changed " + name,
                        Dialogs.text(
                                conflict.isGone()
                                        ? conflict.getMessage() + "."
                                        : conflict.getMessage()
                                                + ". Replacing it keeps the other version as a"
                                                + " backup."));
        dialog.cancelButton("Cancel");
        dialog.button("Save as…", () -> saveAs(then));
        dialog.dangerButton(
                conflict.isGone() ? "Write it again" : "Replace it",
                () ->
                        kit.tasks()
                                .run(
                                        "Save " + name,
                                        progress -> {
                                            editor.saveAnyway();
                                            return editor;
                                        },
                                        saved -> then.run()));
        kit.dialogs().show(dialog);
    }

    private void saveAs(Runnable then) {
        ProjectEditor editor = editor();
        FileChooser chooser = chooser("Save the project");
        chooser.setInitialFileName(editor.displayName());
        File chosen = chooser.showSaveDialog(stage);
        if (chosen == null) {
            return;
        }
        new SaveAs(kit, settings).save(editor, chosen.toPath(), () -> saveAs(then), then);
    }

    /** Goes on at once, or after the person has decided about unsaved work. */
    void askToLeave(Runnable then) {
        if (session.project() == null || !editor().unsaved()) {
            then.run();
            return;
        }
        DialogPane dialog =
                new DialogPane(
                        "Save " + editor().displayName() + "?",
                        Dialogs.text("It has changes that are not saved yet."));
        dialog.cancelButton("Cancel");
        dialog.button("Do not save", then);
        dialog.actionButton("Save", () -> save(then));
        kit.dialogs().show(dialog);
    }
}
