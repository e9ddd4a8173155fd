package io.fieldloom.ui.kit.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * A range of values with grid lines on round numbers.
 *
 * @param low the lowest line
 * @param step from line to line
 * @param lines how many
 */
record Scale(double low, double step, int lines) {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};
    private static final long[] TIME_STEPS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400
    };

    /** Lines that enclose the values, about as many as wanted. */
    static Scale around(double least, double most, int wanted) {
        double span = most - least;
        double tiny = Math.max(Math.abs(least), Math.abs(most)) * 1e-9;
        if (!(span > tiny)) {
            double half = least == 0 ? 1 : Math.max(Math.abs(least) * 0.01, tiny * 10);
            return around(least - half, most + half, wanted);
        }
        double raw = span / Math.max(1, wanted - 1);
        double magnitude = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = magnitude * 10;
        for (double candidate : STEPS) {
            if (candidate * magnitude >= raw * 0.999) {
                step = candidate * magnitude;
                break;
            }
        }
        double low = Math.floor(least / step + 1e-9) * step;
        int lines = (int) Math.ceil((most - low) / step - 1e-9) + 1;
        return new Scale(low, step, Math.max(2, lines));
    }

    double high() {
        return low + step * (lines - 1);
    }

    /** {@code 0 to 250}. */
    String words() {
        return label(0) + " to " + label(lines - 1);
    }

    /** A line's value with as many decimals as the step needs. */
    String label(int line) {
        double value = low + step * line;
        double size = Math.max(Math.abs(low), Math.abs(high()));
        if (size >= 1e12 || size < 1e-4) {
            int digits = (int) Math.ceil(Math.log10(size / step));
            return String.format(
                    Locale.ROOT, "%." + Math.max(1, Math.min(digits, 15)) + "e", value);
        }
        int decimals =
                Math.max(0, new BigDecimal(Double.toString(step)).stripTrailingZeros().scale());
        return BigDecimal.valueOf(value)
                .setScale(Math.min(decimals, 6), RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** Milliseconds from one time label to the next, so that there are at most so many. */
    static long timeStep(long spanMillis, int most) {
        for (long seconds : TIME_STEPS) {
            if (spanMillis / (seconds * 1_000) < most) {
                return seconds * 1_000;
            }
        }
        return TIME_STEPS[TIME_STEPS.length - 1]
                * 1_000
                * Math.max(1, spanMillis / 86_400_000 / most);
    }
}
