package io.fieldloom.ui.events;

import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.EventRecording;
import io.fieldloom.engine.device.Events.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What the tab of events has of the device that it watches: the newest events, and the alarms. */
final class EventFeed implements AutoCloseable {
    /** Some shifts of a plant that is calm, some minutes of one that is not. */
    private static final int MOST_EVENTS = 5_000;

    private final DeviceLink link;
    private final EventRecording recording;
    private final Deque<EventLine> newestFirst = new ArrayDeque<>();
    private List<EventLine> alarms = List.of();
    private long seen;
    private long alarmChanges = -1;
    private long number;

    /**
     * @param notifier an address, or the empty text for the whole device
     */
    EventFeed(DeviceLink link, String notifier) {
        this.link = link;
        recording = new EventRecording(link, notifier, MOST_EVENTS);
    }

    DeviceLink link() {
        return link;
    }

    EventRecording recording() {
        return recording;
    }

    /** Takes what came since. Whether there was anything. */
    boolean pull() {
        List<Event> fresh = recording.since(seen);
        // More may have come than are kept; then the total is ahead of what was taken.
        seen = Math.max(seen + fresh.size(), recording.total());
        fresh.forEach(event -> newestFirst.addFirst(EventLine.event(number++, event)));
        while (newestFirst.size() > MOST_EVENTS) {
            newestFirst.removeLast();
        }
        long changes = recording.changes();
        boolean changed = changes != alarmChanges;
        if (changed) {
            alarmChanges = changes;
            alarms = recording.standing().stream().map(EventLine::alarm).toList();
        }
        return changed || !fresh.isEmpty();
    }

    /** How many events came that were not taken yet. */
    long waiting() {
        return recording.total() - seen;
    }

    List<EventLine> events() {
        return new ArrayList<>(newestFirst);
    }

    List<EventLine> alarms() {
        return alarms;
    }

    /** How many alarms stand, whatever was taken. */
    int standing() {
        return alarms.size();
    }

    void clear() {
        newestFirst.clear();
    }

    Optional<Throwable> failure() {
        return recording.failure();
    }

    @Override
    public void close() {
        recording.close();
    }
}
