package io.fieldloom.ui.kit.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepPathTest {
    /** Draws with a pixel a second and a pixel a unit; equal points in a row are one. */
    private static List<String> path(long until, double... timesAndValues) {
        TimeSeries series = new TimeSeries(100);
        for (int at = 0; at < timesAndValues.length; at += 2) {
            series.add((long) (timesAndValues[at] * 1_000), timesAndValues[at + 1]);
        }
        List<String> path = new ArrayList<>();
        StepPath.Pen pen =
                new StepPath.Pen() {
                    @Override
                    public void moveTo(double x, double y) {
                        path.add("move " + (int) x + "," + (int) y);
                    }

                    @Override
                    public void lineTo(double x, double y) {
                        String point = (int) x + "," + (int) y;
                        if (!path.get(path.size() - 1).endsWith(" " + point)) {
                            path.add("line " + point);
                        }
                    }
                };
        StepPath.trace(series, until * 1_000, time -> time / 1_000.0, value -> value, pen);
        return path;
    }

    // A setpoint of 7 that is written to 42 never was 20.
    @Test
    void aValueHoldsUntilTheNext() {
        assertThat(path(30, 0, 7, 10, 42))
                .containsExactly("move 0,7", "line 10,7", "line 10,42", "line 30,42");
    }

    @Test
    void whatWasNotKnownIsAGap() {
        assertThat(path(30, 0, 7, 10, Double.NaN, 20, 8))
                .containsExactly("move 0,7", "line 10,7", "move 20,8", "line 30,8");
        assertThat(path(30, 0, 7, 10, Double.NaN))
                .as("a bad value does not hold")
                .containsExactly("move 0,7", "line 10,7");
    }

    @Test
    void aPeakWithinOnePixelIsSeenAndTheNewestValueGoesOn() {
        assertThat(path(20, 0, 5, 10.1, 90, 10.2, 1, 10.3, 6))
                .containsExactly(
                        "move 0,5",
                        "line 10,5",
                        "line 10,1",
                        "line 10,90",
                        "line 10,6",
                        "line 20,6");
    }
}
