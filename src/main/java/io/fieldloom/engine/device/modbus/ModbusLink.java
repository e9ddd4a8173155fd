package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.FrameLog;
import io.fieldloom.engine.device.LinkCounts;
import io.fieldloom.engine.device.LinkStatistics;
import io.fieldloom.engine.device.modbus.Call.Outcome;
import io.fieldloom.engine.device.modbus.Framing.Answer;
import io.fieldloom.engine.device.modbus.Framing.NoFrameException;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * After so many calls without an answer in a row, the rest is not even asked; and after the
     * first such call the next ones are not repeated.
     */
    private static final int SILENT_ENOUGH = 2;

    /** So many connections that broke one after the other without a single answer are a loss. */
    private static final int BROKEN_ENOUGH = 3;

    /** How long a busy device is let be before it is asked again, within one exchange. */
    private static final List<Duration> BUSY_PAUSES =
            List.of(Duration.ofMillis(50), Duration.ofMillis(150), Duration.ofMillis(300));

    /** The place of a question that only settles what a unit owes. */
    private static final int NOBODYS = -1;

    private final Endpoint endpoint;
    private final int unit;
    private final Line line;
    private final boolean named;
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
        named = line.framing().tellsTransactions();
        late = new LateAnswers(line, unit, endpoint.timeout().toNanos());
        line.join(this, unit);
    }

    Line line() {
        return line;
    }

    int unit() {
        return unit;
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

    private boolean isPaused(Silence silence) {
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
        Round round = new Round(calls);
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

    /** The connection broke, as opposed to: it could not be opened. */
    private static final class Broken extends IOException {
        private static final long serialVersionUID = 1L;

        Broken(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** One call on its way. */
    private static final class Open {
        final int index;
        final Call call;
        int attempts;
        int breaks;
        long sent;
        long deadline;

        Open(int index, Call call) {
            this.index = index;
            this.call = call;
        }
    }

    /** The state of one exchange. Nothing is asked while the line is not ours. */
    private final class Round {
        private final long begin = System.nanoTime();
        private final Outcome[] outcomes;
        private final Deque<Open> waiting = new ArrayDeque<>();
        private final Map<Integer, Open> asked = new LinkedHashMap<>();
        private int silentInRow;
        private boolean halfHeard;
        private String instead;

        Round(List<Call> calls) {
            outcomes = new Outcome[calls.size()];
            for (int i = 0; i < outcomes.length; i++) {
                waiting.add(new Open(i, calls.get(i)));
            }
        }

        boolean isDone() {
            return waiting.isEmpty() && asked.isEmpty();
        }

        List<Outcome> outcomes() {
            return Collections.unmodifiableList(Arrays.asList(outcomes));
        }

        /** Goes on until all is answered, or until somebody else has waited for long enough. */
        void turn() throws IOException {
            int sent = 0;
            while (!isDone()) {
                boolean yielding = sent >= endpoint.inFlight() && line.isWanted();
                if (yielding && asked.isEmpty()) {
                    return;
                }
                Silence silence = line.silence(unit);
                if (isPaused(silence) && asked.isEmpty()) {
                    giveUp(silence.outcome());
                    return;
                }
                try {
                    if (!line.isOpen()) {
                        line.open(begin);
                    }
                    sent += yielding ? 0 : send();
                    receive();
                } catch (Broken e) {
                    line.drop();
                    broken(e);
                }
            }
        }

        /** What was asked in vain goes to the front of the line, oldest first. */
        private void askAgain() {
            List<Open> again = new ArrayList<>(asked.values());
            again.removeIf(open -> open.index == NOBODYS);
            asked.clear();
            Collections.reverse(again);
            again.forEach(waiting::addFirst);
        }

        private int send() throws Broken {
            int sent = 0;
            while (asked.size() < endpoint.inFlight() && !waiting.isEmpty()) {
                Open open = named ? waiting.poll() : settled();
                if (open == null) {
                    giveUp(new Outcome.Silent());
                    return sent;
                }
                int transaction = line.nextTransaction();
                byte[] pdu = open.call.pdu();
                int overhead = line.framing().overhead();
                int bytes = pdu.length + open.call.mostAnswerBytes() + 2 * overhead;
                if (asked.isEmpty()) {
                    halfHeard = false;
                    instead = null;
                }
                asked.put(transaction, open);
                try {
                    line.wire().write(line.framing().frame(transaction, unit, pdu));
                } catch (IOException e) {
                    throw new Broken(e);
                }
                open.sent = System.nanoTime();
                open.deadline =
                        open.sent + endpoint.timeout().toNanos() + line.wire().nanosFor(bytes);
                line.sent(unit, transaction, open.call);
                counts.sent();
                sent++;
            }
            return sent;
        }

        /** The next call, or the one that has to be asked before it; null where none may be. */
        private Open settled() throws Broken {
            Call next = waiting.element().call;
            Optional<Call> first;
            try {
                first = late.before(next);
            } catch (IOException e) {
                throw new Broken(e);
            }
            if (first.isPresent() && first.get() == next) {
                return waiting.poll();
            }
            return first.map(call -> new Open(NOBODYS, call)).orElse(null);
        }

        /** Waits until one answer has come or the oldest open call is out of time. */
        private void receive() throws Broken {
            while (!asked.isEmpty()) {
                Open oldest = asked.values().iterator().next();
                Answer answer;
                try {
                    answer = line.framing().take(line.input());
                } catch (NoFrameException e) {
                    counts.fault();
                    fail(oldest, new Outcome.Garbled(e.getMessage()));
                    return;
                }
                if (answer != null) {
                    halfHeard = false;
                    if (take(answer)) {
                        return;
                    }
                    continue;
                }
                try {
                    long left = oldest.deadline - System.nanoTime();
                    if (left <= 0 || !line.input().fill(line.wire(), left)) {
                        counts.timeout();
                        fail(oldest, silent());
                        return;
                    }
                    halfHeard = true;
                } catch (IOException e) {
                    throw new Broken(e);
                }
            }
        }

        private Outcome silent() {
            if (halfHeard) {
                return new Outcome.Silent(
                        named ? ModbusStatus.UNEXPECTED_ANSWER : ModbusStatus.CHECKSUM,
                        line.framing().unfinished(line.input()));
            }
            return instead == null
                    ? new Outcome.Silent()
                    : new Outcome.Silent(ModbusStatus.UNEXPECTED_ANSWER, instead);
        }

        /** Whether the answer was one to what is open; false where it is to be thrown away. */
        private boolean take(Answer answer) {
            int transaction = named ? answer.transaction() : asked.keySet().iterator().next();
            Open open = asked.get(transaction);
            if (open == null || !named && late.isLate(answer, open.call)) {
                late.throwAway(answer);
                instead = named ? "answered with another transaction id" : instead;
                return false;
            }
            long nanos = System.nanoTime() - open.sent;
            line.received(answer, open.call, Optional.of(Duration.ofNanos(nanos)));
            Outcome outcome =
                    answer.unit() == unit
                            ? open.call.outcome(answer.pdu())
                            : new Outcome.Garbled(
                                    "answered as unit "
                                            + answer.unit()
                                            + " where unit "
                                            + unit
                                            + " was asked");
            if (outcome instanceof Outcome.Garbled garbled) {
                counts.fault();
                if (!named) {
                    // the line goes on as it was, and the right answer may be the next to come
                    instead = garbled.what();
                    return false;
                }
                fail(open, outcome);
                return true;
            }
            counts.answered(nanos, outcome instanceof Outcome.Refused);
            asked.remove(transaction);
            put(open, outcome);
            late.settled(outcome);
            line.answered();
            silentInRow = 0;
            if (outcome instanceof Outcome.Refused refused
                    && ModbusStatus.isSilenceBehindGateway(refused.code())) {
                line.silence(unit).add(open.call, outcome, System.nanoTime());
            } else {
                line.silence(unit).end(open.call);
            }
            return true;
        }

        private void put(Open open, Outcome outcome) {
            if (open.index != NOBODYS) {
                outcomes[open.index] = outcome;
            }
        }

        /** Starts over; another try where one is left, else the end of it. */
        private void fail(Open open, Outcome outcome) {
            line.startOver();
            if (!named) {
                late.owe(open.call);
            }
            asked.values().remove(open);
            askAgain();
            if (open.index == NOBODYS && late.isAskedInVain()) {
                return;
            }
            Open failed = open.index == NOBODYS ? waiting.poll() : open;
            failed.attempts++;
            if (failed.call.isRepeatable()
                    && failed.attempts <= endpoint.retries()
                    && silentInRow == 0) {
                waiting.addFirst(failed);
                return;
            }
            put(failed, outcome);
            if (outcome instanceof Outcome.Silent) {
                line.silence(unit).add(failed.call, outcome, System.nanoTime());
                if (++silentInRow >= SILENT_ENOUGH) {
                    giveUp(new Outcome.NotAsked());
                }
            }
        }

        private void giveUp(Outcome outcome) {
            askAgain();
            waiting.forEach(open -> put(open, outcome));
            waiting.clear();
        }

        private void broken(Broken reason) throws Broken {
            counts.fault();
            if (!named) {
                asked.values().forEach(open -> late.owe(open.call));
            }
            boolean enough = line.countBroken() >= BROKEN_ENOUGH;
            boolean writing = asked.values().stream().anyMatch(o -> !o.call.isRepeatable());
            boolean nobody = reason.getCause() instanceof PortUnreachableException;
            if (closed || writing || enough || nobody) {
                throw reason;
            }
            askAgain();
            Open oldest = waiting.peek();
            if (oldest != null && ++oldest.breaks > 1) {
                put(waiting.poll(), new Outcome.Closed());
            }
        }
    }
}
