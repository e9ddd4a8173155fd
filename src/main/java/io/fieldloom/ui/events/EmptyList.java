package io.fieldloom.ui.events;

import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.UiTasks;
import java.util.Optional;

/** What stands in the place of events and alarms: why there are none, and what to do. */
record EmptyList(Icon icon, String headline, String advice) {
    /**
     * @param hasDevices whether there is any device that could tell events
     * @param notifier what is watched, or null
     * @param feed what came of it; null before the first watching
     * @param isOfAlarms whether alarms are shown, not all events
     */
    static EmptyList of(
            boolean hasDevices, DeviceItem notifier, EventFeed feed, boolean isOfAlarms) {
        if (!hasDevices) {
            return new EmptyList(
                    Icon.HISTORY,
                    "No OPC UA device",
                    "Add one in Devices; Modbus devices tell no events.");
        }
        if (notifier == null || feed == null) {
            return new EmptyList(
                    Icon.HISTORY,
                    "Nothing is watched",
                    "Choose a device and press Watch, or choose Watch events in the menu of an"
                            + " object in Devices. Watching never changes a device.");
        }
        Optional<Throwable> failure = feed.failure();
        if (failure.isPresent()) {
            return new EmptyList(
                    Icon.WARNING,
                    notifier.name() + " tells no events",
                    new UiTasks.Failure("Watch events", failure.get()).words());
        }
        if (!feed.recording().isWatching()) {
            return new EmptyList(
                    Icon.HISTORY,
                    "Waiting for " + notifier.device(),
                    "Its events are listed here as soon as it is connected.");
        }
        return isOfAlarms
                ? new EmptyList(
                        Icon.CHECK,
                        "No alarm stands",
                        "Alarms appear here when they come, and go when nobody need see them any"
                                + " more.")
                : new EmptyList(
                        Icon.HISTORY,
                        "Watching " + notifier.name(),
                        "Nothing has happened there yet.");
    }

    EmptyState node() {
        return new EmptyState(icon, headline, advice);
    }
}
