package io.fieldloom.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatencyMeterTest {
    private static final Offset<Double> A_HUNDREDTH = within(6.0);

    private final LatencyMeter meter = new LatencyMeter();

    private void record(int count, long wayMillis, long atSeconds) {
        long end = TimeUnit.SECONDS.toNanos(atSeconds);
        for (int n = 0; n < count; n++) {
            meter.record(end - TimeUnit.MILLISECONDS.toNanos(wayMillis), end);
        }
    }

    private LatencyMeter.Latency lastMinute(long atSeconds) {
        return meter.lastMinute(TimeUnit.SECONDS.toNanos(atSeconds));
    }

    // The first messages of a run wait for connections; the status bar must not show them for ever.
    @Test
    void theLastMinuteForgetsASlowStartAndTheWholeRunDoesNot() {
        record(50, 500, -5); // System.nanoTime() may be negative
        record(50, 3, 20);
        assertThat(lastMinute(21).p99Millis()).isCloseTo(500, A_HUNDREDTH);
        record(50, 3, 58);

        assertThat(lastMinute(58).count()).isEqualTo(100);
        assertThat(lastMinute(58).p99Millis()).isCloseTo(3, within(0.1));
        assertThat(meter.snapshot().count()).isEqualTo(150);
        assertThat(meter.snapshot().p99Millis()).isCloseTo(500, A_HUNDREDTH);
    }

    @Test
    void silenceAndResetLeaveNothing() {
        record(10, 3, 5);
        assertThat(lastMinute(200).count()).isZero();
        record(10, 3, 201);
        meter.reset();
        assertThat(lastMinute(201).count() + meter.snapshot().count()).isZero();
        record(1, 3, 202);
        assertThat(lastMinute(202).count()).isEqualTo(1);
    }
}
