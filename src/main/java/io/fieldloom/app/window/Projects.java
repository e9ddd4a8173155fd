package io.fieldloom.app.window;

import io.fieldloom.engine.plant.Parts;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.project.SettingsFile;
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
import java.util.concurrent.ScheduledExecutorService;
import javafx.stage.Stage;

/**
 * Which project the window shows, and the way from one to the next: each gets a scene of its own,
 * so that nothing of the one before stays behind. FX thread only, but for {@link #close()}.
 */
final class Projects implements AutoCloseable {
    static final String DEMO = "/io/fieldloom/demo/bottling-hall.fieldloom.yaml";
    static final String DEMO_NAME = "bottling-hall.fieldloom.yaml";
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
        session = frame();
    }

    /** An empty frame, on the screen. */
    private Session frame() {
        Theme.Look look =
                settings.get().theme().equals("light") ? Theme.Look.LIGHT : Theme.Look.DARK;
        Theme theme = session == null ? new Theme(look) : session.kit().theme();
        if (session == null) {
            theme.lookProperty()
                    .addListener(
                            (property, before, now) ->
                                    settings.update(all -> all.withTheme(word(now))));
        }
        Session fresh = new Session(this, stage, gate, theme, settings, log, background);
        stage.setScene(fresh.window().scene());
        return fresh;
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
                false);
    }

    void openDemo() {
        load("Open the demo plant", () -> ProjectEditor.ofText(demoText(), DEMO_NAME, home), true);
    }

    void openNew() {
        load(
                "New project",
                () -> ProjectEditor.ofText(EMPTY, "untitled.fieldloom.yaml", home),
                false);
    }

    static String demoText() throws IOException {
        try (InputStream in = Projects.class.getResourceAsStream(DEMO)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void load(String title, Callable<ProjectEditor> reader, boolean isDemo) {
        session.kit()
                .tasks()
                .run(
                        title,
                        progress -> {
                            ProjectEditor editor = reader.call();
                            return new Loaded(editor, parts());
                        },
                        loaded -> show(loaded, isDemo));
    }

    private record Loaded(ProjectEditor editor, Parts parts) {}

    private synchronized Parts parts() {
        if (parts == null) {
            parts = Parts.of(home);
        }
        return parts;
    }

    private void show(Loaded loaded, boolean isDemo) {
        Session before = session;
        if (before.project() == null) {
            before.fill(loaded.editor(), loaded.parts(), isDemo);
            return;
        }
        before.leave();
        session = frame();
        // The old broker gives its port back before the new one asks for it.
        background.execute(
                () -> {
                    before.close();
                    gate.execute(() -> session.fill(loaded.editor(), loaded.parts(), isDemo));
                });
    }

    /** What the window shows now. */
    Session session() {
        return session;
    }

    /** Goes on at once, or after the person has decided about unsaved work. */
    void askToLeave(Runnable then) {
        session.askToLeave(then);
    }

    /** Keeps unsaved work where the window cannot ask about it; where it is. Any thread. */
    Optional<Path> keepUnsaved() throws IOException {
        OpenProject now = session.project();
        return now == null ? Optional.empty() : now.editor().keepUnsaved();
    }

    /** Ends what is open; waits ten seconds at most. Not on the FX thread. */
    @Override
    public void close() {
        session.close();
    }
}
