package io.fieldloom.engine.traffic;

import java.time.Instant;
import java.util.Arrays;

/** Messages a second over the last two seconds, in steps of a quarter. Not thread-safe. */
final class Throughput {
    private static final int STEP_MILLIS = 250;
    private static final int STEPS = 8;

    private final long[] counts = new long[STEPS + 1];
    private long step;

    void add(Instant time) {
        move(time.toEpochMilli() / STEP_MILLIS);
        counts[(int) (step % counts.length)]++;
    }

    double perSecond(Instant now) {
        move(now.toEpochMilli() / STEP_MILLIS);
        long sum = 0;
        for (int back = 1; back <= STEPS; back++) { // the present step is not over yet
            sum += counts[(int) Math.floorMod(step - back, (long) counts.length)];
        }
        return sum * 1_000.0 / (STEPS * STEP_MILLIS);
    }

    private void move(long to) {
        if (to - step >= counts.length) {
            Arrays.fill(counts, 0);
            step = to;
        }
        while (step < to) {
            step++;
            counts[(int) (step % counts.length)] = 0;
        }
    }
}
