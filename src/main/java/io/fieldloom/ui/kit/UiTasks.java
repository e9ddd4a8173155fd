package io.fieldloom.ui.kit;

import io.fieldloom.engine.Cause;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.mqtt.MqttFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that must not hold up the window. Methods are called on the FX thread, work runs on the
 * given background threads, and what it made or how it failed comes back on the FX thread. A
 * failure that nobody handles becomes a notification; none disappears.
 */
public final class UiTasks {

    private final Executor fx;
    private final Executor background;
    private final Consumer<Failure> report;
    private final ObservableList<Running> running = FXCollections.observableArrayList();
    // Held: it hears of changes only as long as somebody holds it.
    private final ObservableList<Running> shown = FXCollections.unmodifiableObservableList(running);

    /**
     * @param fx the FX thread
     * @param background threads for work that waits
     * @param report takes failures that the caller did not handle, on the FX thread
     */
    public UiTasks(Executor fx, Executor background, Consumer<Failure> report) {
        this.fx = fx;
        this.background = background;
        this.report = report;
    }

    /**
     * What went wrong in a task.
     *
     * @param task the task's title
     * @param cause what it threw
     */
    public record Failure(String task, Throwable cause) {
        /** The cause in words and what to try, without class names where it has words. */
        public String words() {
            if (cause instanceof MqttFailure failure) {
                return failure.sentence();
            }
            if (cause instanceof DeviceException failure && !failure.advice().isEmpty()) {
                return failure.getMessage() + ". " + failure.advice();
            }
            String message = cause.getMessage();
            return message == null || message.isBlank() ? cause.toString() : message;
        }
    }

    /** Work on a background thread. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Progress progress) throws Exception;
    }

    /** How work says how far it is, and learns that nobody wants it any more. Thread-safe. */
    public interface Progress {
        /** How much is done, 0 to 1. */
        void at(double fraction);

        boolean isCancelled();
    }

    /** What runs now, for the status bar. */
    public ObservableList<Running> running() {
        return shown;
    }

    /** Runs work in the background; a failure is reported under the title. */
    public <T> Running run(String title, Work<T> work, Consumer<T> done) {
        return run(title, work, done, cause -> report.accept(new Failure(title, cause)));
    }

    /** Runs work in the background; the caller handles a failure. */
    public <T> Running run(
            String title, Work<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        Running task = new Running(title);
        running.add(task);
        background.execute(
                () -> {
                    try {
                        T result = work.run(task);
                        fx.execute(() -> finish(task, () -> done.accept(result)));
                    } catch (Exception | LinkageError e) {
                        log().debug("{} failed", title, e);
                        fx.execute(() -> finish(task, () -> failed.accept(e)));
                    }
                });
        return task;
    }

    /**
     * Waits for an engine's answer without holding up anybody; a failure is reported under the
     * title.
     */
    public <T> Running follow(String title, CompletionStage<T> answer, Consumer<T> done) {
        return follow(title, answer, done, cause -> report.accept(new Failure(title, cause)));
    }

    /** Waits for an engine's answer without holding up anybody; the caller handles a failure. */
    public <T> Running follow(
            String title, CompletionStage<T> answer, Consumer<T> done, Consumer<Throwable> failed) {
        Running task = new Running(title);
        running.add(task);
        if (answer instanceof CompletableFuture<T> future) {
            task.onCancel = () -> future.cancel(true);
        }
        answer.whenComplete(
                (result, error) -> {
                    if (error != null) {
                        log().debug("{} failed", title, error);
                    }
                    fx.execute(
                            () ->
                                    finish(
                                            task,
                                            error == null
                                                    ? () -> done.accept(result)
                                                    : () -> failed.accept(Cause.of(error))));
                });
        return task;
    }

    private void finish(Running task, Runnable then) {
        running.remove(task);
        if (!task.cancelled) {
            then.run();
        }
    }

    /** One task that runs. */
    public final class Running implements Progress {
        private final String title;
        private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper(-1);
        private volatile boolean cancelled;
        private Runnable onCancel = () -> {};

        private Running(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        /** 0 to 1, or -1 while it is not known. */
        public ReadOnlyDoubleProperty fractionProperty() {
            return fraction.getReadOnlyProperty();
        }

        @Override
        public void at(double done) {
            fx.execute(() -> fraction.set(done));
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        /** Asks it to stop; neither result nor failure will be told. Idempotent. */
        public void cancel() {
            cancelled = true;
            onCancel.run();
        }
    }

    /** Not a constant, for the log system takes longer to start than the window. */
    private static Logger log() {
        return LoggerFactory.getLogger(UiTasks.class);
    }
}
