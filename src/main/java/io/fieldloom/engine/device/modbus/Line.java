package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One physical connection and everything that is true of it whoever asks: all units at the same
 * host and port share it, since slow gateways drop a second connection. One unit asks at a time, in
 * the order in which they came.
 *
 * <p>Thread-safe as far as {@link #acquire}, {@link #release}, {@link #join}, {@link #leave} and
 * {@link #watch} go; the rest belongs to whoever has acquired the line.
 */
final class Line {
    private static final Duration TURN_CHECK = Duration.ofMillis(100);

    private final Endpoint endpoint;
    private final Wire wire;
    private final Framing framing;
    private final Input input = new Input();
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Map<Integer, Silence> silences = new HashMap<>();
    private final Map<Integer, Owed> owed = new HashMap<>();
    private final Map<ModbusLink, Integer> users = new HashMap<>();
    private final List<FrameRing> watchers = new CopyOnWriteArrayList<>();
    private volatile ModbusLink holder;
    private int lastTransaction = ThreadLocalRandom.current().nextInt(0x10000);
    private int brokenInRow;
    private volatile boolean unused = true;
    private IOException lastFailure;
    private long failedAt;
    private long opened;

    Line(Endpoint endpoint, Wire wire, Framing framing) {
        this.endpoint = endpoint;
        this.wire = wire;
        this.framing = framing;
    }

    /** The endpoint of whoever made the line; of it only what all units share counts. */
    Endpoint endpoint() {
        return endpoint;
    }

    Wire wire() {
        return wire;
    }

    Framing framing() {
        return framing;
    }

    Input input() {
        return input;
    }

    void join(ModbusLink user, int unit) {
        synchronized (users) {
            users.put(user, unit);
        }
    }

    /** The last one to go closes the connection; one that is asking breaks off. */
    void leave(ModbusLink user) {
        boolean last;
        synchronized (users) {
            users.remove(user);
            last = users.isEmpty();
            unused |= last;
        }
        if (last || holder == user) {
            wire.close();
        }
    }

    /** Whether other units than that one hang on this line. */
    boolean isShared(int unit) {
        synchronized (users) {
            return users.values().stream().anyMatch(other -> other != unit);
        }
    }

    boolean isUsed() {
        synchronized (users) {
            return !users.isEmpty();
        }
    }

    /** Waits for the line; fails when the user has left meanwhile. */
    void acquire(ModbusLink user) throws IOException {
        try {
            while (!turn.tryLock(TURN_CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
                user.checkOpen();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        holder = user;
        try {
            user.checkOpen();
        } catch (IOException e) {
            release();
            throw e;
        }
    }

    /** The same where it is free at once; whether it was. */
    boolean acquireIfFree(ModbusLink user) {
        boolean free = turn.tryLock();
        if (free) {
            holder = user;
        }
        return free;
    }

    void release() {
        holder = null;
        turn.unlock();
    }

    /** Whether somebody else waits for the line. */
    boolean isWanted() {
        return turn.hasQueuedThreads();
    }

    boolean isOpen() {
        return wire.isOpen();
    }

    /**
     * Opens the connection, or a new one in its place.
     *
     * @param since when the caller began to wait: what failed after that is not tried once more, so
     *     that ten units of a dead gateway do not wait for each other's time-outs
     */
    void open(long since) throws IOException {
        if (lastFailure != null && failedAt - since > 0) {
            throw lastFailure;
        }
        input.clear();
        if (unused) {
            unused = false;
            opened = System.nanoTime();
            owed.values().forEach(each -> each.doubt(opened));
        }
        try {
            wire.open();
            lastFailure = null;
        } catch (IOException e) {
            lastFailure = e;
            failedAt = System.nanoTime();
            throw e;
        }
    }

    void drop() {
        input.clear();
        wire.close();
    }

    /** Nothing that is still on its way may be taken for what is asked next. */
    void startOver() {
        input.clear();
        wire.startOver();
    }

    /** Another number than the last 65,535 questions had. */
    int nextTransaction() {
        lastTransaction = lastTransaction + 1 & 0xFFFF;
        return lastTransaction;
    }

    /**
     * Answers that a unit still owes; only where answers do not name their question. What it was
     * asked before this program took the line, nobody here knows.
     */
    Owed owed(int unit) {
        return owed.computeIfAbsent(unit, u -> new Owed(opened));
    }

    /** Whether a unit that was asked here owes an answer. */
    boolean isOwedBy(int unit) {
        Owed known = owed.get(unit);
        return known != null && known.isAnything(System.nanoTime());
    }

    /** What is known of a unit that does not answer. */
    Silence silence(int unit) {
        return silences.computeIfAbsent(unit, u -> new Silence());
    }

    /** Counts connections that broke one after the other without a single answer. */
    int countBroken() {
        return ++brokenInRow;
    }

    void answered() {
        brokenInRow = 0;
    }

    /** Lets a ring see every frame from now on, over reconnects too. */
    void watch(FrameRing ring) {
        watchers.add(ring);
    }

    void unwatch(FrameRing ring) {
        watchers.remove(ring);
    }

    void sent(int unit, int transaction, Call call) {
        for (FrameRing ring : watchers) {
            ring.sent(unit, framing.frame(transaction, unit, call.pdu()), call);
        }
    }

    /**
     * @param call the question, or null where nobody asked
     */
    void received(Framing.Answer answer, Call call, Optional<Duration> roundTrip) {
        for (FrameRing ring : watchers) {
            byte[] bytes = framing.frame(answer.transaction(), answer.unit(), answer.pdu());
            ring.received(answer, bytes, call, roundTrip.orElse(null));
        }
    }
}
