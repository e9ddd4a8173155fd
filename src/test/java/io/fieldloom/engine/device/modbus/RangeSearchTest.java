package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.engine.device.Scan.Range;
import io.fieldloom.engine.device.Scan.Where;
import io.fieldloom.engine.device.modbus.Call.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeSearchTest {
    private int questions;

    private List<Range> search(Where where, BitSet readable, int limit) throws Exception {
        List<Range> found = new ArrayList<>();
        questions = 0;
        RangeSearch search =
                new RangeSearch(
                        where,
                        Table.HOLDING,
                        call -> {
                            questions++;
                            ByteBuffer pdu = ByteBuffer.wrap(call.pdu());
                            int from = pdu.getShort(1) & 0xFFFF;
                            int count = pdu.getShort(3) & 0xFFFF;
                            if (count > limit) {
                                return new Outcome.Refused(3);
                            }
                            return readable.nextClearBit(from) >= from + count
                                    ? new Outcome.Data(new byte[2 * count])
                                    : new Outcome.Refused(2);
                        },
                        progress -> {});
        assertThat(search.run(found::add)).isTrue();
        return found;
    }

    private static List<Range> rangesOf(BitSet readable) {
        List<Range> ranges = new ArrayList<>();
        for (int at = readable.nextSetBit(0); at >= 0; ) {
            int end = readable.nextClearBit(at);
            ranges.add(new Range(1, "holding", at, end - 1));
            at = readable.nextSetBit(end);
        }
        return ranges;
    }

    // Also on devices that give fewer registers in one answer than the standard allows.
    @Test
    void everyRangeIsFoundExactly() throws Exception {
        Random random = new Random(8);
        for (int round = 0; round < 200; round++) {
            BitSet readable = new BitSet();
            for (int n = random.nextInt(6); n >= 0; n--) {
                int from = random.nextInt(900);
                readable.set(from, from + 1 + random.nextInt(300));
            }
            Where where = new Where(1, "holding", 0, 1999, 1);

            assertThat(search(where, readable, 1 + random.nextInt(125)))
                    .as("round %d", round)
                    .isEqualTo(rangesOf(readable));
        }
    }

    @Test
    void aLargeTableTakesFewQuestions() throws Exception {
        BitSet readable = new BitSet();
        readable.set(0, 100);
        readable.set(4000, 4600);
        readable.set(65_530, 65_536);

        assertThat(search(new Where(1, "holding", 0, 65_535, 8), readable, 125))
                .isEqualTo(rangesOf(readable));
        assertThat(questions).isLessThan(9200);
    }

    @Test
    void aSilentDeviceIsNotAskedForTheRest() throws Exception {
        List<Range> found = new ArrayList<>();
        RangeSearch search =
                new RangeSearch(
                        new Where(1, "holding", 0, 65_535, 1),
                        Table.HOLDING,
                        call -> {
                            questions++;
                            return new Outcome.Silent();
                        },
                        progress -> {});
        assertThat(search.run(found::add)).isFalse();
        assertThat(questions).isEqualTo(3);
        assertThat(found).isEmpty();
    }
}
