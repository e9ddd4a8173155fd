package io.fieldloom.engine.device.opcua;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a server that went silent without closing the connection: a pulled cable, a frozen
 * device. When nothing came in for a while it asks a small question, and when there is still
 * nothing, the session is lost.
 */
final class LifeWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LifeWatch.class);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A tick that comes this late means that this computer slept, not the server. */
    private static final long SLEPT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Pulse pulse;
    private final long silenceNanos;
    private final Subject subject;
    private ScheduledFuture<?> ticking;
    private long lastTick = System.nanoTime();

    /** What is watched. */
    interface Subject {
        /** Asks the server anything that it must answer. */
        void ping();

        /** More signs of life to look at; called at each tick. */
        void look(long now);

        /** Nothing came for too long. */
        void silent();

        /** This computer slept: what is old is no proof. */
        void forgive();
    }

    /**
     * @param silence how long nothing may come in
     */
    LifeWatch(Pulse pulse, Duration silence, Subject subject) {
        this.pulse = pulse;
        this.silenceNanos = silence.toNanos();
        this.subject = subject;
    }

    synchronized void start(ScheduledExecutorService scheduler) {
        lastTick = System.nanoTime();
        pulse.beat();
        ticking =
                scheduler.scheduleWithFixedDelay(
                        this::tick, TICK_NANOS, TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("The watch over a session failed", e); // thrown on, it would end the ticking
        }
    }

    private void look() {
        long now = System.nanoTime();
        boolean slept = now - lastTick > SLEPT_NANOS;
        lastTick = now;
        if (slept) {
            pulse.beat();
            subject.forgive();
            subject.ping();
            return;
        }
        long quiet = pulse.silentNanos(now);
        if (quiet > silenceNanos) {
            subject.silent();
        } else {
            if (quiet > QUIET_NANOS) {
                subject.ping();
            }
            subject.look(now);
        }
    }

    @Override
    public synchronized void close() {
        if (ticking != null) {
            ticking.cancel(false);
        }
    }
}
