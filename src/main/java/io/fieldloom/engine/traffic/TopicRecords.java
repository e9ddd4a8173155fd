package io.fieldloom.engine.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What messages left at each node of the topic tree: counts and rates at and below it, the last
 * message, and the history before. Fields lie in shared pages, as the index's do. Not thread-safe;
 * the traffic store holds its lock.
 */
final class TopicRecords {
    /** How long a topic stays after what the broker kept of it was deleted. */
    static final Duration DELETED_STAYS = Duration.ofSeconds(10);

    private static final byte[] NOT_KEPT = {};

    // int fields
    private static final int TICK = 0;
    private static final int RATE = 1;
    private static final int RATE_BELOW = 2;
    private static final int FLAGS = 3;
    private static final int FIRST = 4;
    private static final int INTS = 5;

    // long fields
    private static final int COUNT = 0;
    private static final int COUNT_BELOW = 1;
    private static final int LAST = 2;
    private static final int LONGS = 3;

    /** In FLAGS, above the byte of the last message. */
    private static final int BROKER_KEEPS = 0x100;

    private final TopicIndex index;
    private final long payloadBound;
    private final IntPages ints = new IntPages(INTS);
    private final LongPages longs = new LongPages(LONGS);
    private final RefPages slots = new RefPages();
    private final MessageFlags words = new MessageFlags();
    private final Histories histories;

    /** Topics whose kept value was deleted, in that order; they go when nothing follows. */
    private final ArrayDeque<Deleted> deleted = new ArrayDeque<>();

    private long start;
    private long payloadBytes;
    private long bytes;
    private long duplicates;
    private long notKept;
    private int retained;

    TopicRecords(TopicIndex index, TrafficLimits limits) {
        this.index = index;
        this.payloadBound = limits.payloadBytes();
        this.histories = new Histories(slots, limits);
        reach();
    }

    private void reach() {
        int nodes = index.count();
        ints.reach(nodes);
        longs.reach(nodes);
        slots.reach(nodes);
    }

    void record(Message message) {
        int node = index.add(message.topic());
        reach();
        long micros = micros(message.time());
        if (start == 0) {
            start = micros;
        }
        byte flags = words.of(message);
        keep(node, micros, message.payload(), flags);
        count(node, micros);
        bytes += message.payload().length;
        duplicates += message.duplicate() ? 1 : 0;
        int kept = ints.get(node, FLAGS) & BROKER_KEEPS;
        if (message.retained()) {
            // an empty payload deletes what the broker kept
            int keeps = message.payload().length == 0 ? 0 : BROKER_KEEPS;
            retained += Integer.compare(keeps, kept);
            kept = keeps;
            if (keeps == 0) {
                deleted.add(new Deleted(node, micros));
            }
        }
        ints.set(node, FLAGS, kept | flags & 0xff);
    }

    private record Deleted(int node, long micros) {}

    /** Takes topics away whose kept value was deleted and that got no message since. */
    void dropDeleted(Instant now) {
        long until = micros(now.minus(DELETED_STAYS));
        while (!deleted.isEmpty() && deleted.peek().micros() <= until) {
            Deleted oldest = deleted.poll();
            if (longs.get(oldest.node(), LAST) == oldest.micros() && isDeleted(oldest.node())) {
                index.unmarkTopic(oldest.node());
            }
        }
    }

    /** Whether a topic's last message deleted what the broker kept. */
    boolean isDeleted(int node) {
        return MessageFlags.retained((byte) ints.get(node, FLAGS))
                && histories.lastPayload(node) == EMPTY;
    }

    private void keep(int node, long micros, byte[] payload, byte flags) {
        boolean isFirst = longs.get(node, COUNT) == 0;
        if (isFirst) {
            ints.set(node, FIRST, Rate.tick(micros, start));
        }
        byte[] before = isFirst ? NOT_KEPT : histories.lastPayload(node);
        byte[] kept = payload;
        if (payload.length > 0 && payloadBytes - before.length + payload.length > payloadBound) {
            kept = NOT_KEPT;
            notKept++;
        } else if (payload.length == 0) {
            kept = EMPTY;
        }
        payloadBytes += kept.length - before.length;
        if (isFirst) {
            histories.setFirst(node, kept);
        } else {
            byte lastFlags = (byte) ints.get(node, FLAGS);
            histories.add(node, longs.get(node, LAST), lastFlags, micros, kept, flags);
        }
    }

    private static final byte[] EMPTY = {};

