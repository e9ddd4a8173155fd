package io.fieldloom.engine.project;

import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.EditRefused;
import io.fieldloom.domain.project.Edits;
import io.fieldloom.domain.project.Location;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.project.Touched;
import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.pcollections.ConsPStack;
import org.pcollections.PStack;

/**
 * The open project: its design, its text, its way back. Thread-safe: reading never waits, edits
 * wait for each other, and a save does not hold up edits.
 */
public final class ProjectEditor {
    private static final int MOST_STEPS = 500;

    private final Home home;
    private final List<Fault> faults;
    private final CopyOnWriteArrayList<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Runnable> saveListeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock editing = new ReentrantLock();
    private final ReentrantLock saving = new ReentrantLock();
    private volatile State state;
    private SavedFile savedFile;
    private long lastId;
    private boolean telling;

    private ProjectEditor(
            LoadedProject loaded, Path file, SavedFile savedFile, String name, Home home) {
        this.home = home;
        this.faults = loaded.faults();
        this.savedFile = savedFile;
        this.state =
                new State(
                        new Revision(0, loaded.project(), loaded.text()),
                        ConsPStack.empty(),
                        ConsPStack.empty(),
                        0,
                        file,
                        name);
    }

    /** One value of the project with its text. The same id is the same bytes. */
    private record Revision(long id, Project project, SourceText text) {}

    /** A way from one revision to the next. */
    private record Step(Change change, Revision before, Revision after) {}

    /** All that readers see, replaced as a whole. */
    private record State(
            Revision current,
            PStack<Step> undo,
            PStack<Step> redo,
            long savedId,
            Path file,
            String name) {
        State at(Revision revision, PStack<Step> undoable, PStack<Step> redoable) {
            return new State(revision, undoable, redoable, savedId, file, name);
        }
    }

    /** Opens a file; one with faults is open for reading only. */
    public static ProjectEditor open(Path file, Home home) throws ProjectUnreadable {
        byte[] bytes = ProjectFile.bytes(file);
        return new ProjectEditor(
                ProjectFile.parse(bytes),
                file,
                new SavedFile(file, bytes, home),
                file.getFileName().toString(),
                home);
    }

    /**
     * Opens a text that is in no file yet: the demo, a new project.
     *
     * @param name what to call it until it is saved
     */
    public static ProjectEditor ofText(String yaml, String name, Home home) {
        return new ProjectEditor(ProjectFile.parse(yaml), null, null, name, home);
    }

    public Project project() {
        return state.current.project;
    }

    /** The file it is saved to; empty while it is in none. */
    public Optional<Path> file() {
        return Optional.ofNullable(state.file);
    }

    /** The file's name, or what it is called while it is in no file. */
    public String displayName() {
        return state.name;
    }

    /** What the project is called on a broker, see {@link ProjectFile#stem}. */
    public String fileStem() {
        return ProjectFile.stem(state.name);
    }

    /** Why the file does not validate; empty when it does. */
    public List<Fault> faults() {
        return faults;
    }

    /** Whether the file does not validate, so that nothing can be edited. */
    public boolean readOnly() {
        return !faults.isEmpty();
    }

    /**
     * Makes one step. A step that changes nothing is no step of undo. An edit that cannot be made
     * throws {@link EditRefused}, and nothing has changed.
     */
    public Change apply(Edit edit) {
        return apply(edit, () -> true);
    }

    /**
     * As {@link #apply(Edit)}, for edits of many entries, which take a while and are not for the
     * window's thread.
     *
     * @param wanted asked once more when all is worked out; where it says no, nothing has changed,
     *     and a {@link CancellationException} says so
     */
    public Change apply(Edit edit, BooleanSupplier wanted) {
        return edit(
                () -> {
                    checkEditable();
                    State now = state;
                    Edits.Outcome outcome = Edits.outcome(now.current.project, edit);
                    Change change = outcome.change();
                    if (change.touched().equals(Touched.NOTHING)) {
                        return change;
                    }
                    SourceText text = now.current.text.after(outcome);
                    if (!wanted.getAsBoolean()) {
                        throw new CancellationException(change.label() + " was called off");
                    }
                    return step(change, text);
                });
    }

    /** A digest of the file as it was loaded or saved last; empty while it is in none. */
    Optional<String> base() {
        saving.lock();
        try {
            return Optional.ofNullable(savedFile).map(SavedFile::base);
        } finally {
            saving.unlock();
        }
    }

    /**
     * Takes work that was not saved once in place of the present text, as one step. Where the file
     * is not what that work was made of, saving asks first. Not for the window's thread.
     *
     * @return whether the file still is what it was
     */
    public boolean recover(UnsavedCopy copy) throws IOException {
        recover(copy.text());
        Optional<String> base = copy.base().filter(was -> copy.isOf(state.file));
        boolean same = base.equals(base().filter(now -> base.isPresent()));
        if (!same) {
            saving.lock();
            try {
                savedFile.expect(base.get());
            } finally {
                saving.unlock();
            }
        }
        return same;
    }

    private void recover(String yaml) {
        LoadedProject loaded = ProjectFile.parse(yaml);
        if (!loaded.faults().isEmpty()) {
            Fault first = loaded.faults().get(0);
            throw new EditRefused(
                    "the unsaved changes do not validate, line "
                            + first.line()
                            + ": "
                            + first.message());
        }
        edit(
                () -> {
                    checkEditable();
                    Project before = state.current.project;
                    Project after = loaded.project();
                    return step(
                            new Change(
                                    before,
                                    after,
                                    Touched.between(before, after),
                                    "Recover unsaved changes"),
                            loaded.text());
                });
    }

