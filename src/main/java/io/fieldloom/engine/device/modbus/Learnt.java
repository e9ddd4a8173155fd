package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.device.modbus.ReadPlan.Block;
import io.fieldloom.engine.device.modbus.ReadPlan.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one session has found out about its device: how much it gives in one request, where its
 * tables have holes, and which spans it refuses. Nothing of it is for ever: a hole that was there
 * may be filled by the next download to the PLC. Not thread-safe; times are {@link
 * System#nanoTime()}.
 */
final class Learnt {
    static final int MOST_REGISTERS = 125;
    static final int MOST_BITS = 2000;
    private static final long RECHECK = Duration.ofSeconds(30).toNanos();
    private static final long FORGET_HOLE = Duration.ofMinutes(10).toNanos();

    private final Map<Table, Integer> limits = new EnumMap<>(Table.class);
    private final Map<Table, List<Hole>> holes = new EnumMap<>(Table.class);
    private final Map<Table, Map<Span, Refusal>> refused = new EnumMap<>(Table.class);
    private final Map<Table, NavigableSet<Integer>> cuts = new EnumMap<>(Table.class);
    private final Map<Table, Map<Span, Integer>> unanswered = new EnumMap<>(Table.class);
    private long revision;

    private record Hole(Span span, long until) {}

    /**
     * A span that the device refuses.
     *
     * @param lasting whether it will stay so, so that it is asked again only now and then
     * @param pause for how long it is not worth asking again
     * @param recheck when that is over
     */
    record Refusal(Status status, boolean lasting, long pause, long recheck) {
        /** Whether asking costs a whole time-out, and not just an answer. */
        boolean isSilence() {
            return status.isSilence() || status.equals(ModbusStatus.UNEXPECTED_ANSWER);
        }

        /** Whether there is no need to ask: the answer would be the same. */
        boolean stands(long now) {
            return lasting && recheck - now > 0;
        }
    }

    /** Grows with every change that makes another plan of the same spans. */
    long revision(long now) {
        for (List<Hole> some : holes.values()) {
            if (some.removeIf(hole -> hole.until() - now < 0)) {
                revision++;
            }
        }
        return revision;
    }

    int limit(Table table) {
        return limits.getOrDefault(table, table.isRegisters() ? MOST_REGISTERS : MOST_BITS);
    }

    /** Ranges that no block may contain whole. */
    List<Span> holes(Table table) {
        List<Span> spans = new ArrayList<>();
        holes.getOrDefault(table, List.of()).forEach(hole -> spans.add(hole.span()));
        spans.addAll(refused.getOrDefault(table, Map.of()).keySet());
        return spans;
    }

    /** What the device said against a span, which is asked alone then if at all. */
    Optional<Refusal> refusal(Table table, Span span) {
        return Optional.ofNullable(refused.getOrDefault(table, Map.of()).get(span));
    }

    /** The device refused a block of a single span. */
    void refused(Table table, Span span, int code, long now) {
        refused(
                table,
                span,
                new Refusal(
                        ModbusStatus.exception(code),
                        ModbusStatus.isLasting(code),
                        RECHECK,
                        now + RECHECK));
    }

    private void refused(Table table, Span span, Refusal refusal) {
        if (refused.computeIfAbsent(table, t -> new HashMap<>()).put(span, refusal) == null) {
            revision++;
        }
    }

    /** The device answers others, but never this span: it is asked ever less often. */
    void mute(Table table, Span span, Status status, long now) {
        Refusal before = refusal(table, span).orElse(null);
        long pause =
                before == null || !before.isSilence()
                        ? RECHECK
                        : Math.min(2 * before.pause(), FORGET_HOLE);
        refused(table, span, new Refusal(status, true, pause, now + pause));
    }

    /**
     * The device did not answer a block.
     *
     * @return how often that was so, one time after the other
     */
    int unanswered(Table table, Block block) {
        return unanswered
                .computeIfAbsent(table, t -> new HashMap<>())
                .merge(block.range(), 1, Integer::sum);
    }

    /** Whether a block, or the one that it is a half of, was not answered the last time. */
    boolean isSuspect(Table table, Block block) {
        return unanswered.getOrDefault(table, Map.of()).containsKey(block.range());
    }

    /** One of the halves may be what the device never answers: they are not asked together. */
    void cut(Table table, Block left, Block right) {
        Map<Span, Integer> some = unanswered.computeIfAbsent(table, t -> new HashMap<>());
        some.put(left.range(), 1);
        some.put(right.range(), 1);
        cuts.computeIfAbsent(table, t -> new TreeSet<>()).add(right.range().from());
        revision++;
    }

    /** The spans that may be asked together, by the cuts made. */
    Collection<List<Span>> segments(Table table, List<Span> spans) {
        NavigableSet<Integer> some = cuts.get(table);
        if (some == null) {
            return List.of(spans);
        }
        Map<Integer, List<Span>> segments = new TreeMap<>();
        for (Span span : spans) {
            Integer begin = some.floor(span.from());
            segments.computeIfAbsent(begin == null ? 0 : begin, b -> new ArrayList<>()).add(span);
        }
        return segments.values();
    }

    /** The device answered a block: none of its spans is refused any more. */
    void answered(Table table, Block block) {
        Map<Span, Integer> silent = unanswered.get(table);
        if (silent != null) {
            silent.remove(block.range());
        }
        Map<Span, Refusal> some = refused.get(table);
        if (some != null && some.keySet().removeAll(block.spans())) {
            revision++;
        }
    }

    /** The device refused a block but answered both of its halves. */
    void bothHalvesGood(Table table, Block left, Block right, int code, long now) {
        int gap = right.range().from() - left.range().to();
        if (code == ModbusStatus.ILLEGAL_DATA_VALUE
                || code == ModbusStatus.ILLEGAL_DATA_ADDRESS && gap <= 0) {
            int most = Math.max(left.range().length(), right.range().length());
            limits.merge(table, most, Math::min);
            revision++;
        } else if (gap > 0) {
            long until = now + (ModbusStatus.isLasting(code) ? FORGET_HOLE : RECHECK);
            Span hole = new Span(left.range().to(), right.range().from());
            holes.computeIfAbsent(table, t -> new ArrayList<>()).add(new Hole(hole, until));
            revision++;
        }
    }
}
