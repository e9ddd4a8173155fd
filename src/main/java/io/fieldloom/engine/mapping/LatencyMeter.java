package io.fieldloom.engine.mapping;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * From a sample's arrival at the driver to its message's arrival at the broker: of the whole run,
 * and of the last minute, in which a slow start is forgotten. Thread-safe.
 */
public final class LatencyMeter {
    private static final long MOST_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 2;

    /** The last minute in parts: the oldest one goes as a whole. */
    private static final int PARTS = 6;

    private static final long PART_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Histogram all = histogram();
    private final Histogram[] parts = new Histogram[PARTS];
    private final long[] numbers = new long[PARTS];

    public LatencyMeter() {
        Arrays.setAll(parts, at -> histogram());
        reset();
    }

    private static Histogram histogram() {
        return new Histogram(MOST_MICROS, DIGITS);
    }

    /** Takes one way, given by its begin and end in {@link System#nanoTime()}. */
    public synchronized void record(long beginNanos, long endNanos) {
        long way = TimeUnit.NANOSECONDS.toMicros(endNanos - beginNanos);
        long micros = Math.min(MOST_MICROS, Math.max(0, way));
        all.recordValue(micros);
        long number = Math.floorDiv(endNanos, PART_NANOS);
        int at = Math.floorMod(number, PARTS);
        if (numbers[at] != number) {
            numbers[at] = number;
            parts[at].reset();
        }
        parts[at].recordValue(micros);
    }

    public synchronized void reset() {
        all.reset();
        Arrays.fill(numbers, Long.MIN_VALUE);
    }

    /** Of all ways since the last {@link #reset}. */
    public synchronized Latency snapshot() {
        return latency(all);
    }

    /**
     * Of the ways that ended in the last minute.
     *
     * @param nowNanos {@link System#nanoTime()}
     */
    public synchronized Latency lastMinute(long nowNanos) {
        long newest = Math.floorDiv(nowNanos, PART_NANOS);
        Histogram sum = histogram();
        for (int at = 0; at < PARTS; at++) {
            if (numbers[at] > newest - PARTS) {
                sum.add(parts[at]);
            }
        }
        return latency(sum);
    }

    private static Latency latency(Histogram micros) {
        return new Latency(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / 1_000.0,
                micros.getValueAtPercentile(99) / 1_000.0);
    }

    /**
     * @param count ways measured
     * @param p50Millis median; 0 when nothing was measured
     * @param p99Millis 99th percentile
     */
    public record Latency(long count, double p50Millis, double p99Millis) {}
}