    private void checkEditable() {
        if (readOnly()) {
            throw new EditRefused(
                    state.name
                            + " does not validate, so it is open for reading only; mend line "
                            + faults.get(0).line()
                            + " first");
        }
    }

    private Change step(Change change, SourceText text) {
        State now = state;
        Revision next = new Revision(++lastId, change.after(), text);
        PStack<Step> undo = now.undo.plus(new Step(change, now.current, next));
        if (undo.size() > MOST_STEPS) {
            undo = ConsPStack.from(List.copyOf(undo.subList(0, MOST_STEPS)));
        }
        state = now.at(next, undo, ConsPStack.empty());
        tell(change);
        return change;
    }

    /** Takes the last step back; empty when there is none. */
    public Optional<Change> undo() {
        return Optional.ofNullable(
                edit(
                        () -> {
                            State now = state;
                            if (now.undo.isEmpty()) {
                                return null;
                            }
                            Step step = now.undo.get(0);
                            state = now.at(step.before, now.undo.minus(0), now.redo.plus(step));
                            Change change = step.change.reversed();
                            tell(change);
                            return change;
                        }));
    }

    /** Makes the step again that was taken back last; empty when there is none. */
    public Optional<Change> redo() {
        return Optional.ofNullable(
                edit(
                        () -> {
                            State now = state;
                            if (now.redo.isEmpty()) {
                                return null;
                            }
                            Step step = now.redo.get(0);
                            state = now.at(step.after, now.undo.plus(step), now.redo.minus(0));
                            tell(step.change);
                            return step.change;
                        }));
    }

    /** What undo would take back, in words for a menu. */
    public Optional<String> undoLabel() {
        return state.undo.stream().findFirst().map(step -> step.change.label());
    }

    public Optional<String> redoLabel() {
        return state.redo.stream().findFirst().map(step -> step.change.label());
    }

    /** The number of the project's current value; going back brings an earlier number back. */
    public long revision() {
        return state.current.id;
    }

    public boolean unsaved() {
        return state.current.id != state.savedId;
    }

    /**
     * Writes the project to its file. Nothing is written when the file on disk is not the one that
     * was loaded or saved last.
     */
    public void save() throws SaveConflict, SaveFailed {
        save(false);
    }

    /** As {@link #save}, whatever the file on disk holds by now; that becomes a backup. */
    public void saveAnyway() throws SaveFailed {
        try {
            save(true);
        } catch (SaveConflict e) {
            throw new IllegalStateException(e);
        }
    }

    private void save(boolean anyway) throws SaveConflict, SaveFailed {
        saving.lock();
        try {
            if (savedFile == null) {
                throw new SaveFailed(
                        state.name + ": is in no file yet. Choose where to save it", null);
            }
            write(savedFile, state.file, anyway);
        } finally {
            saving.unlock();
        }
    }

    /** Writes the project to another file, which is its own from then on. */
    public void saveAs(Path file) throws SaveFailed {
        saving.lock();
        try {
            SavedFile other = new SavedFile(file, null, home);
            write(other, file, true);
            savedFile = other;
        } catch (SaveConflict e) {
            throw new IllegalStateException(e);
        } finally {
            saving.unlock();
        }
    }

    private void write(SavedFile target, Path file, boolean anyway)
            throws SaveConflict, SaveFailed {
        Revision saved = state.current;
        target.write(saved.text, anyway);
        editing.lock();
        try {
            State now = state;
            state =
                    new State(
                            now.current,
                            now.undo,
                            now.redo,
                            saved.id,
                            file,
                            file.getFileName().toString());
        } finally {
            editing.unlock();
        }
        saveListeners.forEach(Runnable::run);
    }

    /**
     * Tells that the project was written to its file, which may be another one from now on, on the
     * thread that wrote it.
     *
     * @return ends it
     */
    public Runnable onSaved(Runnable listener) {
        Runnable own = listener::run;
        saveListeners.add(own);
        return () -> saveListeners.remove(own);
    }

    /**
     * Tells of each change, in order, once it is in place, on the thread that makes it. A listener
     * returns quickly and makes no edits itself.
     *
     * @return ends it
     */
    public Runnable addListener(Consumer<Change> listener) {
        Objects.requireNonNull(listener, "listener");
        Consumer<Change> own = listener::accept;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /** The line, from 1, of an entry or setting in the text as it is now. */
    public OptionalInt lineOf(Location location) {
        return state.current.text.lineOf(location);
    }

    /** The project's text as it would be saved now. */
    public String text() {
        return state.current.text.text();
    }

    SourceText sourceText() {
        return state.current.text;
    }

    /** The first mapping, in the order of the file, that goes to a broker. */
    public Optional<String> firstMapping(String broker) {
        Revision now = state.current;
        return now.text.firstMapping(now.project, broker);
    }

    private Change edit(java.util.function.Supplier<Change> step) {
        editing.lock();
        try {
            if (telling) {
                throw new IllegalStateException("a listener must not edit");
            }
            return step.get();
        } finally {
            editing.unlock();
        }
    }

    /** All listeners hear of the change, even if one of them fails. */
    private void tell(Change change) {
        telling = true;
        RuntimeException failure = null;
        for (Consumer<Change> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        telling = false;
        if (failure != null) {
            throw failure;
        }
    }
}