    private void count(int node, long micros) {
        int tick = Rate.tick(micros, start);
        for (int at = node; ; at = index.parent(at)) {
            long[] longPage = longs.page(at);
            int longAt = longs.at(at);
            longPage[longAt + COUNT_BELOW]++;
            if (at == node || !index.isTopic(at)) {
                longPage[longAt + LAST] = micros;
            }
            int[] page = ints.page(at);
            int first = ints.at(at);
            int passed = tick - page[first + TICK];
            if (passed > 0) {
                fade(page, first + RATE, passed);
                fade(page, first + RATE_BELOW, passed);
                page[first + TICK] = tick;
            }
            oneMore(page, first + RATE_BELOW);
            if (at == node) {
                longPage[longAt + COUNT]++;
                oneMore(page, first + RATE);
            }
            if (at == TopicIndex.ROOT) {
                return;
            }
        }
    }

    private static void fade(int[] page, int place, int ticks) {
        if (page[place] != 0) {
            page[place] =
                    Float.floatToRawIntBits(Rate.faded(Float.intBitsToFloat(page[place]), ticks));
        }
    }

    private static void oneMore(int[] page, int place) {
        page[place] = Float.floatToRawIntBits(Rate.withOneMore(Float.intBitsToFloat(page[place])));
    }

    private double rateNow(int node, int field, Instant now) {
        int passed = Rate.tick(micros(now), start) - ints.get(node, TICK);
        return Rate.faded(Float.intBitsToFloat(ints.get(node, field)), passed);
    }

    static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }

    long countBelow(int node) {
        return longs.get(node, COUNT_BELOW);
    }

    double rateBelow(int node, Instant now) {
        return rateNow(node, RATE_BELOW, now);
    }

    Instant lastTime(int node) {
        return instant(longs.get(node, LAST));
    }

    byte[] lastPayload(int node) {
        return histories.lastPayload(node);
    }

    int qos(int node) {
        return MessageFlags.qos((byte) ints.get(node, FLAGS));
    }

    boolean brokerKeeps(int node) {
        return (ints.get(node, FLAGS) & BROKER_KEEPS) != 0;
    }

    TopicView view(int node, String topic, Instant now) {
        byte[] payload = histories.lastPayload(node);
        return new TopicView(
                topic,
                message(topic, longs.get(node, LAST), payload, (byte) ints.get(node, FLAGS)),
                payload != NOT_KEPT,
                instant(Rate.micros(ints.get(node, FIRST), start)),
                longs.get(node, COUNT),
                rateNow(node, RATE, now),
                brokerKeeps(node));
    }

    /** The messages kept of a topic, oldest first, the last one included. */
    List<Message> history(int node, String topic) {
        TopicHistory history = histories.history(node);
        List<Message> messages = new ArrayList<>();
        if (history == null) {
            messages.add(
                    message(
                            topic,
                            longs.get(node, LAST),
                            histories.lastPayload(node),
                            (byte) ints.get(node, FLAGS)));
            return messages;
        }
        for (int at = 0; at < history.size(); at++) {
            messages.add(
                    message(topic, history.micros(at), history.payload(at), history.flags(at)));
        }
        return messages;
    }

    /**
     * What the broker keeps for a topic, as far as it was seen: the newest message that came or was
     * sent as retained, else the last one.
     */
    Message retained(int node, String topic) {
        List<Message> kept = history(node, topic);
        for (int at = kept.size() - 1; at >= 0; at--) {
            Message message = kept.get(at);
            if (message.retained() && message.payload().length > 0) {
                return message;
            }
        }
        return kept.get(kept.size() - 1);
    }

    void setBrokerKeeps(int node, boolean keeps) {
        int flags = ints.get(node, FLAGS);
        int other = keeps ? flags | BROKER_KEEPS : flags & ~BROKER_KEEPS;
        ints.set(node, FLAGS, other);
        retained += Integer.compare(other & BROKER_KEEPS, flags & BROKER_KEEPS);
    }

    private Message message(String topic, long micros, byte[] payload, byte flags) {
        return new Message(
                instant(micros),
                topic,
                payload,
                MessageFlags.qos(flags),
                MessageFlags.retained(flags),
                MessageFlags.duplicate(flags),
                words.origin(flags));
    }

    void lookAt(int node) {
        histories.lookAt(node);
    }

    long messages() {
        return longs.get(TopicIndex.ROOT, COUNT_BELOW);
    }

    long bytes() {
        return bytes;
    }

    long duplicates() {
        return duplicates;
    }

    long historyBytes() {
        return histories.bytes();
    }

    long notKept() {
        return notKept;
    }

    int retained() {
        return retained;
    }
}
