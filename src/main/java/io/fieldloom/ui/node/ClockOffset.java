package io.fieldloom.ui.node;

import java.time.Duration;
import java.time.Instant;

/**
 * How far another clock is from this computer's.
 *
 * @param ahead positive where the other one is ahead
 * @param within how exact that is: half of the time that asking took
 */
record ClockOffset(Duration ahead, Duration within) {
    /** What a time that was told between two moments means. */
    static ClockOffset told(Instant time, Instant asked, Instant answered) {
        Duration half = Duration.between(asked, answered).dividedBy(2);
        return new ClockOffset(Duration.between(asked.plus(half), time), half);
    }
}
