package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.FrameLog;
import io.fieldloom.engine.device.LinkCounts;
import io.fieldloom.engine.device.LinkStatistics;
import io.fieldloom.engine.device.modbus.Call.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One unit's questions and answers on a {@link Line}, and the place where a late answer is kept
 * from becoming another register's value:
 *
 * <ul>
 *   <li>each request has a transaction id that no other of the last 65,535 had, retries included;
 *   <li>an answer counts only when its transaction is open and unit, function and length fit;
 *   <li>after a time-out, or an answer that does not fit, the line starts over, so that what is
 *       still on its way has nowhere to arrive;
 *   <li>where answers have no transaction id, a unit that owes one is first asked something whose
 *       answer cannot be taken for it; see {@link LateAnswers}.
 * </ul>
 *
 * <p>j2mod's own transactions do none of these, so only its messages are used. Not thread-safe but
 * for {@link #close()}, which may come from any thread and ends what is going on.
 */
final class ModbusLink implements FrameLog {
    private static final Logger LOG = LoggerFactory.getLogger(ModbusLink.class);

    /** How long a busy device is let be before it is asked again, within one exchange. */
    private static final List<Duration> BUSY_PAUSES =
            List.of(Duration.ofMillis(50), Duration.ofMillis(150), Duration.ofMillis(300));

    private final Endpoint endpoint;
    private final int unit;
    private final Line line;
    private final LateAnswers late;
    private final LinkCounts counts = new LinkCounts();
    private volatile boolean closed;

    ModbusLink(Line line, Endpoint endpoint) {
        this(line, endpoint, endpoint.unit());
    }

    /** Asks another unit than the endpoint's, at the same place. */
    ModbusLink(Line line, Endpoint endpoint, int unit) {
        endpoint.checkUnit(unit);
        this.line = line;
        this.endpoint = endpoint;
        this.unit = unit;
        late = new LateAnswers(line, unit, endpoint.timeout().toNanos());
        line.join(this, unit);
    }

    Line line() {
        return line;
    }

    int unit() {
        return unit;
    }

    LateAnswers late() {
        return late;
    }

    boolean isClosed() {
        return closed;
    }

    LinkStatistics.Counts counts() {
        return counts.now();
    }

    @Override
    public Recording record(int capacity) {
        return new FrameRing(line, capacity);
    }

    void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
    }

    /** Opens the connection where no other unit has done so. */
    void open() throws IOException {
        long since = System.nanoTime();
        line.acquire(this);
        try {
            if (!line.isOpen()) {
                line.open(since);
            }
        } finally {
            line.release();
        }
    }

    /**
     * Asks a unit that was silent when it was last asked whether it is back.
     *
     * @return how long it is left alone for the sake of the others on the line; empty when it
     *     answers or nothing is known against it
     */
    Optional<Duration> silentFor() throws IOException {
        line.acquire(this);
        Silence silence = line.silence(unit);
        Optional<Call> question =
                silence.isSilent() && !isPaused(silence) ? silence.question() : Optional.empty();
        line.release();
        if (question.isPresent()) {
            exchange(List.of(question.get()));
        }
        return silence.isSilent() ? Optional.of(silence.left(System.nanoTime())) : Optional.empty();
    }

    /** Whether the unit is let be for the sake of the others on the line. */
    boolean isPaused(Silence silence) {
        return line.isShared(unit) && silence.pauses(System.nanoTime());
    }

    /** Ends the link for good. Idempotent, from any thread. */
    void close() {
        closed = true;
        line.leave(this);
    }

    /**
     * Asks all calls, as many at once as the endpoint allows, and returns their outcomes in the
     * same order. Units that wait for the line get their turn in between.
     *
     * @throws IOException when the connection is gone and cannot be opened again at once
     */
    List<Outcome> exchange(List<Call> calls) throws IOException {
        List<Outcome> outcomes = ask(calls);
        for (Duration pause : BUSY_PAUSES) {
            List<Integer> busy = busy(calls, outcomes);
            if (busy.isEmpty()) {
                break;
            }
            LockSupport.parkNanos(pause.toNanos());
            List<Outcome> again = ask(busy.stream().map(calls::get).toList());
            outcomes = new ArrayList<>(outcomes);
            for (int i = 0; i < again.size(); i++) {
                outcomes.set(busy.get(i), again.get(i));
            }
        }
        return outcomes;
    }

    /** A busy device has said nothing about what it was asked. A write is never sent again. */
    private static List<Integer> busy(List<Call> calls, List<Outcome> outcomes) {
        List<Integer> places = List.of();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Refused refused
                    && ModbusStatus.isBusy(refused.code())
                    && calls.get(i).isRepeatable()) {
                places = places.isEmpty() ? new ArrayList<>() : places;
                places.add(i);
            }
        }
        return places;
    }

    private List<Outcome> ask(List<Call> calls) throws IOException {
        Round round = new Round(this, endpoint, counts, calls);
        while (!round.isDone()) {
            line.acquire(this);
            try {
                round.turn();
            } finally {
                line.release();
            }
        }
        return round.outcomes();
    }

    /**
     * Whether the other side has closed the connection while nothing was asked. Also drops a
     * connection on which bytes arrive that nobody asked for; the next exchange opens a new one. A
     * line that others are using is not idle.
     */
    boolean isLostWhileIdle() {
        if (!line.acquireIfFree(this)) {
            return false;
        }
        try {
            if (!line.isOpen()) {
                return true;
            }
            if (!line.input().fill(line.wire(), 1)) {
                return false;
            }
            LOG.debug("{}: an answer came while nothing was asked", endpoint.authority());
            line.startOver();
            return !line.isOpen();
        } catch (IOException gone) {
            LOG.debug("{}: closed while nothing was asked", endpoint.authority());
            line.drop();
            return true;
        } finally {
            line.release();
        }
    }
}
