package io.fieldloom.ui.kit;

import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.EditRefused;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.project.ProjectEditor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes the edits of the open project for all features, one after the other: small ones at once,
 * large ones in the background, where they show and can be called off until they are in place.
 * Refused ones are told in words. FX thread only.
 */
public final class ProjectEdits {
    /** An edit of more entries than this would hold up the window. */
    private static final int MOST_AT_ONCE = 2_000;

    private final UiKit kit;
    private final ProjectEditor editor;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    public ProjectEdits(UiKit kit, ProjectEditor editor) {
        this.kit = kit;
        this.editor = editor;
    }

    /** Whether the file does not validate, so that every edit would be refused. */
    public boolean readOnly() {
        return editor.readOnly();
    }

    /** Makes an edit; one that is refused is told. */
    public void make(Edit edit) {
        make(edit, change -> {});
    }

    /**
     * Makes an edit; one that is refused is told.
     *
     * @param done what follows when it is in place
     */
    public void make(Edit edit, Consumer<Change> done) {
        make(edit, done, kit.notifications()::fail);
    }

    /**
     * Makes an edit.
     *
     * @param done what follows when it is in place
     * @param refused takes why it cannot be made, in a sentence
     */
    public void make(Edit edit, Consumer<Change> done, Consumer<String> refused) {
        if (busy) {
            waiting.add(() -> make(edit, done, refused));
        } else if (size(editor.project(), edit) > MOST_AT_ONCE) {
            inBackground(edit, done, refused);
        } else {
            try {
                done.accept(editor.apply(edit));
            } catch (EditRefused e) {
                refused.accept(Presentation.sentence(e.getMessage()));
            }
        }
    }

    /** Takes the last step back, when there is one. */
    public void undo(Consumer<Change> done) {
        step(editor::undo, done);
    }

    /** Makes the step again that was taken back last, when there is one. */
    public void redo(Consumer<Change> done) {
        step(editor::redo, done);
    }

    private void step(Supplier<Optional<Change>> way, Consumer<Change> done) {
        if (busy) {
            waiting.add(() -> step(way, done));
        } else {
            way.get().ifPresent(done);
        }
    }

    private void inBackground(Edit edit, Consumer<Change> done, Consumer<String> refused) {
        busy = true;
        kit.tasks()
                .run(
                        "Editing the project",
                        progress -> {
                            try {
                                return editor.apply(edit, () -> !progress.isCancelled());
                            } finally {
                                kit.fx().execute(this::next);
                            }
                        },
                        done,
                        failure -> failed(failure, refused));
    }

    private static void failed(Throwable failure, Consumer<String> refused) {
        if (!(failure instanceof CancellationException)) {
            refused.accept(Presentation.sentence(String.valueOf(failure.getMessage())));
        }
    }

    private void next() {
        busy = false;
        while (!busy && !waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    /** How many entries an edit looks at, about. */
    private static int size(Project project, Edit edit) {
        if (edit instanceof Edit.Batch batch) {
            return batch.edits().stream().mapToInt(each -> size(project, each)).sum();
        } else if (edit instanceof Edit.MoveBranch move) {
            return 1 + project.mappingsBelow(move.from()).size();
        } else if (edit instanceof Edit.RemoveBranch remove) {
            return 1 + project.mappingsBelow(remove.topic()).size();
        } else if (edit instanceof Edit.RenameDevice
                || edit instanceof Edit.RenameTag
                || edit instanceof Edit.RenameBroker) {
            return 1 + project.mappings().size();
        }
        return 1;
    }
}
