package io.fieldloom.engine.outlet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Publications that wait for an outlet's receiver, first in, first out, so that the order per topic
 * is kept. Bounded in items and bytes: when it is full the oldest make room, and the caller is told
 * how many. Thread-safe.
 */
public final class PublicationQueue {
    private final Bounds bounds;
    private final ArrayDeque<Publication> waiting = new ArrayDeque<>();
    private long bytes;

    /**
     * @param items most publications that may wait, at least one
     * @param bytes most topic and payload bytes that may wait
     */
    public record Bounds(int items, long bytes) {
        public static final Bounds DEFAULT = new Bounds(100_000, 64_000_000L);

        public Bounds {
            if (items < 1 || bytes < 1) {
                throw new IllegalArgumentException("a queue holds at least one item");
            }
        }
    }

    public PublicationQueue(Bounds bounds) {
        this.bounds = Objects.requireNonNull(bounds, "bounds");
    }

    public Bounds bounds() {
        return bounds;
    }

    /**
     * Adds a publication at the end.
     *
     * @return how many were lost for it: the oldest, or itself when it alone exceeds the bound
     */
    public synchronized int add(Publication publication) {
        long size = size(publication);
        if (size > bounds.bytes()) {
            return 1;
        }
        int lost = 0;
        while (waiting.size() >= bounds.items() || bytes + size > bounds.bytes()) {
            poll();
            lost++;
        }
        waiting.add(publication);
        bytes += size;
        return lost;
    }

    /** Takes the oldest, or null when none waits. */
    public synchronized Publication poll() {
        Publication oldest = waiting.poll();
        if (oldest != null) {
            bytes -= size(oldest);
        }
        return oldest;
    }

    /** Takes all of them, the oldest first. */
    public synchronized List<Publication> takeAll() {
        List<Publication> all = List.copyOf(waiting);
        waiting.clear();
        bytes = 0;
        return all;
    }

    /** Takes all that match out of the queue and says how many they were. */
    public synchronized int remove(Predicate<Publication> unwanted) {
        int before = waiting.size();
        waiting.removeIf(
                publication -> {
                    boolean gone = unwanted.test(publication);
                    if (gone) {
                        bytes -= size(publication);
                    }
                    return gone;
                });
        return before - waiting.size();
    }

    /** Shows all of them, the oldest first. */
    public synchronized void forEach(Consumer<Publication> look) {
        waiting.forEach(look);
    }

    public synchronized int items() {
        return waiting.size();
    }

    /** Topic and payload bytes of what waits. */
    public synchronized long bytes() {
        return bytes;
    }

    /** What a publication counts against the bound: its topic and payload bytes. */
    public static long size(Publication publication) {
        String topic = publication.topic();
        int length = topic.length();
        for (int at = 0; at < length; at++) {
            if (topic.charAt(at) >= 0x80) {
                return publication.payload().length
                        + (long) topic.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return (long) publication.payload().length + length;
    }
}
