package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.outlet.Publication;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Matches what a broker's tap sees with what was sent. One connection keeps its order, so the next
 * message seen is the next one sent, or one that did not come from here. Thread-safe for one sender
 * and one tap.
 */
final class Arrivals {
    /** More than can be on the way: beyond it nobody taps, and nothing is remembered. */
    private static final int MOST = 200_000;

    private final ConcurrentLinkedQueue<Publication> sent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    void sending(Publication publication) {
        if (count.incrementAndGet() > MOST) {
            clear();
        }
        sent.add(publication);
    }

    /** The one announced last was not sent after all. */
    void takeBack(Publication publication) {
        if (sent.remove(publication)) {
            count.decrementAndGet();
        }
    }

    /** Everything unanswered is sent again: start anew. */
    void clear() {
        sent.clear();
        count.set(0);
    }

    /** When the sample of the message just seen arrived at its driver; empty if it is not ours. */
    OptionalLong seen(String topic) {
        Publication head = sent.peek();
        if (head == null || !head.topic().equals(topic) && !isAhead(topic)) {
            return OptionalLong.empty();
        }
        while ((head = sent.poll()) != null) {
            count.decrementAndGet();
            if (head.topic().equals(topic)) {
                return OptionalLong.of(head.arrivedNanos());
            }
            // the broker never saw this one
        }
        return OptionalLong.empty();
    }

    private boolean isAhead(String topic) {
        for (Iterator<Publication> all = sent.iterator(); all.hasNext(); ) {
            if (all.next().topic().equals(topic)) {
                return true;
            }
        }
        return false;
    }
}
