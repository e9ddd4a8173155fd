package io.fieldloom.engine.device.modbus;

import io.fieldloom.engine.device.FrameLog.Direction;
import io.fieldloom.engine.device.FrameLog.Frame;
import io.fieldloom.engine.device.FrameLog.Recording;
import io.fieldloom.engine.device.modbus.Framing.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The newest frames of a line while somebody looks at them. Bounded. Thread-safe. */
final class FrameRing implements Recording {
    private final Line line;
    private final int capacity;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long total;

    /** A frame and the question that says what it means; null for an answer to nothing. */
    private record Entry(
            Instant time,
            Direction direction,
            byte[] bytes,
            int unit,
            byte[] pdu,
            Call call,
            Duration roundTrip) {
        Frame frame() {
            String meaning =
                    direction == Direction.SENT
                            ? FrameText.request(unit, pdu)
                            : FrameText.answer(unit, pdu, call == null ? null : call.pdu());
            return new Frame(time, direction, bytes, unit, meaning, roundTrip);
        }
    }

    FrameRing(Line line, int capacity) {
        this.line = line;
        this.capacity = Math.max(1, capacity);
        line.watch(this);
    }

    void sent(int unit, byte[] bytes, Call call) {
        add(new Entry(Instant.now(), Direction.SENT, bytes, unit, call.pdu(), call, null));
    }

    void received(Answer answer, byte[] bytes, Call call, Duration roundTrip) {
        add(
                new Entry(
                        Instant.now(),
                        Direction.RECEIVED,
                        bytes,
                        answer.unit(),
                        answer.pdu(),
                        call,
                        roundTrip));
    }

    private synchronized void add(Entry entry) {
        if (entries.size() == capacity) {
            entries.removeFirst();
        }
        entries.addLast(entry);
        total++;
    }

    @Override
    public synchronized long total() {
        return total;
    }

    @Override
    public List<Frame> since(long seen) {
        List<Entry> newest;
        synchronized (this) {
            int wanted = (int) Math.max(0, Math.min(total - seen, entries.size()));
            newest = new ArrayList<>(entries).subList(entries.size() - wanted, entries.size());
        }
        return newest.stream().map(Entry::frame).toList();
    }

    @Override
    public void close() {
        line.unwatch(this);
    }
}
