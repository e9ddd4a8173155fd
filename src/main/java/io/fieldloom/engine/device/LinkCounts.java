package io.fieldloom.engine.device;

import io.fieldloom.engine.device.LinkStatistics.Counts;
import java.time.Duration;

/** Counts the conversation with one device. Thread-safe. */
public final class LinkCounts {
    private long requests;
    private long answers;
    private long refusals;
    private long timeouts;
    private long faults;
    private long lastNanos;
    private long allNanos;

    /** A question goes out. */
    public synchronized void sent() {
        requests++;
    }

    /**
     * Its answer is there.
     *
     * @param nanos since it was asked
     * @param refused whether the device said no
     */
    public synchronized void answered(long nanos, boolean refused) {
        answers++;
        refusals += refused ? 1 : 0;
        lastNanos = nanos;
        allNanos += nanos;
    }

    /** No answer came in time. */
    public synchronized void timeout() {
        timeouts++;
    }

    /** What came does not fit, or the connection broke. */
    public synchronized void fault() {
        faults++;
    }

    /** All of it until now. */
    public synchronized Counts now() {
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
