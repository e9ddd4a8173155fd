package io.fieldloom.engine.device.modbus;

import io.fieldloom.engine.device.LinkStatistics.Counts;
import java.time.Duration;

/** Counts of one unit's conversation. Thread-safe. */
final class LinkCounts {
    private long requests;
    private long answers;
    private long refusals;
    private long timeouts;
    private long faults;
    private long lastNanos;
    private long allNanos;

    synchronized void sent() {
        requests++;
    }

    synchronized void answered(long nanos, boolean refused) {
        answers++;
        refusals += refused ? 1 : 0;
        lastNanos = nanos;
        allNanos += nanos;
    }

    synchronized void timeout() {
        timeouts++;
    }

    synchronized void fault() {
        faults++;
    }

    synchronized Counts now() {
        return new Counts(
                System.nanoTime(),
                requests,
                answers,
                refusals,
                timeouts,
                faults,
                Duration.ofNanos(lastNanos),
                Duration.ofNanos(answers == 0 ? 0 : allNanos / answers));
    }
}
