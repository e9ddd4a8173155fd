package io.fieldloom.app.cli;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that a command's engine works on. They keep no process alive. */
final class DaemonThreads {
    private DaemonThreads() {}

    static ExecutorService pool() {
        return Executors.newCachedThreadPool(named("work"));
    }

    /** A few threads that take timers too. */
    static ScheduledExecutorService scheduled() {
        return Executors.newScheduledThreadPool(4, named("work"));
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
