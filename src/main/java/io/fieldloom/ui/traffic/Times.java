package io.fieldloom.ui.traffic;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as a person at the plant reads them: by the local clock; UTC where one hovers. */
final class Times {
    private static final ZoneId HERE = ZoneId.systemDefault();
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(HERE);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(HERE);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'").withZone(ZoneOffset.UTC);

    private Times() {}

    /** The time of day; with the date where it is not today. */
    static String local(Instant time) {
        boolean isToday = LocalDate.ofInstant(time, HERE).equals(LocalDate.now(HERE));
        return (isToday ? CLOCK : DAY).format(time);
    }

    static String utc(Instant time) {
        return UTC.format(time);
    }

    /** How long a chart's range is: {@code 12 s}, {@code 2 min 20 s}, {@code 3 h 5 min}. */
    static String span(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        long minutes = seconds / 60;
        return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }
}
