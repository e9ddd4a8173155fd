package io.fieldloom.ui.events;

import io.fieldloom.engine.device.Events.Condition;
import io.fieldloom.engine.device.Events.Event;
import io.fieldloom.engine.device.Events.Field;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Collectors;

/**
 * One event, or one alarm by its last event, as it is shown.
 *
 * @param path unique among the rows, and stable
 */
record EventLine(String path, Event event) {
    private static final int MEDIUM = 334;
    private static final int HIGH = 667;

    static EventLine event(long number, Event event) {
        return new EventLine(Long.toString(number), event);
    }

    static EventLine alarm(Event event) {
        Condition alarm = event.condition();
        return new EventLine(alarm.address() + ' ' + alarm.branch(), event);
    }

    /** The time of day; the date as well where it was not today. */
    String time(LocalDate today) {
        if (event.time() == null) {
            return "";
        }
        LocalDate day = event.time().atZone(ZoneId.systemDefault()).toLocalDate();
        String clock = Presentation.clock(event.time());
        return day.equals(today) ? clock : day + " " + clock.substring(0, "HH:mm".length());
    }

    /** In thirds, as OPC UA Part 5 has low, medium and high. */
    Tone severityTone() {
        return event.severity() >= HIGH
                ? Tone.BAD
                : event.severity() >= MEDIUM ? Tone.WARN : Tone.DIM;
    }

    /** How an alarm stands; empty for an event that is about none. */
    String state() {
        return event.alarm().map(Condition::words).orElse("");
    }

    /** What somebody must still do has the colour. */
    Tone stateTone() {
        Condition alarm = event.condition();
        if (alarm == null) {
            return Tone.DIM;
        }
        boolean isActive = Boolean.TRUE.equals(alarm.active());
        boolean isUnseen = Boolean.FALSE.equals(alarm.acknowledged());
        return isActive && isUnseen ? Tone.BAD : isActive || isUnseen ? Tone.WARN : Tone.DIM;
    }

    /** What the filter looks in. */
    String words() {
        return event.source()
                + ' '
                + event.message()
                + ' '
                + event.type()
                + ' '
                + state()
                + ' '
                + event.severity();
    }

    /** As a line of text, for a report. */
    String text() {
        return (event.time() == null ? "" : event.time())
                + "\t"
                + event.severity()
                + "\t"
                + event.source()
                + "\t"
                + event.message()
                + "\t"
                + state()
                + "\t"
                + event.type();
    }

    /** All fields, a line each. */
    String details() {
        return event.fields().stream().map(EventLine::field).collect(Collectors.joining("\n"));
    }

    static String field(Field field) {
        return field.name() + "\t" + Presentation.exact(field.value());
    }
}
