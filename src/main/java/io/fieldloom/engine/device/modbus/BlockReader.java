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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** So often a block is not answered while others are, before it is taken apart. */
    private static final int TOO_OFTEN = 2;

    /** And a single span is left out; a line that loses a frame now and then is none of that. */
    private static final int NEVER = 5;

    /** How long a single reading goes on looking for what is not answered. */
    private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

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
        /** The sample of the address at that place of the list; of several the last one counts. */
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
        private Call proven;
        private final Set<ModbusAddress> undecoded = new HashSet<>();

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
            List<Span> holes = learnt.holes(table);
            for (List<Span> segment : learnt.segments(table, together)) {
                for (Block block : ReadPlan.of(segment, limit, limit, holes)) {
                    into.add(part(table, block, null));
                }
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

        /** Reads all addresses, as is done again and again. Each gets one sample. */
        Tally poll(Sink sink) throws IOException {
            return read(sink, false);
        }

        /**
         * Reads all addresses for once. What is silent within a block is looked for at once, which
         * takes its time; a poll does so from one round to the next.
         */
        Tally readOnce(Sink sink) throws IOException {
            return read(sink, true);
        }

        private Tally read(Sink sink, boolean once) throws IOException {
            long now = System.nanoTime();
            List<Part> round = new ArrayList<>();
            int rechecks = 0;
            boolean waits = false;
            for (Part part : plan(now)) {
                Learnt.Refusal refusal =
                        learnt.refusal(part.table, part.block.spans().get(0)).orElse(null);
                if (refusal != null
                        && refusal.lasting()
                        && (refusal.stands(now)
                                || rechecks++ >= MOST_RECHECKS
                                || waits && refusal.isSilence())) {
                    fail(part, refusal.status(), sink);
                } else {
                    waits |= refusal != null && refusal.isSilence();
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
            boolean first = true;
            while (!todo.isEmpty()) {
                Asked asked = ask(todo);
                List<Part> next = new ArrayList<>();
                List<Mute> mutes = new ArrayList<>();
                for (int i = 0; i < todo.size(); i++) {
                    Outcome outcome = asked.outcomes.get(i);
                    if (isAnswer(outcome)) {
                        answered++;
                    } else {
                        unanswered++;
                        mutes.add(new Mute(todo.get(i), outcome));
                    }
                    take(todo.get(i), outcome, sink, next);
                }
                sink.roundEnded();
                boolean goesOn = once && System.nanoTime() - now < PATIENCE;
                if (asked.isThere && !mutes.isEmpty()) {
                    boolean atOnce = goesOn && (first || answered > 0);
                    List<Part> parts = takeApart(mutes, answered > 0, atOnce);
                    next.addAll(goesOn ? parts : List.of());
                }
                todo = next;
                first = false;
            }
            turn = unanswered == 0 ? 0 : turn + 1;
            return new Tally(answered, unanswered);
        }

        /**
         * One outcome for each part. A question that was answered before follows each that was not,
         * to tell a hole from a device that has gone.
         */
        private Asked ask(List<Part> parts) throws IOException {
            List<Call> calls = new ArrayList<>(parts.size());
            BitSet controls = new BitSet();
            for (Part part : parts) {
                calls.add(part.call());
                if (proven != null && learnt.isSuspect(part.table, part.block)) {
                    controls.set(calls.size());
                    calls.add(proven);
                }
            }
            List<Outcome> all = link.exchange(calls);
            if (controls.isEmpty()) {
                return new Asked(all, true);
            }
            List<Outcome> outcomes = new ArrayList<>(parts.size());
            boolean isThere = true;
            for (int i = 0; i < all.size(); i++) {
                if (controls.get(i)) {
                    isThere &= isAnswer(all.get(i));
                } else {
                    outcomes.add(all.get(i));
                }
            }
            proven = isThere ? proven : null;
            return new Asked(outcomes, isThere);
        }

        /** Learns from what was not answered; the parts that may be asked instead. */
        private List<Part> takeApart(List<Mute> mutes, boolean othersAnswer, boolean atOnce) {
            List<Part> parts = new ArrayList<>();
            for (Mute mute : mutes) {
                Part part = mute.part;
                if (mute.outcome instanceof Outcome.NotAsked) {
                    parts.addAll(othersAnswer ? List.of(part) : List.of());
                    continue;
                }
                int times = learnt.unanswered(part.table, part.block);
                List<Span> spans = part.block.spans();
                if (spans.size() > 1 && (times >= TOO_OFTEN || atOnce)) {
                    List<Block> two = part.block.halves();
                    learnt.cut(part.table, two.get(0), two.get(1));
                    two.forEach(half -> parts.add(part(part.table, half, null)));
                } else if (spans.size() == 1
                        && othersAnswer
                        && times >= NEVER
                        && !(mute.outcome instanceof Outcome.Garbled)) {
                    learnt.mute(part.table, spans.get(0), status(mute.outcome), System.nanoTime());
                }
            }
            return parts;
        }

        private void take(Part part, Outcome outcome, Sink sink, List<Part> halves) {
            if (outcome instanceof Outcome.Data data) {
                proven = proven == null ? part.call() : proven;
                learnt.answered(part.table, part.block);
                decode(part, data.bytes(), sink);
                part.ended(true);
            } else if (outcome instanceof Outcome.Refused refused) {
                refused(part, refused.code(), sink, halves);
            } else if (outcome instanceof Outcome.Garbled garbled) {
                note.accept("the device " + garbled.what() + "; the connection was dropped");
                fail(part, status(outcome), sink);
                part.ended(false);
            } else {
                if (outcome instanceof Outcome.Silent silent && silent.instead() != null) {
                    note.accept("the device " + silent.instead());
                }
                fail(part, status(outcome), sink);
                part.ended(false);
            }
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
                    if (decoded.status().isBad()) {
                        tellUndecoded(taker, bytes);
                    }
                    sink.accept(
                            taker.index,
                            new Sample(decoded.value(), decoded.status(), null, null, now));
                } else {
                    boolean on = (bytes[taker.offset / 8] >> taker.offset % 8 & 1) == 1;
                    sink.accept(taker.index, Sample.good(Value.of(on), now));
                }
            }
        }

        /** Once for an address: what is there instead changes with every reading. */
        private void tellUndecoded(Taker taker, byte[] bytes) {
            if (undecoded.add(taker.address)) {
                int from = 2 * taker.offset;
                int to = from + 2 * taker.address.registers();
                note.accept(
                        taker.address.text()
                                + " is 0x"
                                + HexFormat.of().withUpperCase().formatHex(bytes, from, to)
                                + ", which is no binary-coded decimal; try another type");
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

    private static boolean isAnswer(Outcome outcome) {
        return outcome instanceof Outcome.Data || outcome instanceof Outcome.Refused;
    }

    /** What a question without an answer means for a value. */
    private static Status status(Outcome outcome) {
        if (outcome instanceof Outcome.Silent silent) {
            return silent.status();
        }
        if (outcome instanceof Outcome.Garbled) {
            return ModbusStatus.UNEXPECTED_ANSWER;
        }
        return outcome instanceof Outcome.Closed
                ? ModbusStatus.CONNECTION_CLOSED
                : Status.BAD_TIMEOUT;
    }

    /**
     * What came of a round.
     *
     * @param isThere false when not even a proven question was answered
     */
    private record Asked(List<Outcome> outcomes, boolean isThere) {}

    /** A part that was not answered. */
    private record Mute(Part part, Outcome outcome) {}

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
