package io.fieldloom.ui.kit.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void linesLieOnRoundNumbersAroundTheValues() {
        assertThat(labels(Scale.around(70.3, 73.9, 3))).containsExactly("70", "72", "74");
        assertThat(labels(Scale.around(0.2, 0.95, 3))).containsExactly("0.0", "0.5", "1.0");
    }

    // A constant signal is the most common one; it must not divide by zero.
    @Test
    void aConstantHasRoomOnBothSides() {
        Scale scale = Scale.around(40, 40, 3);

        assertThat(scale.low()).isLessThan(40);
        assertThat(scale.high()).isGreaterThan(40);
    }

    @Test
    void aRingForgetsTheOldest() {
        TimeSeries series = new TimeSeries(3);
        IntStream.range(0, 5).forEach(at -> series.add(at * 1_000L, at));

        assertThat(series.size()).isEqualTo(3);
        assertThat(series.time(0)).isEqualTo(2_000);
        assertThat(series.value(2)).isEqualTo(4);
        assertThat(series.firstFrom(2_500)).isEqualTo(1);
    }

    private static Iterable<String> labels(Scale scale) {
        return IntStream.range(0, scale.lines()).mapToObj(scale::label).toList();
    }
}
