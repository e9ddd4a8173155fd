package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Events.Event;
import io.fieldloom.engine.device.Events.Watched;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The newest events of one device, collected while somebody looks at them, over every reconnect,
 * and the alarms that stand now. Bounded: the oldest events give way. Thread-safe.
 */
public final class EventRecording implements AutoCloseable {
    /** More alarms than this do not stand in a plant that somebody runs. */
    private static final int MOST_STANDING = 20_000;

    private final DeviceLink link;
    private final String notifier;
    private final int capacity;
    private final Runnable unsubscribe;
    private final Deque<Event> events = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, Event> standing = new LinkedHashMap<>();
    private long total;
    private long changes;
    private Events source;
    private Watched watched;
    private Throwable failure;
    private boolean closed;

    /**
     * @param notifier an address, or the empty text for the whole device
     * @param capacity most events that are kept
     */
    public EventRecording(DeviceLink link, String notifier, int capacity) {
        this.link = link;
        this.notifier = notifier;
        this.capacity = capacity;
        unsubscribe = link.onState(state -> attach());
        attach();
    }

    /** Watches the session that is there now, once. */
    private void attach() {
        Events now = link.capability(Events.class).orElse(null);
        synchronized (this) {
            if (closed || now == source) {
                return;
            }
            source = now;
            watched = null; // ended with its session
            failure = null;
        }
        if (now != null) {
            now.watch(notifier, new Taker(now))
                    .whenComplete((running, why) -> attached(now, running, why));
        }
    }

    private void attached(Events to, Watched running, Throwable why) {
        synchronized (this) {
            if (!closed && to == source) {
                watched = running;
                failure = why == null ? null : Cause.of(why);
                return;
            }
        }
        if (running != null) {
            running.close();
        }
    }

    /** Whether the device tells its events now. */
    public synchronized boolean isWatching() {
        return watched != null;
    }

    /** Why the device does not tell its events although it is connected. */
    public synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** How many events came since the beginning. */
    public synchronized long total() {
        return total;
    }

    /** The events after the first {@code seen} ones, oldest first, as far as they are kept. */
    public synchronized List<Event> since(long seen) {
        int wanted = (int) Math.min(total - seen, events.size());
        List<Event> newest = new ArrayList<>(wanted);
        Iterator<Event> backwards = events.descendingIterator();
        for (int i = 0; i < wanted; i++) {
            newest.add(backwards.next());
        }
        Collections.reverse(newest);
        return newest;
    }

    /** Counts up whenever an alarm comes, changes or goes. */
    public synchronized long changes() {
        return changes;
    }

    /** The alarms that stand now, by the last event of each, the latest change first. */
    public synchronized List<Event> standing() {
        List<Event> latestFirst = new ArrayList<>(standing.values());
        Collections.reverse(latestFirst);
        return latestFirst;
    }

    /** Asks the device for all alarms that stand there. */
    public CompletionStage<Status> refresh() {
        Watched running;
        synchronized (this) {
            running = watched;
        }
        return running != null
                ? running.refresh()
                : CompletableFuture.failedStage(
                        new DeviceException(
                                Kind.LOST,
                                link.request().endpoint().text() + " tells no events now",
                                "Wait until it is connected."));
    }

    @Override
    public void close() {
        unsubscribe.run();
        Watched running;
        synchronized (this) {
            closed = true;
            running = watched;
            watched = null;
        }
        if (running != null) {
            running.close();
        }
    }

    /** Takes what one session tells; what an earlier one still tells is dropped. */
    private final class Taker implements Events.Sink {
        private final Events from;
        private Set<String> told;

        Taker(Events from) {
            this.from = from;
        }

        @Override
        public void told(Event event) {
            synchronized (EventRecording.this) {
                if (closed || from != source) {
                    return;
                }
                event.alarm().ifPresent(alarm -> stands(alarm, event));
                boolean isNew = known.add(event.id());
                // a refresh tells events once more that are in the list already
                if (isNew || told == null) {
                    list(event);
                }
            }
        }

        private void stands(Events.Condition alarm, Event event) {
            String key = alarm.address() + ' ' + alarm.branch();
            standing.remove(key);
            if (alarm.retained() && standing.size() < MOST_STANDING) {
                standing.put(key, event);
            }
            if (told != null) {
                told.add(key);
            }
            changes++;
        }

        private void list(Event event) {
            if (events.size() == capacity) {
                known.remove(events.removeFirst().id());
            }
            events.addLast(event);
            total++;
        }

        @Override
        public void refreshing() {
            synchronized (EventRecording.this) {
                told = new HashSet<>();
            }
        }

        @Override
        public void refreshed() {
            synchronized (EventRecording.this) {
                if (told != null && from == source) {
                    standing.keySet().retainAll(told);
                    changes++;
                }
                told = null;
            }
        }
    }
}
