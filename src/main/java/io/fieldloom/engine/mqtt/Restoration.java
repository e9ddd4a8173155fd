package io.fieldloom.engine.mqtt;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The topics whose last message a broker that came back has yet to be given again. They wait
 * outside the queue, so that they push nothing out of it, and let newer messages go first.
 *
 * <p>Not thread-safe; the outlet holds its lock.
 */
final class Restoration {
    /** While there is no pause between newer messages, one of so many is a restored one. */
    private static final int SHARE = 10;

    private final Set<String> refused = new HashSet<>();
    private Set<String> waiting = new LinkedHashSet<>();
    private int others;

    /** The link is there: all of these are due, but for those that the broker does not take. */
    void begin(Set<String> topics) {
        waiting = new LinkedHashSet<>(topics);
        waiting.removeAll(refused);
    }

    void end() {
        waiting.clear();
    }

    /** A newer message of the topic is on its way. */
    void isSaid(String topic) {
        if (!waiting.isEmpty()) {
            waiting.remove(topic);
        }
    }

    /**
     * The topic whose turn it is, or null for a newer message's turn.
     *
     * @param idle whether nothing else wants to be sent
     */
    String next(boolean idle) {
        if (waiting.isEmpty() || !idle && ++others % SHARE != 0) {
            return null;
        }
        Iterator<String> first = waiting.iterator();
        String topic = first.next();
        first.remove();
        return topic;
    }

    /** What a broker refuses, or ends the connection for, is not restored with each link. */
    void refused(String topic) {
        refused.add(topic);
    }

    void taken(String topic) {
        if (!refused.isEmpty()) {
            refused.remove(topic);
        }
    }

    int waiting() {
        return waiting.size();
    }
}
