package io.fieldloom.engine.device.modbus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which registers (or bits) of one table to ask for together. Pure.
 *
 * <p>One request costs a round trip whatever its size, so neighbours are merged across the gaps
 * between them. The plan is the smallest one: blocks begin at the first span not yet covered and
 * take every span that still fits; exchanging a block of any other plan for such a one never needs
 * more blocks.
 */
final class ReadPlan {
    private ReadPlan() {}

    /** A half-open range of addresses. */
    record Span(int from, int to) implements Comparable<Span> {
        private static final Comparator<Span> ORDER =
                Comparator.comparingInt(Span::from).thenComparingInt(Span::to);

        Span {
            if (from >= to) {
                throw new IllegalArgumentException("empty span " + from + ".." + to);
            }
        }

        int length() {
            return to - from;
        }

        boolean contains(Span other) {
            return from <= other.from && other.to <= to;
        }

        @Override
        public int compareTo(Span other) {
            return ORDER.compare(this, other);
        }
    }

    /** One request: what it reads and the spans that it answers, sorted. */
    record Block(Span range, List<Span> spans) {
        Block {
            spans = List.copyOf(spans);
        }

        /** The block that reads exactly these spans. */
        static Block of(List<Span> sorted) {
            int to = sorted.stream().mapToInt(Span::to).max().orElseThrow();
            return new Block(new Span(sorted.get(0).from(), to), sorted);
        }

        /** The same spans in two blocks; needs two spans at least. */
        List<Block> halves() {
            int middle = spans.size() / 2;
            return List.of(of(spans.subList(0, middle)), of(spans.subList(middle, spans.size())));
        }
    }

    /**
     * @param spans what to read, in any order; equal ones count once
     * @param limit the most addresses in one request; a single longer span is asked all the same
     * @param maxGap the most unused addresses in a row that are read along
     * @param holes ranges that no block may contain whole, since the device refuses something in
     *     them
     */
    static List<Block> of(List<Span> spans, int limit, int maxGap, List<Span> holes) {
        List<Span> left = new ArrayList<>(spans.stream().distinct().sorted().toList());
        List<Span> sortedHoles = holes.stream().sorted().toList();
        List<Block> blocks = new ArrayList<>();
        while (!left.isEmpty()) {
            Span first = left.get(0);
            int end = first.to();
            List<Span> taken = new ArrayList<>(List.of(first));
            List<Span> rest = new ArrayList<>();
            int next = 1;
            for (; next < left.size(); next++) {
                Span span = left.get(next);
                if (span.from() >= first.from() + limit || span.from() - end > maxGap) {
                    break;
                }
                int newEnd = Math.max(end, span.to());
                if (newEnd - first.from() <= limit
                        && (newEnd == end || !hasHole(sortedHoles, first.from(), newEnd))) {
                    taken.add(span);
                    end = newEnd;
                } else {
                    rest.add(span);
                }
            }
            blocks.add(new Block(new Span(first.from(), end), taken));
            rest.addAll(left.subList(next, left.size()));
            left = rest;
        }
        return blocks;
    }

    private static boolean hasHole(List<Span> holes, int from, int to) {
        for (Span hole : holes) {
            if (hole.from() >= from && hole.to() <= to) {
                return true;
            }
        }
        return false;
    }
}
