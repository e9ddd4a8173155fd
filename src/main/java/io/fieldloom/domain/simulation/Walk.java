package io.fieldloom.domain.simulation;

import java.util.Random;

/**
 * A random walk between two bounds, which turn it back. One step forward costs one random number;
 * going back starts over. Not thread-safe.
 */
final class Walk {
    private final double start;
    private final double step;
    private final double min;
    private final double max;
    private final long seed;
    private Random random;
    private long taken;
    private double position;

    Walk(double start, double step, double min, double max, long seed) {
        this.start = start;
        this.step = step;
        this.min = min;
        this.max = max;
        this.seed = seed;
        restart();
    }

    double at(long steps) {
        if (steps < taken) {
            restart();
        }
        while (taken < steps) {
            taken++;
            double next = position + step * (2 * random.nextDouble() - 1);
            if (next > max) {
                next = 2 * max - next;
            } else if (next < min) {
                next = 2 * min - next;
            }
            position = Math.max(min, Math.min(max, next));
        }
        return position;
    }

    private void restart() {
        random = new Random(seed);
        taken = 0;
        position = start;
    }
}
