package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.engine.device.modbus.ReadPlan.Block;
import io.fieldloom.engine.device.modbus.ReadPlan.Span;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearntTest {
    private static final long NOW = Long.MAX_VALUE - 5; // nanoTime may overflow at any moment

    private final Learnt learnt = new Learnt();

    private static long after(Duration time) {
        return NOW + time.toNanos();
    }

    private static Block block(int from, int to) {
        return Block.of(List.of(new Span(from, to)));
    }

    // An address that was missing may be there after the next download to the PLC.
    @Test
    void anIllegalAddressIsAskedAgainNowAndThen() {
        Span span = new Span(7, 9);
        learnt.refused(Table.HOLDING, span, 2, NOW);

        Learnt.Refusal refusal = learnt.refusal(Table.HOLDING, span).orElseThrow();
        assertThat(refusal.status().name()).isEqualTo("BadIllegalDataAddress (2)");
        assertThat(refusal.stands(after(Duration.ofSeconds(29)))).isTrue();
        assertThat(refusal.stands(after(Duration.ofSeconds(31)))).isFalse();
        assertThat(learnt.refusal(Table.INPUT, span)).isEmpty();
        assertThat(learnt.holes(Table.HOLDING)).containsExactly(span);

        learnt.answered(Table.HOLDING, block(7, 9));
        assertThat(learnt.refusal(Table.HOLDING, span)).isEmpty();
        assertThat(learnt.holes(Table.HOLDING)).isEmpty();
    }

    @Test
    void aFailingAddressIsAskedAloneAtEachPoll() {
        Span span = new Span(7, 9);
        learnt.refused(Table.HOLDING, span, 4, NOW);

        assertThat(learnt.refusal(Table.HOLDING, span))
                .hasValueSatisfying(refusal -> assertThat(refusal.stands(NOW)).isFalse());
    }

    @Test
    void aHoleIsForgottenAfterAWhile() {
        learnt.bothHalvesGood(Table.COIL, block(0, 4), block(9, 12), 2, NOW);
        long revision = learnt.revision(NOW);

        assertThat(learnt.holes(Table.COIL)).containsExactly(new Span(4, 9));
        assertThat(learnt.revision(after(Duration.ofMinutes(9)))).isEqualTo(revision);
        assertThat(learnt.revision(after(Duration.ofMinutes(11)))).isGreaterThan(revision);
        assertThat(learnt.holes(Table.COIL)).isEmpty();
    }

    @Test
    void halvesWithoutAGapAreASizeLimit() {
        assertThat(learnt.limit(Table.INPUT)).isEqualTo(125);
        learnt.bothHalvesGood(Table.INPUT, block(0, 62), block(62, 125), 2, NOW);

        assertThat(learnt.limit(Table.INPUT)).isEqualTo(63);
        assertThat(learnt.limit(Table.HOLDING)).isEqualTo(125);
        assertThat(learnt.limit(Table.COIL)).isEqualTo(2000);
        assertThat(learnt.holes(Table.INPUT)).isEmpty();
    }
}
