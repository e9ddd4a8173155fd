package io.fieldloom.app.window;

import io.fieldloom.app.cli.Stop;
import io.fieldloom.app.cli.WindowStarter;
import io.fieldloom.engine.project.SettingsFile;
import io.fieldloom.engine.security.Home;
import io.fieldloom.ui.kit.FirstFrame;
import io.fieldloom.ui.log.LogAppender;
import io.fieldloom.ui.log.LogMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import javafx.application.Platform;
import javafx.scene.image.Image;
import javafx.stage.Stage;

/**
 * The workbench as a program: shows the empty frame first, opens the project behind it, and ends
 * everything when the window is closed. The composition root of the window.
 */
public final class WindowProgram implements WindowStarter {
    // Tasks wait for files and networks; more of them at once than this wait for each other.
    private static final int BACKGROUND_THREADS = 8;
    private static final List<Integer> ICON_SIZES = List.of(16, 24, 32, 48, 64, 128, 256);
    // Held, for the log system forgets levels of loggers that nobody holds.
    private static final java.util.logging.Logger JAVAFX_LOG =
            java.util.logging.Logger.getLogger("javafx");

    private final Home home;
    private final Stop stop;
    private final Consumer<String> notes;
    private final PaintedHook painted;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ScheduledExecutorService background =
            Executors.newScheduledThreadPool(
                    BACKGROUND_THREADS,
                    task -> {
                        Thread thread = new Thread(task, "window-task");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final LogMemory log = new LogMemory();

    /** Told when the empty frame is on the screen, for the benchmark of the start. */
    @FunctionalInterface
    public interface PaintedHook {
        PaintedHook NONE = () -> {};

        void painted();
    }

    /**
     * @param stop closes the window as a signal does: without a question, unsaved work kept aside
     * @param notes takes what the person should know then, a sentence
     */
    public WindowProgram(Home home, Stop stop, Consumer<String> notes, PaintedHook painted) {
        this.home = home;
        this.stop = stop;
        this.notes = notes;
        this.painted = painted;
    }

    @Override
    public int open(Optional<Path> project) {
        return open(projects -> projects.openFirst(project));
    }

    @Override
    public int openDemo() {
        return open(Projects::openDemo);
    }

    /**
     * The window comes first. The settings it needs at once; they are read while JavaFX starts. The
     * log starts when the frame is painted: it takes as long as the frame.
     */
    private int open(Consumer<Projects> first) {
        // It says on a plain class path that this is not a configuration it supports. It is one.
        JAVAFX_LOG.setLevel(Level.SEVERE);
        CompletableFuture<LogAppender> appender = new CompletableFuture<>();
        CompletableFuture<SettingsFile> settings =
                CompletableFuture.supplyAsync(() -> new SettingsFile(home, background), background);
        AtomicReference<Projects> projects = new AtomicReference<>();
        stop.then(closed::countDown);
        try {
            Platform.startup(() -> projects.set(show(first, settings.join(), appender)));
            closed.await();
            if (projects.get() != null) {
                end(projects.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            settings.thenAccept(SettingsFile::close);
            appender.thenAccept(LogAppender::close);
        }
        return 0;
    }

    /** The engines stop in order; nothing is asked and nothing lost. */
    private void end(Projects projects) {
        if (stop.isRequested()) {
            try {
                projects.keepUnsaved()
                        .ifPresent(kept -> notes.accept("unsaved work is kept in " + kept));
            } catch (IOException e) {
                notes.accept("unsaved work is lost: " + e.getMessage());
            }
        }
        projects.close();
    }

    private Projects show(
            Consumer<Projects> first,
            SettingsFile settings,
            CompletableFuture<LogAppender> appender) {
        Stage stage = new Stage();
        Projects projects = new Projects(stage, home, settings, log, background);
        stage.setTitle("Fieldloom");
        stage.setOnCloseRequest(
                event -> {
                    event.consume();
                    projects.askToLeave(stage::hide);
                });
        stage.setOnHidden(event -> closed.countDown());
        new WindowPlace(stage, settings).show();
        FirstFrame.then(
                () -> {
                    painted.painted();
                    appender.completeAsync(() -> LogAppender.listen(log), background);
                    stage.getIcons().setAll(icons());
                    first.accept(projects);
                });
        return projects;
    }

    private static List<Image> icons() {
        return ICON_SIZES.stream()
                .map(size -> "/io/fieldloom/icons/fieldloom-" + size + ".png")
                .map(name -> new Image(WindowProgram.class.getResourceAsStream(name)))
                .toList();
    }
}
