package io.fieldloom.app.window;

import io.fieldloom.engine.plant.Parts;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.project.SettingsFile;
import io.fieldloom.engine.project.UnsavedCopy;
import io.fieldloom.engine.project.UnsavedWork;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.FxGate;
import io.fieldloom.ui.kit.Theme;
import io.fieldloom.ui.log.LogMemory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import javafx.stage.Stage;

/**
 * Which project the window shows, and the way from one to the next: each gets a scene of its own,
 * so that nothing of the one before stays behind. FX thread only, but for {@link #close()}.
 */
final class Projects implements AutoCloseable {
    static final String DEMO = "/io/fieldloom/demo/bottling-hall.fieldloom.yaml";
    static final String DEMO_NAME = "bottling-hall.fieldloom.yaml";
    private static final AfterReading NO_COPY = unsaved -> {};
    private static final String EMPTY = "fieldloom: 1\n";

    private final Stage stage;
    private final Home home;
    private final SettingsFile settings;
    private final LogMemory log;
    private final ScheduledExecutorService background;
    private final FxGate gate = new FxGate();
    private Parts parts;
    private volatile Session session;

    Projects(
            Stage stage,
            Home home,
            SettingsFile settings,
            LogMemory log,
            ScheduledExecutorService background) {
        this.stage = stage;
        this.home = home;
        this.settings = settings;
        this.log = log;
        this.background = background;
        session = fresh();
        stage.setScene(session.window().scene());
    }

    /** An empty frame. */
    private Session fresh() {
        Theme.Look look =
                settings.get().theme().equals("light") ? Theme.Look.LIGHT : Theme.Look.DARK;
        Theme theme = session == null ? new Theme(look) : session.kit().theme();
        if (session == null) {
            theme.lookProperty()
                    .addListener(
                            (property, before, now) ->
                                    settings.update(all -> all.withTheme(word(now))));
        }
        return new Session(this, stage, gate, theme, settings, log, background);
    }

    private static String word(Theme.Look look) {
        return look == Theme.Look.LIGHT ? "light" : "dark";
    }

    /** Opens a file, else the last project, else the demo. */
    void openFirst(Optional<Path> file) {
        Optional<Path> last =
                Optional.ofNullable(settings.get().lastProject())
                        .map(Path::of)
                        .filter(Files::isRegularFile);
        file.or(() -> last).ifPresentOrElse(this::openFile, this::openDemo);
    }

    void openFile(Path file) {
        String path = file.toAbsolutePath().toString();
        load(
                "Open " + file.getFileName(),
                () -> {
                    ProjectEditor editor = ProjectEditor.open(file, home);
                    settings.update(all -> all.withProject(path));
                    return editor;
                },
                NO_COPY,
                false);
    }

    void openDemo() {
        load(
                "Open the demo plant",
                () -> ProjectEditor.ofText(demoText(), DEMO_NAME, home),
                NO_COPY,
                true);
    }

    /** Opens work that was never saved, as a project in no file. */
    void openLeft(UnsavedCopy copy) {
        askToLeave(
                () ->
                        load(
                                "Recover " + copy.name(),
                                () -> {
                                    ProjectEditor editor =
                                            ProjectEditor.ofText(EMPTY, copy.name(), home);
                                    editor.recover(copy);
                                    return editor;
                                },
                                unsaved -> unsaved.takeOver(copy),
                                false));
    }

    void openNew() {
        load(
                "New project",
                () -> ProjectEditor.ofText(EMPTY, "untitled.fieldloom.yaml", home),
                NO_COPY,
                false);
    }

    static String demoText() throws IOException {
        try (InputStream in = Projects.class.getResourceAsStream(DEMO)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What is done with the copy that a project was read from. */
    @FunctionalInterface
    private interface AfterReading {
        void with(UnsavedWork unsaved) throws IOException;
    }

    private void load(
            String title, Callable<ProjectEditor> reader, AfterReading after, boolean isDemo) {
        session.kit()
                .tasks()
                .run(
                        title,
                        progress -> {
                            ProjectEditor editor = reader.call();
                            UnsavedWork unsaved = new UnsavedWork(editor, home, background);
                            after.with(unsaved);
                            return new Loaded(editor, unsaved, parts(), isDemo);
                        },
                        this::show);
    }

    private synchronized Parts parts() {
        if (parts == null) {
            parts = Parts.of(home);
        }
        return parts;
    }

    private void show(Loaded loaded) {
        Session before = session;
        if (before.project() == null) {
            before.fill(loaded, CompletableFuture.completedFuture(null));
            return;
        }
        before.leave();
        Session next = fresh();
        // The old broker gives its port back before the new one asks for it.
        next.fill(loaded, CompletableFuture.runAsync(before::close, background));
        session = next;
        stage.setScene(next.window().scene());
    }

    /** What the window shows now. */
    Session session() {
        return session;
    }

    Home home() {
        return home;
    }

    /** Goes on at once, or after the person has decided about unsaved work. */
    void askToLeave(Runnable then) {
        session.askToLeave(then);
    }

    /** Keeps unsaved work where the window cannot ask about it; where it is. Any thread. */
    Optional<Path> keepUnsaved() throws IOException {
        OpenProject now = session.project();
        return now == null ? Optional.empty() : now.unsaved().keep();
    }

    /** Ends what is open; waits ten seconds at most. Not on the FX thread. */
    @Override
    public void close() {
        session.close();
    }
}
