package io.fieldloom.engine.traffic;

/**
 * Messages a second, smoothed: each message adds a little, and what was added fades with a time
 * constant of three seconds. For a steady flow the value settles at the true rate.
 */
final class Rate {
    private static final double SECONDS = 3;
    private static final double TICKS_A_SECOND = 100;

    private Rate() {}

    /** The clock of rates: hundredths of a second, which an int holds for 248 days. */
    static int tick(long micros, long startMicros) {
        return (int) ((micros - startMicros) / 10_000);
    }

    /** The time of a tick, to a hundredth of a second. */
    static long micros(int tick, long startMicros) {
        return startMicros + tick * 10_000L;
    }

    static float faded(float rate, int ticks) {
        return ticks <= 0 ? rate : (float) (rate * Math.exp(-ticks / (SECONDS * TICKS_A_SECOND)));
    }

    static float withOneMore(float rate) {
        return rate + (float) (1 / SECONDS);
    }
}
