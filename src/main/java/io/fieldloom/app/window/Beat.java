package io.fieldloom.app.window;

import java.util.function.LongSupplier;

/** Turns a running count into a rate over the last second or so. Not thread-safe. */
final class Beat {
    private static final double LEAST_SECONDS = 0.9;

    private final LongSupplier nanos;
    private long since;
    private long then;
    private double rate;

    Beat(LongSupplier nanos) {
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    /** Takes the count as it is now, and tells the newest rate in counts a second. */
    double of(long count) {
        long now = nanos.getAsLong();
        double seconds = (now - since) / 1e9;
        if (seconds >= LEAST_SECONDS) {
            rate = Math.max(0, count - then) / seconds;
            since = now;
            then = count;
        }
        return rate;
    }
}
