package io.fieldloom.engine.simulate.opcua;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets points follow their curves, each at its own pace; what never changes costs nothing. One
 * thread of its own.
 */
final class Clock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Clock.class);
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

    private final long startNanos = System.nanoTime();
    private final AtomicLong changes = new AtomicLong();
    private final PriorityQueue<SimulatedPoint> due =
            new PriorityQueue<>(Comparator.comparingLong(SimulatedPoint::dueNanos));
    private final ScheduledExecutorService thread;

    Clock(String simulator) {
        thread =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread made = new Thread(task, "simulator-" + simulator);
                            made.setDaemon(true);
                            return made;
                        });
    }

    void start(List<SimulatedPoint> points) {
        points.stream().filter(SimulatedPoint::isAlive).forEach(due::add);
        thread.execute(this::tick);
    }

    /** Counters begin anew, on the clock's own thread. */
    void restart(List<SimulatedPoint> counters) {
        thread.execute(
                () -> {
                    due.removeAll(counters);
                    for (SimulatedPoint counter : counters) {
                        counter.restart(now());
                        apply(counter);
                        due.add(counter);
                    }
                });
    }

    private void tick() {
        List<SimulatedPoint> now = new ArrayList<>();
        while (!due.isEmpty() && due.peek().dueNanos() <= now()) {
            now.add(due.poll());
        }
        for (SimulatedPoint point : now) {
            apply(point);
            due.add(point);
        }
        if (!due.isEmpty()) {
            // When the next one is due, so that changes keep their pace. Not much later either: a
            // counter may be restarted meanwhile.
            long wait = due.peek().dueNanos() - now();
            thread.schedule(
                    this::tick,
                    Math.max(SHORTEST_WAIT, Math.min(LONGEST_WAIT, wait)),
                    TimeUnit.NANOSECONDS);
        }
    }

    private void apply(SimulatedPoint point) {
        try {
            if (point.tick(now())) {
                changes.incrementAndGet();
            }
        } catch (RuntimeException e) {
            LOG.error("A simulated value could not be set", e); // thrown on, all would stand still
        }
    }

    private long now() {
        return System.nanoTime() - startNanos;
    }

    long changes() {
        return changes.get();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
