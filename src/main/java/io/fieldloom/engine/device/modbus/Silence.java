package io.fieldloom.engine.device.modbus;

import io.fieldloom.engine.device.modbus.Call.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How long one unit of a line has been silent, and when it is worth asking again. Kept over
 * sessions. Belongs to whoever has the line.
 */
final class Silence {
    private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toNanos();

    private static final int MOST_QUESTIONS = 8;

    private int inRow;
    private long until;
    private final Deque<Call> questions = new ArrayDeque<>();
    private Outcome outcome;

    /** A question was not answered, or the gateway answered that the unit does not. */
    void add(Call unanswered, Outcome how, long now) {
        long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(inRow, 10));
        inRow++;
        until = now + pause;
        outcome = how;
        if (unanswered.isRepeatable()
                && !questions.contains(unanswered)
                && questions.size() < MOST_QUESTIONS) {
            questions.add(unanswered);
        }
    }

    /** It answered that call. */
    void end(Call answered) {
        inRow = 0;
        if (answered.isRepeatable()) {
            questions.clear();
            questions.add(answered);
        }
    }

    boolean isSilent() {
        return inRow > 0;
    }

    /** Whether asking now would only make the other units wait. */
    boolean pauses(long now) {
        return inRow > 0 && until - now > 0;
    }

    Duration left(long now) {
        return Duration.ofNanos(Math.max(0, until - now));
    }

    /**
     * What to ask to see whether it is back: what it answered last, and in turn what it did not,
     * for it may never answer some of that.
     */
    Optional<Call> question() {
        Call next = questions.poll();
        if (next != null) {
            questions.add(next);
        }
        return Optional.ofNullable(next);
    }

    /** How that ended. */
    Outcome outcome() {
        return outcome;
    }
}
