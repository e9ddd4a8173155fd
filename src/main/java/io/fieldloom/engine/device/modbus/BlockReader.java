package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.modbus.Call.Outcome;
import io.fieldloom.engine.device.modbus.ReadPlan.Block;
import io.fieldloom.engine.device.modbus.ReadPlan.Span;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads many addresses in few requests. A block that the device refuses is halved until the refusal
 * is down to the span that it is about; what was learnt by that is kept for the next time. Not
 * thread-safe: one session's lane calls it.
 */
final class BlockReader {
    /** A thousand wrong addresses must not fall due in one reading. */
    private static final int MOST_RECHECKS = 8;

    private final ModbusLink link;
    private final Consumer<String> note;
    private final Learnt learnt = new Learnt();

    /**
     * @param note told what an engineer should know about the device's answers
     */
    BlockReader(ModbusLink link, Consumer<String> note) {
        this.link = link;
        this.note = note;
    }

    /** Takes the samples of a reading. */
    @FunctionalInterface
    interface Sink {
        /** The sample of the address at that place of the list. */
        void accept(int index, Sample sample);

        /** What has come so far need not wait for what is being asked again in smaller parts. */
        default void roundEnded() {}
    }

    /**
     * How a reading went.
     *
     * @param answered requests that the device answered, be it with an exception
     * @param unanswered requests without an answer
     */
    record Tally(int answered, int unanswered) {
        /** Whether the device was asked and said nothing at all. */
        boolean isSilence() {
            return unanswered > 0 && answered == 0;
        }
    }

    /** A list of addresses and its plan, kept as long as nothing new is learnt. */
    final class Selection {
        private final List<ModbusAddress> addresses;
        private final Map<Table, Map<Span, List<Integer>>> places = new EnumMap<>(Table.class);
        private List<Part> plan = List.of();
        private long planned = -1;
        private int turn;

        Selection(List<ModbusAddress> addresses) {
            this.addresses = List.copyOf(addresses);
            for (int i = 0; i < addresses.size(); i++) {
                ModbusAddress address = addresses.get(i);
                Span span = new Span(address.address(), address.address() + address.registers());
                places.computeIfAbsent(address.table(), t -> new TreeMap<>())
                        .computeIfAbsent(span, s -> new ArrayList<>(1))
                        .add(i);
            }
        }

        private List<Part> plan(long now) {
            if (planned != learnt.revision(now)) {
                planned = learnt.revision(now);
                List<Part> fresh = new ArrayList<>();
                places.forEach((table, spans) -> plan(table, spans, fresh));
                plan = fresh;
            }
            return plan;
        }

        private void plan(Table table, Map<Span, List<Integer>> spans, List<Part> into) {
            List<Span> together = new ArrayList<>();
            for (Span span : spans.keySet()) {
                if (learnt.refusal(table, span).isPresent()) {
                    into.add(part(table, Block.of(List.of(span)), null));
                } else {
                    together.add(span);
                }
            }
            int limit = learnt.limit(table);
            for (Block block : ReadPlan.of(together, limit, limit, learnt.holes(table))) {
                into.add(part(table, block, null));
            }
        }

        private Part part(Table table, Block block, Split from) {
            List<Taker> takers = new ArrayList<>();
            for (Span span : block.spans()) {
                int offset = span.from() - block.range().from();
                for (int index : places.get(table).get(span)) {
                    takers.add(new Taker(index, offset, addresses.get(index)));
                }
            }
            Call call = Call.read(table, block.range().from(), block.range().length());
            return new Part(table, block, List.copyOf(takers), call, from);
        }

        /** Reads all addresses once. Each gets exactly one sample. */
        Tally read(Sink sink) throws IOException {
            long now = System.nanoTime();
            List<Part> round = new ArrayList<>();
            int rechecks = 0;
            for (Part part : plan(now)) {
                Learnt.Refusal refusal =
                        learnt.refusal(part.table, part.block.spans().get(0)).orElse(null);
                if (refusal != null
                        && refusal.lasting()
                        && (refusal.stands(now) || rechecks++ >= MOST_RECHECKS)) {
                    fail(part, refusal.status(), sink);
                } else {
                    round.add(part);
                }
            }
            if (round.isEmpty()) {
                sink.roundEnded();
            }
            // a silent device is asked only a few things a time: not always the same ones
            Collections.rotate(round, round.isEmpty() ? 0 : -turn % round.size());
            int answered = 0;
            int unanswered = 0;
            List<Part> todo = round;
            while (!todo.isEmpty()) {
                List<Outcome> outcomes = link.exchange(todo.stream().map(Part::call).toList());
                List<Part> halves = new ArrayList<>();
                for (int i = 0; i < todo.size(); i++) {
                    Outcome outcome = outcomes.get(i);
                    if (outcome instanceof Outcome.Data || outcome instanceof Outcome.Refused) {
                        answered++;
                    } else {
                        unanswered++;
                    }
                    take(todo.get(i), outcome, sink, halves);
                }
                sink.roundEnded();
                todo = halves;
            }
            turn = unanswered == 0 ? 0 : turn + 1;
            return new Tally(answered, unanswered);
        }

