package io.fieldloom.app.bench;

import java.util.Arrays;

/** The middle of some measurements. */
final class Median {
    private Median() {}

    static double of(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
