package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.LinkCounts;
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

/**
 * The state of one exchange: what waits, what is asked and what came of it. Nothing is asked while
 * the line is not ours.
 */
final class Round {
    /**
     * After so many calls without an answer in a row, the rest is not even asked; and after the
     * first such call the next ones are not repeated.
     */
    private static final int SILENT_ENOUGH = 2;

    /** So many connections that broke one after the other without a single answer are a loss. */
    private static final int BROKEN_ENOUGH = 3;

    /** The same where there is more to ask: a device may hang up at what it does not have. */
    private static final int BROKEN_IN_ANY_CASE = 6;

    /** The place of a question that only settles what a unit owes. */
    private static final int NOBODYS = -1;

    private final ModbusLink link;
    private final Line line;
    private final Endpoint endpoint;
    private final int unit;
    private final boolean named;
    private final LateAnswers late;
    private final LinkCounts counts;
    private final long begin = System.nanoTime();
    private final Outcome[] outcomes;
    private final Deque<Open> waiting = new ArrayDeque<>();
    private final Map<Integer, Open> asked = new LinkedHashMap<>();
    private int silentInRow;
    private boolean halfHeard;
    private String instead;

    Round(ModbusLink link, Endpoint endpoint, LinkCounts counts, List<Call> calls) {
        this.link = link;
        this.endpoint = endpoint;
        this.counts = counts;
        line = link.line();
        unit = link.unit();
        late = link.late();
        named = line.framing().tellsTransactions();
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
            if (link.isPaused(silence) && asked.isEmpty()) {
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
            open.deadline = open.sent + endpoint.timeout().toNanos() + line.wire().nanosFor(bytes);
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
        boolean untried = waiting.stream().anyMatch(open -> open.breaks == 0);
        boolean enough = line.countBroken() >= (untried ? BROKEN_IN_ANY_CASE : BROKEN_ENOUGH);
        boolean writing = asked.values().stream().anyMatch(o -> !o.call.isRepeatable());
        boolean nobody = reason.getCause() instanceof PortUnreachableException;
        if (link.isClosed() || writing || enough || nobody) {
            throw reason;
        }
        askAgain();
        Open oldest = waiting.peek();
        if (oldest != null && ++oldest.breaks > 1) {
            put(waiting.poll(), new Outcome.Closed());
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
}