        private void take(Part part, Outcome outcome, Sink sink, List<Part> halves) {
            if (outcome instanceof Outcome.Data data) {
                learnt.answered(part.table, part.block);
                decode(part, data.bytes(), sink);
                part.ended(true);
            } else if (outcome instanceof Outcome.Refused refused) {
                refused(part, refused.code(), sink, halves);
            } else if (outcome instanceof Outcome.Garbled garbled) {
                note.accept("the device " + garbled.what() + "; the connection was dropped");
                fail(part, ModbusStatus.UNEXPECTED_ANSWER, sink);
                part.ended(false);
            } else {
                fail(part, unanswered(outcome), sink);
                part.ended(false);
            }
        }

        private Status unanswered(Outcome outcome) {
            if (outcome instanceof Outcome.Silent silent && silent.instead() != null) {
                note.accept("the device " + silent.instead());
                return silent.status();
            }
            return outcome instanceof Outcome.Closed
                    ? ModbusStatus.CONNECTION_CLOSED
                    : Status.BAD_TIMEOUT;
        }

        private void refused(Part part, int code, Sink sink, List<Part> halves) {
            if (!ModbusStatus.isAboutAddress(code) || part.block.spans().size() == 1) {
                if (ModbusStatus.isAboutAddress(code)) {
                    Span span = part.block.spans().get(0);
                    learnt.refused(part.table, span, code, System.nanoTime());
                }
                fail(part, ModbusStatus.exception(code), sink);
                part.ended(false);
                return;
            }
            List<Block> two = part.block.halves();
            Split split = new Split(part.table, two.get(0), two.get(1), code);
            two.forEach(half -> halves.add(part(part.table, half, split)));
            part.ended(false);
        }

        private void decode(Part part, byte[] bytes, Sink sink) {
            Instant now = Instant.now();
            for (Taker taker : part.takers) {
                if (part.table.isRegisters()) {
                    RegisterCodec.Decoded decoded =
                            RegisterCodec.decode(taker.address, bytes, 2 * taker.offset);
                    sink.accept(
                            taker.index,
                            new Sample(decoded.value(), decoded.status(), null, null, now));
                } else {
                    boolean on = (bytes[taker.offset / 8] >> taker.offset % 8 & 1) == 1;
                    sink.accept(taker.index, Sample.good(Value.of(on), now));
                }
            }
        }

        private void fail(Part part, Status status, Sink sink) {
            Sample failed = Sample.failed(status, Instant.now());
            part.takers.forEach(taker -> sink.accept(taker.index, failed));
        }
    }

    /**
     * Who takes a value out of a block's answer. They lie in the order of the answer, so that
     * thousands of tags are read without jumping about in memory.
     *
     * @param index the address's place in the list
     * @param offset registers or bits from the block's begin
     */
    private record Taker(int index, int offset, ModbusAddress address) {}

    /** A block that is asked, who takes its values, the question, and the split it came from. */
    private record Part(Table table, Block block, List<Taker> takers, Call call, Split from) {
        void ended(boolean good) {
            if (from != null) {
                from.halfEnded(good);
            }
        }
    }

    /** A refused block whose halves are being asked. */
    private final class Split {
        private final Table table;
        private final Block left;
        private final Block right;
        private final int code;
        private int good;

        Split(Table table, Block left, Block right, int code) {
            this.table = table;
            this.left = left;
            this.right = right;
            this.code = code;
        }

        void halfEnded(boolean halfGood) {
            if (halfGood && ++good == 2) {
                learnt.bothHalvesGood(table, left, right, code, System.nanoTime());
            }
        }
    }
}
