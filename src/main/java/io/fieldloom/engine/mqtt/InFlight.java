package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.outlet.PublicationQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Publications that were handed to the client and not yet answered, in their order. What a lost
 * link leaves unanswered is sent again, in order and before anything newer; so QoS 1 and 2 survive,
 * and a message whose answer was lost on the way arrives twice.
 *
 * <p>Some messages end the connection whenever they are sent: too large, or refused by a broker
 * that has no better way to say so. When that is suspected, the unanswered ones are sent one at a
 * time, and the one that ends the connection alone is given up.
 *
 * <p>Not thread-safe; the outlet holds its lock.
 */
final class InFlight {
    /** Losses in a row without one answer between, after which a message is suspected. */
    private static final int SUSPECT_AFTER = 3;

    /** Losses after which a message that was alone in flight is given up. */
    private static final int GIVE_UP_AFTER = 10;

    private final ArrayDeque<Entry> sent = new ArrayDeque<>();
    private final ArrayDeque<Entry> again = new ArrayDeque<>();
    private long bytes;
    private int fruitless;
    private boolean oneAtATime;

    /** One publication on its way; compared by identity. */
    static final class Entry {
        final Publication publication;

        /** Said before and counted then. */
        final boolean restored;

        private boolean answered;

        Entry(Publication publication, boolean restored) {
            this.publication = publication;
            this.restored = restored;
        }
    }

    int count() {
        return sent.size() + again.size();
    }

    long bytes() {
        return bytes;
    }

    /** How many may be in flight now, where the broker allows that many. */
    int window(int allowed) {
        return oneAtATime ? 1 : allowed;
    }

    boolean isBelow(int allowed) {
        return sent.size() < window(allowed);
    }

    /** The next one to send again, or null; it counts as sent. */
    Entry nextAgain() {
        Entry next;
        do {
            next = again.poll();
        } while (next != null && next.answered);
        if (next != null) {
            sent.add(next);
        }
        return next;
    }

    Entry add(Publication publication) {
        return add(new Entry(publication, false));
    }

    /** One that the broker had before its restart. */
    Entry addRestored(Publication publication) {
        return add(new Entry(publication, true));
    }

    private Entry add(Entry entry) {
        sent.add(entry);
        bytes += PublicationQueue.size(entry.publication);
        return entry;
    }

    /** The client had no room for the one added last: it waits at the front. */
    void putBack(Entry entry) {
        if (sent.peekLast() == entry) {
            sent.pollLast();
            again.addFirst(entry);
        }
    }

    /**
     * An answer came.
     *
     * @return whether it is the first one for this entry
     */
    boolean answered(Entry entry) {
        if (entry.answered) {
            return false;
        }
        entry.answered = true;
        bytes -= PublicationQueue.size(entry.publication);
        fruitless = 0;
        while (!sent.isEmpty() && sent.peekFirst().answered) {
            sent.pollFirst();
        }
        again.removeIf(one -> one == entry);
        if (sent.isEmpty() && again.isEmpty()) {
            oneAtATime = false;
        }
        return true;
    }

    /** What a lost link did to the unanswered ones. */
    record Loss(int dropped, Publication givenUp) {}

    /** Whether a message was the reason that a link was lost. */
    enum Blame {
        NO_MESSAGE,
        PERHAPS_A_MESSAGE,
        A_MESSAGE
    }

    /**
     * The link is gone: QoS 0 is dropped, the rest waits to be sent again.
     *
     * @param blame what is known of the reason
     */
    Loss linkLost(Blame blame) {
        int dropped = 0;
        for (Iterator<Entry> entries = sent.iterator(); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (entry.answered || entry.publication.qos() == 0) {
                if (!entry.answered) {
                    dropped += entry.restored ? 0 : 1;
                    forget(entry);
                }
                entries.remove();
            }
        }
        Publication givenUp = null;
        if (!sent.isEmpty() && blame != Blame.NO_MESSAGE) {
            fruitless++;
            boolean alone = oneAtATime && sent.size() == 1;
            boolean certain = blame == Blame.A_MESSAGE;
            if (alone && (certain || fruitless >= GIVE_UP_AFTER)) {
                Entry entry = sent.poll();
                forget(entry);
                givenUp = entry.publication;
                fruitless = 0;
            } else if (certain || fruitless >= SUSPECT_AFTER) {
                oneAtATime = true;
            }
        }
        while (!sent.isEmpty()) {
            again.addFirst(sent.pollLast());
        }
        return new Loss(dropped, givenUp);
    }

    /** Shows what waits to be sent again. */
    void forEachAgain(Consumer<Publication> look) {
        again.stream().filter(entry -> !entry.answered).forEach(e -> look.accept(e.publication));
    }

    /** Forgets restored ones that wait to be sent again: what is not wanted must not come back. */
    void forgetRestored(Predicate<String> unwanted) {
        again.removeIf(
                entry -> {
                    boolean gone =
                            entry.restored
                                    && !entry.answered
                                    && unwanted.test(entry.publication.topic());
                    if (gone) {
                        forget(entry);
                    }
                    return gone;
                });
    }

    private void forget(Entry entry) {
        entry.answered = true;
        bytes -= PublicationQueue.size(entry.publication);
    }

    /** Forgets everything and tells what was not answered and is not a repetition, in order. */
    List<Publication> takeAll() {
        List<Publication> unanswered = new ArrayList<>();
        for (ArrayDeque<Entry> entries : List.of(sent, again)) {
            for (Entry entry : entries) {
                if (!entry.answered) {
                    forget(entry);
                    if (!entry.restored) {
                        unanswered.add(entry.publication);
                    }
                }
            }
            entries.clear();
        }
        return unanswered;
    }
}
