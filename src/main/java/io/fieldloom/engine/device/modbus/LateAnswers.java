package io.fieldloom.engine.device.modbus;

import io.fieldloom.engine.device.modbus.Call.Outcome;
import io.fieldloom.engine.device.modbus.Framing.Answer;
import io.fieldloom.engine.device.modbus.Framing.NoFrameException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps late answers of one unit apart on a line whose answers do not name their question (RTU).
 * Belongs to whoever has the line.
 */
final class LateAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(LateAnswers.class);

    private final Line line;
    private final int unit;
    private final long timeoutNanos;

    LateAnswers(Line line, int unit, long timeoutNanos) {
        this.line = line;
        this.unit = unit;
        this.timeoutNanos = timeoutNanos;
    }

    /** The unit has not answered that in time. */
    void owe(Call call) {
        line.owed(unit).add(call, System.nanoTime());
    }

    /** The unit has answered what cannot be taken for anything it owes. */
    void settled(Outcome answer) {
        line.owed(unit).settled(answer);
    }

    /** A settling question was not answered; whether what it was asked for may be asked now. */
    boolean isAskedInVain() {
        return line.owed(unit).isAskedInVain();
    }

    /**
     * What has to be asked first: the call itself where nothing can be taken for its answer, else
     * another that settles what is owed; empty where nothing may be asked now.
     */
    Optional<Call> before(Call next) throws IOException {
        Owed owed = line.owed(unit);
        takeLate(owed, 1);
        if (owed.isAnything(System.nanoTime()) && owed.settling(next).isEmpty()) {
            takeLate(owed, timeoutNanos);
        }
        line.input().clear();
        return owed.isAnything(System.nanoTime()) ? owed.settling(next) : Optional.of(next);
    }

    /** Throws away late answers as long as more of them may come within that time. */
    private void takeLate(Owed owed, long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        try {
            while (left > 0 && owed.isAnything(System.nanoTime())) {
                Answer answer = line.framing().take(line.input());
                if (answer != null) {
                    throwAway(answer);
                } else if (!line.input().fill(line.wire(), left)) {
                    return;
                }
                left = end - System.nanoTime();
            }
        } catch (NoFrameException e) {
            LOG.debug("{} {}", line.endpoint().authority(), e.getMessage());
        }
    }

    /** An answer to nothing that is open. */
    void throwAway(Answer answer) {
        LOG.debug("threw away an answer to no open question ({})", answer.transaction());
        line.received(answer, null, Optional.empty());
        if (line.isOwedBy(answer.unit())) {
            line.owed(answer.unit()).came(answer.pdu());
        }
    }

    /** Whether it answers what a unit was asked earlier, or may do so. */
    boolean isLate(Answer answer, Call open) {
        if (answer.unit() != unit) {
            return line.isOwedBy(answer.unit());
        }
        Owed owed = line.owed(unit);
        if (!owed.isAnything(System.nanoTime())) {
            return false;
        }
        Outcome outcome = open.outcome(answer.pdu());
        if (outcome instanceof Outcome.Data) {
            return owed.isAnsweredBy(answer.pdu());
        }
        return owed.hasFunction(answer.pdu()[0] & 0x7F)
                || outcome instanceof Outcome.Garbled && owed.isDoubtful();
    }
}
