package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.engine.device.modbus.ReadPlan.Block;
import io.fieldloom.engine.device.modbus.ReadPlan.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadPlanTest {
    private static final long SEED = 8;

    private static Span span(int from, int length) {
        return new Span(from, from + length);
    }

    @Test
    void neighboursAreReadTogetherAcrossGaps() {
        List<Block> plan =
                ReadPlan.of(
                        List.of(span(0, 2), span(10, 2), span(123, 2), span(125, 1)),
                        125,
                        125,
                        List.of());

        assertThat(plan).extracting(Block::range).containsExactly(span(0, 125), span(125, 1));
    }

    @Test
    void aHoleIsReadAround() {
        List<Block> plan =
                ReadPlan.of(
                        List.of(span(0, 2), span(4, 2), span(8, 2)), 125, 125, List.of(span(6, 2)));

        assertThat(plan).extracting(Block::range).containsExactly(span(0, 6), span(8, 2));
    }

    @Test
    void everyTagIsInExactlyOneRequestWithinTheLimits() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            int limit = 4 + random.nextInt(122);
            int maxGap = random.nextInt(limit + 1);
            List<Span> spans = spans(random, 1 + random.nextInt(200), 3000, 4);
            List<Block> plan = ReadPlan.of(spans, limit, maxGap, List.of());

            List<Span> covered = plan.stream().flatMap(b -> b.spans().stream()).toList();
            assertThat(covered)
                    .as("round %d", round)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(spans.stream().distinct().toList());
            for (Block block : plan) {
                assertThat(block.range().length()).isLessThanOrEqualTo(limit);
                assertThat(block.spans()).allMatch(block.range()::contains);
            }
        }
    }

    // Fewest requests is what makes a scattered plant readable at all: it is worth a factor of 25.
    @Test
    void noPlanNeedsFewerRequests() {
        Random random = new Random(SEED);
        for (int round = 0; round < 400; round++) {
            int limit = 4 + random.nextInt(8);
            int maxGap = random.nextInt(limit);
            List<Span> spans = spans(random, 1 + random.nextInt(7), 24, 4);
            List<Span> holes =
                    random.nextBoolean() ? List.of() : List.of(span(random.nextInt(24), 1));
            holes = holes.stream().filter(h -> spans.stream().noneMatch(s -> touch(s, h))).toList();

            List<Block> plan = ReadPlan.of(spans, limit, maxGap, holes);

            assertThat(plan.size())
                    .as("round %d: %s limit %d gap %d holes %s", round, spans, limit, maxGap, holes)
                    .isEqualTo(fewest(spans.stream().distinct().toList(), limit, maxGap, holes));
        }
    }

    private static boolean touch(Span a, Span b) {
        return a.from() < b.to() && b.from() < a.to();
    }

    private static List<Span> spans(Random random, int count, int range, int longest) {
        return IntStream.range(0, count)
                .mapToObj(i -> span(random.nextInt(range), 1 + random.nextInt(longest)))
                .toList();
    }

    /** Tries all ways of dealing the spans out to requests. */
    private static int fewest(List<Span> spans, int limit, int maxGap, List<Span> holes) {
        return deal(spans, 0, new ArrayList<>(), limit, maxGap, holes, spans.size());
    }

    private static int deal(
            List<Span> spans,
            int next,
            List<List<Span>> groups,
            int limit,
            int maxGap,
            List<Span> holes,
            int best) {
        if (next == spans.size()) {
            return groups.stream().allMatch(g -> isOneRequest(g, limit, maxGap, holes))
                    ? Math.min(best, groups.size())
                    : best;
        }
        int found = best;
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).add(spans.get(next));
            found = deal(spans, next + 1, groups, limit, maxGap, holes, found);
            groups.get(i).remove(groups.get(i).size() - 1);
        }
        groups.add(new ArrayList<>(List.of(spans.get(next))));
        found = deal(spans, next + 1, groups, limit, maxGap, holes, found);
        groups.remove(groups.size() - 1);
        return found;
    }

    private static boolean isOneRequest(List<Span> group, int limit, int maxGap, List<Span> holes) {
        List<Span> sorted = group.stream().sorted().toList();
        int from = sorted.get(0).from();
        int end = sorted.get(0).to();
        for (Span span : sorted) {
            if (span.from() - end > maxGap) {
                return false;
            }
            end = Math.max(end, span.to());
        }
        int to = end;
        return end - from <= limit
                && holes.stream().noneMatch(h -> h.from() >= from && h.to() <= to);
    }
}
