package io.fieldloom.app.bench;

import io.fieldloom.engine.traffic.TrafficStats;
import io.fieldloom.engine.traffic.TrafficStore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Keeps the messages between the publishers and the traffic store below a limit. Thread-safe. */
final class Pace {
    private static final int MOST_ON_THE_WAY = 100_000;
    private static final long GIVE_UP_SECONDS = 30;

    private final TrafficStore store;
    private final TrafficStats before;
    private final AtomicLong sent = new AtomicLong();
    private volatile long arrived;

    Pace(TrafficStore store, TrafficStats before) {
        this.store = store;
        this.before = before;
    }

    void sent(long messages) {
        sent.addAndGet(messages);
    }

    /** Waits until there is room; no longer than half a minute, in case messages were lost. */
    void await() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
        while (sent.get() - arrived > MOST_ON_THE_WAY && System.nanoTime() < end) {
            TrafficStats now = store.stats();
            arrived = now.messages() + now.dropped() - before.messages() - before.dropped();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
