package io.fieldloom.engine;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs its tasks one at a time and in order, on threads of a shared pool. Whatever starts and stops
 * has one lane that moves it between its states. Thread-safe; the queue holds requests of a person
 * or a state machine, never messages.
 */
public final class SerialLane implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialLane.class);

    private final Executor pool;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    public SerialLane(Executor pool) {
        this.pool = Objects.requireNonNull(pool, "pool");
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(Objects.requireNonNull(task, "task"));
            if (running) {
                return;
            }
            running = true;
        }
        try {
            pool.execute(this::runAll);
        } catch (RuntimeException e) {
            // the pool has been shut down: nothing will ever run these
            synchronized (tasks) {
                tasks.clear();
                running = false;
            }
            throw e;
        }
    }

    /** As {@link #execute}; the stage tells when the task is done, or what it threw. */
    public CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, this);
    }

    private void runAll() {
        while (true) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A task of a serial lane failed", e);
            }
        }
    }
}
