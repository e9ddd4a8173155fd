package io.fieldloom.ui.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * The window's beat: a timer thread posts one task to the FX thread, and the next only when that
 * one has run, so that a slow frame never piles up work. Not a JavaFX Timeline, because a running
 * one keeps the toolkit at 60 frames a second though nothing changes.
 */
public final class FxTicker implements Ticker, AutoCloseable {
    private static final long BEAT_MILLIS = 50;

    private final Executor fx;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "window-beat");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final AtomicBoolean posted = new AtomicBoolean();
    private final List<Beat> beats = new ArrayList<>();
    private volatile boolean paused;

    public FxTicker(FxGate fx) {
        this.fx = fx;
        timer.scheduleWithFixedDelay(this::post, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Handle every(Duration period, Runnable task) {
        Beat beat = new Beat(period.toNanos(), task);
        beats.add(beat);
        return () -> beats.remove(beat);
    }

    /** Stops the beat while nobody sees the window, and goes on. */
    public void pause(boolean pause) {
        paused = pause;
    }

    private void post() {
        if (paused || !posted.compareAndSet(false, true)) {
            return;
        }
        fx.execute(
                () -> {
                    posted.set(false);
                    long now = System.nanoTime();
                    for (Beat beat : List.copyOf(beats)) {
                        beat.runIfDue(now);
                    }
                });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static final class Beat {
        private final long period;
        private final Runnable task;
        private long due = System.nanoTime();

        Beat(long period, Runnable task) {
            this.period = period;
            this.task = task;
        }

        void runIfDue(long now) {
            if (now < due) {
                return;
            }
            due = now + period - TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS) / 2;
            try {
                task.run();
            } catch (RuntimeException e) {
                // One broken view must not stop the others.
                // made here, for the log system takes longer to start than the window
                LoggerFactory.getLogger(FxTicker.class).error("A view failed to repaint", e);
            }
        }
    }
}
