package io.fieldloom.domain.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignalCurveTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(
            value = Signal.Shape.class,
            names = {"RAMP", "SINE", "SQUARE", "WALK"})
    void staysBetweenItsBounds(Signal.Shape shape) {
        for (long seed = 0; seed < 20; seed++) {
            SignalCurve curve = SignalCurve.of(signal("Double", shape, 280.0, 360.0, null), seed);
            double least = Double.MAX_VALUE;
            double most = -Double.MAX_VALUE;
            for (int step = 0; step < 2_000; step++) {
                double value = number(curve, Duration.ofMillis(173L * step));
                assertThat(value).isBetween(280.0, 360.0);
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            assertThat(most - least).as("control: it moves").isGreaterThan(1.0);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Signal.Shape.class,
            names = {"RAMP", "SINE", "SQUARE"})
    void repeatsAfterItsPeriod(Signal.Shape shape) {
        SignalCurve curve = SignalCurve.of(signal("Double", shape, 0.0, 10.0, MINUTE), 1);
        for (int second = 0; second < 60; second++) {
            Duration time = Duration.ofSeconds(second);
            assertThat(number(curve, time.plus(MINUTE)))
                    .isCloseTo(number(curve, time), within(1e-9));
        }
        assertThat(number(curve, Duration.ofSeconds(45)))
                .as("control: half a period makes a difference")
                .isNotEqualTo(number(curve, Duration.ofSeconds(15)));
    }

    @ParameterizedTest
    @EnumSource(Signal.Shape.class)
    void isTheSameForTheSameSeed(Signal.Shape shape) {
        Signal signal = states(signal("Double", shape, 0.0, 10.0, null));
        SignalCurve one = SignalCurve.of(signal, 7);
        SignalCurve other = SignalCurve.of(signal, 7);
        for (int step = 0; step < 500; step++) {
            Duration time = Duration.ofMillis(311L * step);
            assertThat(one.valueAt(time)).isEqualTo(other.valueAt(time));
        }
    }

    @Test
    void walksDifferentWaysWithDifferentSeeds() {
        Signal signal = signal("Double", Signal.Shape.WALK, 0.0, 10.0, null);
        assertThat(SignalCurve.of(signal, 1).valueAt(MINUTE))
                .isNotEqualTo(SignalCurve.of(signal, 2).valueAt(MINUTE));
    }

    // A simulated level that jumps would trip every alarm of the design under test.
    @Test
    void walkNeverStepsFurtherThanItsStep() {
        Signal signal =
                new Signal(
                        "Double",
                        Signal.Shape.WALK,
                        "9.9",
                        0.0,
                        10.0,
                        Duration.ofMillis(100),
                        0.5,
                        null,
                        null,
                        null,
                        false,
                        null);
        SignalCurve curve = SignalCurve.of(signal, 3);
        double before = number(curve, Duration.ZERO);
        assertThat(before).isEqualTo(9.9);
        for (int step = 1; step < 10_000; step++) {
            double now = number(curve, Duration.ofMillis(100L * step));
            assertThat(Math.abs(now - before)).isLessThanOrEqualTo(0.5 + 1e-12);
            before = now;
        }
    }

    @Test
    void walkGivesThePastAgainWhenAskedForIt() {
        SignalCurve curve = SignalCurve.of(signal("Double", Signal.Shape.WALK, 0.0, 1.0, null), 5);
        Value early = curve.valueAt(Duration.ofSeconds(3));
        curve.valueAt(MINUTE);
        assertThat(curve.valueAt(Duration.ofSeconds(3))).isEqualTo(early);
    }

    @Test
    void sineStartsInTheMiddleAndRampAtTheBottom() {
        assertThat(
                        number(
                                SignalCurve.of(
                                        signal("Double", Signal.Shape.SINE, 0.0, 8.0, MINUTE), 0),
                                Duration.ZERO))
                .isEqualTo(4);
        SignalCurve ramp = SignalCurve.of(signal("Double", Signal.Shape.RAMP, 0.0, 8.0, MINUTE), 0);
        assertThat(number(ramp, Duration.ZERO)).isZero();
        assertThat(number(ramp, Duration.ofSeconds(30))).isEqualTo(4);
    }

    @Test
    void countsEachSecondAndStartsAgainAfterItsLargestValue() {
        Signal signal = counter("UInt16", "7", 2.0, 9.0, null);
        SignalCurve curve = SignalCurve.of(signal, 0);
        assertThat(seconds(curve, 12))
                .containsExactly(7L, 8L, 9L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 2L);
    }

    @Test
    void countsDownWithANegativeStep() {
        SignalCurve curve = SignalCurve.of(counter("Int32", "3", 1.0, 4.0, -1.0), 0);
        assertThat(seconds(curve, 7)).containsExactly(3L, 2L, 1L, 4L, 3L, 2L, 1L);
    }

    @Test
    void counterOfAnIntegerTypeWrapsWhereTheTypeEnds() {
        SignalCurve curve = SignalCurve.of(counter("Byte", "254", null, null, null), 0);
        assertThat(seconds(curve, 4)).containsExactly(254L, 255L, 0L, 1L);
    }

    @Test
    void counterWithoutTypeIsAWholeNumber() {
        SignalCurve curve = SignalCurve.of(counter(null, null, null, null, null), 0);
        assertThat(curve.valueAt(Duration.ofSeconds(5))).isEqualTo(Value.of(5L));
    }

    @Test
    void goesThroughItsStatesInTheirOrder() {
        SignalCurve curve =
                SignalCurve.of(states(signal("Int32", Signal.Shape.STATES, null, null, null)), 0);
        assertThat(curve.valueAt(Duration.ZERO)).isEqualTo(new Value.Enumerated(0, "Stopped"));
        assertThat(curve.valueAt(Duration.ofSeconds(20)))
                .isEqualTo(new Value.Enumerated(1, "Starting"));
        assertThat(curve.valueAt(Duration.ofSeconds(60)))
                .isEqualTo(new Value.Enumerated(0, "Stopped"));
    }

    @Test
    void constantsKeepTheirExactValue() {
        assertThat(constant("UInt64", "18446744073709551615"))
                .isEqualTo(Value.of(new BigInteger("18446744073709551615")));
        assertThat(constant("Int64", "9007199254740993")).isEqualTo(Value.of(9007199254740993L));
        assertThat(constant("Float", "0.1")).isEqualTo(Value.of(0.1f));
        assertThat(constant("String", "007")).isEqualTo(Value.of("007"));
        assertThat(constant("Boolean", "true")).isEqualTo(Value.of(true));
        assertThat(constant("DateTime", "2026-01-01T00:00:00Z"))
                .isEqualTo(new Value.Time(Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(constant(null, "40")).isEqualTo(Value.of(40.0));
    }

    @Test
    void sayWhatDoesNotFitTheType() {
        assertThatThrownBy(() -> constant("Byte", "256"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("'256' is out of range: Byte takes 0 to 255");
        assertThatThrownBy(() -> constant("Int", "1"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("'Int' is not a type");
    }

    @Test
    void numbersOfAnIntegerTypeAreRoundedAndStayInRange() {
        SignalCurve curve =
                SignalCurve.of(signal("Byte", Signal.Shape.RAMP, -100.0, 400.0, MINUTE), 0);
        assertThat(curve.valueAt(Duration.ZERO)).isEqualTo(Value.of(0L));
        assertThat(curve.valueAt(Duration.ofSeconds(59))).isEqualTo(Value.of(255L));
    }

    @Test
    void goesBadForItsTimeAndNotAtTheStart() {
        Signal.Bad bad =
                new Signal.Bad(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(4),
                        Status.named("BadSensorFailure"));
        Signal signal =
                new Signal(
                        "Double",
                        Signal.Shape.SINE,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        bad);
        SignalCurve curve = SignalCurve.of(signal, 0);
        assertThat(curve.statusAt(Duration.ZERO)).isEqualTo(Status.GOOD);
        assertThat(curve.statusAt(Duration.ofSeconds(30)).name()).isEqualTo("BadSensorFailure");
        assertThat(curve.statusAt(Duration.ofMillis(33_999)).isBad()).isTrue();
        assertThat(curve.statusAt(Duration.ofSeconds(34))).isEqualTo(Status.GOOD);
        assertThat(curve.statusAt(Duration.ofSeconds(61)).isBad()).isTrue();
    }

    private static Value constant(String type, String text) {
        return SignalCurve.of(Signals.constant(type, text, false), 0).valueAt(MINUTE);
    }

    private static Signal signal(
            String type, Signal.Shape shape, Double min, Double max, Duration period) {
        return new Signal(type, shape, null, min, max, period, null, null, null, null, false, null);
    }

    private static Signal counter(String type, String value, Double min, Double max, Double step) {
        return new Signal(
                type,
                Signal.Shape.COUNTER,
                value,
                min,
                max,
                null,
                step,
                null,
                null,
                null,
                false,
                null);
    }

    private static Signal states(Signal signal) {
        return new Signal(
                signal.type(),
                signal.shape(),
                null,
                signal.min(),
                signal.max(),
                signal.period(),
                null,
                List.of("Stopped", "Starting", "Running"),
                Duration.ofSeconds(20),
                null,
                false,
                null);
    }

    private static List<Long> seconds(SignalCurve curve, int count) {
        return IntStream.range(0, count)
                .mapToObj(second -> ((Value.Int) curve.valueAt(Duration.ofSeconds(second))).value())
                .toList();
    }

    private static double number(SignalCurve curve, Duration elapsed) {
        return ((Value.Numeric) curve.valueAt(elapsed)).asDouble();
    }
}
