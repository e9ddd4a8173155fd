package io.fieldloom.engine.device.modbus;

import io.fieldloom.engine.device.DeviceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a session: everything that touches the connection runs here, one task at a
 * time. Tasks may be handed in from any thread.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final ScheduledThreadPoolExecutor executor;
    private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();
    private final Consumer<IOException> broken;
    private final Supplier<DeviceException> ended;
    private volatile Thread thread;

    /**
     * @param broken told, on the lane, when a task found the connection gone for good
     * @param ended why tasks cannot run any more, once that is so
     */
    Lane(String name, Consumer<IOException> broken, Supplier<DeviceException> ended) {
        this.broken = broken;
        this.ended = ended;
        executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread fresh = new Thread(task, name);
                            fresh.setDaemon(true);
                            thread = fresh;
                            return fresh;
                        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Work with a result. */
    @FunctionalInterface
    interface Task<T> {
        T run() throws IOException, DeviceException;
    }

    /** Work without one. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /** Runs it as soon as the lane is free; the stage fails with a {@link DeviceException}. */
    <T> CompletableFuture<T> call(Task<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        pending.add(result);
        result.whenComplete((value, failure) -> pending.remove(result));
        try {
            executor.execute(() -> run(task, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(ended.get());
        }
        return result;
    }

    private <T> void run(Task<T> task, CompletableFuture<T> result) {
        try {
            result.complete(task.run());
        } catch (IOException e) {
            broken.accept(e);
            result.completeExceptionally(ended.get());
        } catch (DeviceException | RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    /** Runs it later; nothing happens where the lane has ended by then. */
    void later(Duration delay, Step step) {
        try {
            executor.schedule(() -> run(step), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.trace("the lane has ended", e);
        }
    }

    private void run(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            broken.accept(e);
        } catch (RuntimeException e) {
            LOG.error("A Modbus session's step failed", e);
        }
    }

    /** Takes no more tasks, and fails those that have not run. The one that runs is let be. */
    void end() {
        executor.shutdown();
        DeviceException reason = ended.get();
        for (CompletableFuture<?> open : pending) {
            open.completeExceptionally(reason);
        }
    }

    /** Waits for the task that is running, unless it is the caller. */
    void awaitEnd(Duration patience) {
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            if (!executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A Modbus session did not end within {}", patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
