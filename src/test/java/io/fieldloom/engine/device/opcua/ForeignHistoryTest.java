package io.fieldloom.engine.device.opcua;

import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static io.fieldloom.engine.device.opcua.OpcUaBench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.History;
import io.fieldloom.engine.device.History.Aggregate;
import io.fieldloom.engine.device.History.Past;
import io.fieldloom.engine.device.History.Range;
import io.fieldloom.foreign.NodeOpcuaServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of a server that we did not write. */
@Tag("foreign")
class ForeignHistoryTest {
    private static final String PAST = "nsu=urn:foreign:filler;s=Past";
    private static final String LEVEL = "nsu=urn:foreign:filler;s=Level";
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path folder;
    private OpcUaBench bench;
    private NodeOpcuaServer server;
    private History history;

    @BeforeEach
    void begin() throws Exception {
        bench = new OpcUaBench(folder.resolve("home"));
        server = new NodeOpcuaServer(folder.resolve("pki"));
        server.start("--aggregates");
        history =
                bench.connected(server.endpoint(), new OpcUaBench.Events())
                        .capability(History.class)
                        .orElseThrow();
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
        if (server != null) {
            server.kill();
        }
    }

    // More than one piece: the continuation points are followed, nothing is lost or doubled.
    @Test
    void readsAllOfATimeInOrder() throws Exception {
        Past past = answer(history.read(PAST, new Range(BEGIN, BEGIN.plusSeconds(2_400)), 10_000));

        assertThat(past.complete()).isTrue();
        assertThat(past.samples())
                .extracting(sample -> sample.time().getEpochSecond() - BEGIN.getEpochSecond())
                .startsWith(0L, 1L, 2L)
                .hasSizeBetween(2_400, 2_401)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(past.samples().get(1_234).value()).isEqualTo(Value.of(1234.0));
    }

    @Test
    void givesTheNewestWhereThereWasMoreThanWasAskedFor() throws Exception {
        Past past = answer(history.read(PAST, new Range(BEGIN, BEGIN.plusSeconds(2_400)), 1_500));

        assertThat(past.complete()).isFalse();
        assertThat(past.samples())
                .extracting(sample -> ((Value.Numeric) sample.value()).decimal().longValue())
                .containsExactlyElementsOf(LongStream.rangeClosed(901, 2_400).boxed().toList());
        // its continuation point was given back, so that others find one
        for (int i = 0; i < 30; i++) {
            answer(history.read(PAST, new Range(BEGIN, BEGIN.plusSeconds(2_400)), 10));
        }
    }

    @Test
    void calculatesWhatTheServerOffersForEachInterval() throws Exception {
        assertThat(answer(history.kept(PAST)).aggregates())
                .contains(Aggregate.AVERAGE, Aggregate.MINIMUM, Aggregate.MAXIMUM, Aggregate.COUNT);
        Range twoMinutes = new Range(BEGIN.plusSeconds(60), BEGIN.plusSeconds(180));

        assertThat(processed(twoMinutes, Aggregate.MINIMUM)).containsExactly(60.0, 120.0);
        assertThat(processed(twoMinutes, Aggregate.MAXIMUM)).containsExactly(119.0, 179.0);
        assertThat(processed(twoMinutes, Aggregate.AVERAGE)).containsExactly(89.5, 149.5);
        assertThat(processed(twoMinutes, Aggregate.COUNT)).containsExactly(60.0, 60.0);
        assertThat(processed(twoMinutes, Aggregate.INTERPOLATIVE)).containsExactly(60.0, 120.0);

        Past newest =
                answer(
                        history.processed(
                                PAST, twoMinutes, Aggregate.MINIMUM, Duration.ofMinutes(1), 1));
        assertThat(newest.complete()).isFalse();
        assertThat(newest.samples()).hasSize(1);
        assertThat(newest.samples().get(0).value()).isEqualTo(Value.of(120.0));
    }

    private List<Double> processed(Range range, Aggregate aggregate) throws Exception {
        Past past = answer(history.processed(PAST, range, aggregate, Duration.ofMinutes(1), 100));
        assertThat(past.complete()).isTrue();
        return past.samples().stream()
                .map(sample -> ((Value.Numeric) sample.value()).asDouble())
                .toList();
    }

    @Test
    void aTimeWithoutValuesIsEmptyAndNoFailure() throws Exception {
        Past past =
                answer(
                        history.read(
                                PAST,
                                new Range(BEGIN.minusSeconds(9_000), BEGIN.minusSeconds(60)),
                                100));

        assertThat(past.samples()).isEmpty();
        assertThat(past.complete()).isTrue();
    }

    @Test
    void onlyWhatTheServerRecordsHasAPast() throws Exception {
        assertThat(answer(history.kept(PAST)).values()).isTrue();
        assertThat(answer(history.kept(LEVEL)).values()).isFalse();
        assertThat(failure(history.read(LEVEL, new Range(BEGIN, BEGIN.plusSeconds(60)), 10)))
                .satisfies(why -> assertThat(why.kind()).isEqualTo(Kind.BAD_ADDRESS))
                .hasMessageContaining("does not give its history (Bad");
    }

    @Test
    void aCancelledReadingEndsAndLeavesTheSessionAsItWas() throws Exception {
        history.read(PAST, new Range(BEGIN, BEGIN.plusSeconds(2_400)), 10_000).cancel(true);

        assertThat(
                        answer(history.read(PAST, new Range(BEGIN, BEGIN.plusSeconds(10)), 100))
                                .samples())
                .isNotEmpty();
    }
}
