package io.fieldloom.engine.traffic;

import java.util.Arrays;

/**
 * Older messages of all topics within one bound of bytes. When it is reached, room is made at the
 * expense of topics that have more than their share, oldest message first: a busy topic must not
 * push the history of a slow one out. Not thread-safe; the traffic store holds its lock.
 *
 * <p>A node's slot holds null, its last payload alone, or a {@link TopicHistory}.
 */
final class Histories {
    /** How many topics with less than their share are passed over for one eviction. */
    private static final int PASSED_OVER = 32;

    private final RefPages slots;
    private final long bound;
    private final int mostOfOne;
    private long used;
    private int histories;
    private long entries;
    private int lookedAt = TopicIndex.NONE;

    // a ring of node numbers, one for each message that may be evicted, oldest first
    private int[] tickets = new int[64];
    private int firstTicket;
    private int ticketCount;

    Histories(RefPages slots, TrafficLimits limits) {
        this.slots = slots;
        this.bound = limits.historyBytes();
        this.mostOfOne = limits.historyMessages();
    }

    /** The node that a person looks at: it is evicted from last. */
    void lookAt(int node) {
        lookedAt = node;
    }

    /** What the messages beside the last ones cost on the heap. */
    long bytes() {
        return used;
    }

    byte[] lastPayload(int node) {
        return slots.get(node) instanceof TopicHistory history
                ? history.payload(history.size() - 1)
                : (byte[]) slots.get(node);
    }

    TopicHistory history(int node) {
        return slots.get(node) instanceof TopicHistory history ? history : null;
    }

    void setFirst(int node, byte[] payload) {
        slots.set(node, payload);
    }

    /** A further message of a topic; the one before becomes history. */
    void add(int node, long lastMicros, byte lastFlags, long micros, byte[] payload, byte flags) {
        TopicHistory history = history(node);
        if (history == null) {
            history = new TopicHistory();
            history.add(lastMicros, (byte[]) slots.get(node), lastFlags);
            slots.set(node, history);
            histories++;
            entries++;
        } else {
            used -= history.bytes();
        }
        if (history.size() >= mostOfOne) {
            history.dropOldest(); // its ticket serves the new message
        } else {
            ticket(node);
            entries++;
        }
        history.add(micros, payload, flags);
        used += history.bytes();
        while (used > bound && ticketCount > 0) {
            evict();
        }
    }

    private void evict() {
        long share = entries / Math.max(1, histories);
        for (int passed = 0; ticketCount > 0; passed++) {
            int node = tickets[firstTicket];
            firstTicket = firstTicket + 1 & tickets.length - 1;
            ticketCount--;
            TopicHistory history = history(node);
            if (history == null || history.size() < 2) {
                continue; // its topic has nothing left to give
            }
            if (passed < PASSED_OVER && (node == lookedAt || history.size() <= share)) {
                ticket(node);
                continue;
            }
            used -= history.bytes();
            history.dropOldest();
            entries--;
            if (history.size() == 1) {
                slots.set(node, history.payload(0));
                histories--;
                entries--;
            } else {
                used += history.bytes();
            }
            return;
        }
    }

    private void ticket(int node) {
        if (ticketCount == tickets.length) {
            int[] next = Arrays.copyOf(tickets, 2 * ticketCount);
            System.arraycopy(tickets, firstTicket, next, 0, ticketCount - firstTicket);
            System.arraycopy(tickets, 0, next, ticketCount - firstTicket, firstTicket);
            tickets = next;
            firstTicket = 0;
        }
        tickets[firstTicket + ticketCount & tickets.length - 1] = node;
        ticketCount++;
    }
}
