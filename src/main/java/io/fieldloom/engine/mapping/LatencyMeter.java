package io.fieldloom.engine.mapping;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** From a sample's arrival at the driver to its message's arrival at the broker. Thread-safe. */
public final class LatencyMeter {
    private static final long MOST_MICROS = TimeUnit.MINUTES.toMicros(10);

    private final Histogram micros = new ConcurrentHistogram(MOST_MICROS, 2);

    /** Takes one way, given by its begin and end in {@link System#nanoTime()}. */
    public void record(long beginNanos, long endNanos) {
        long way = TimeUnit.NANOSECONDS.toMicros(endNanos - beginNanos);
        micros.recordValue(Math.min(MOST_MICROS, Math.max(0, way)));
    }

    public void reset() {
        micros.reset();
    }

    public Latency snapshot() {
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
