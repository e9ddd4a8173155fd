package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.SerialLane;
import io.fieldloom.engine.mqtt.MqttFailure.Kind;
import io.fieldloom.engine.outlet.DeliveryListener;
import io.fieldloom.engine.outlet.Drops;
import io.fieldloom.engine.outlet.LastValues;
import io.fieldloom.engine.outlet.Outlet;
import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.outlet.PublicationQueue;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes to one broker, in order and with many messages in flight. While the broker is away,
 * publications of QoS 1 and 2 wait in memory within the queue's bounds, those of QoS 0 are dropped;
 * both are counted. After a loss, what was not acknowledged is sent again first: a message of QoS 1
 * or 2 may then arrive twice, never out of order and never not at all.
 *
 * <p>Each link is a new session, and nobody tells whether the broker still has what it kept. So
 * with each link the last message of every retained topic goes out again, unless a newer one waits.
 * These repetitions are counted nowhere but among the messages that a broker refused.
 *
 * <p>Thread-safe. No method but {@link #drain}, {@link #handOver} and {@link #close} waits.
 */
public final class MqttOutlet implements Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(MqttOutlet.class);

    /** More unanswered messages would only wait in the client instead of in the queue. */
    private static final int WINDOW = 1_000;

    /** Room in the broker's own limit for what else the connection sends. */
    private static final int SPARE = 2;

    private static final long BUSY_MILLIS = 5;

    private final MqttConnection connection;
    private final PublicationQueue queue;
    private final ScheduledExecutorService pool;
    private final SerialLane lane;
    private final AtomicBoolean pumpAsked = new AtomicBoolean();
    private final Arrivals arrivals = new Arrivals();
    private final Object lock = new Object();
    private final InFlight inFlight = new InFlight();
    private final Restoration restoration = new Restoration();
    private Wire current; // the lane's
    private long taken;
    private long delivered;
    private Drops drops = Drops.NONE;
    private long failed;
    private boolean closed;
    private Outlet successor;
    private volatile boolean matchesArrivals;
    private volatile DeliveryListener listener;
    private volatile Consumer<OutletState> linkListener = state -> {};
    private volatile LastValues lastValues = LastValues.NONE;

    /**
     * @param login where and as whom
     * @param settings how the connection behaves; its presence is not counted as published
     * @param bounds what may wait
     * @param pool runs the outlet's lane and timers
     */
    public MqttOutlet(
            BrokerLogin login,
            SessionSettings settings,
            PublicationQueue.Bounds bounds,
            ScheduledExecutorService pool) {
        this.queue = new PublicationQueue(bounds);
        this.pool = Objects.requireNonNull(pool, "pool");
        this.lane = new SerialLane(pool);
        this.connection =
                new MqttConnection(
                        login,
                        settings,
                        new MqttListener() {
                            @Override
                            public void link(LinkState state) {
                                linkChanged(state);
                            }
                        },
                        pool);
    }

    /** Starts connecting; see {@link MqttConnection#open()}. */
    public CompletableFuture<Void> open() {
        return connection.open();
    }

    /** Starts connecting; see {@link MqttConnection#open(Duration)}. */
    public CompletableFuture<Void> open(Duration firstWithin) {
        return connection.open(firstWithin);
    }

    /**
     * The connection beneath, to test it after a sleep or to publish one message with an answer.
     */
    public MqttConnection connection() {
        return connection;
    }

    @Override
    public String name() {
        return connection.name();
    }

    /** What the broker, and its tap, know the outlet by. */
    public String clientId() {
        return connection.clientId();
    }

    /** Who is told of each delivery from now on; null for nobody. */
    public void listenToDeliveries(DeliveryListener deliveries) {
        listener = deliveries;
    }

    /** Who is told of each change of the link; to be named before {@link #open()}. */
    public void listenToLink(Consumer<OutletState> changes) {
        linkListener = changes;
    }

    /** Where the last messages are that the broker is given again with each link. */
    public void restoreFrom(LastValues values) {
        lastValues = values;
    }

    /** Remembers what is sent, so that {@link #arrivedAtBroker} can match it. */
    public void matchArrivals() {
        matchesArrivals = true;
    }

    /**
     * Tells which publication a broker's tap just saw from {@link #clientId()}. To be called for
     * each of its messages, in order, after {@link #matchArrivals}.
     *
     * @return when its sample arrived at the driver ({@link Publication#arrivedNanos()}; 0 for
     *     none); empty when it did not come through this outlet's queue
     */
    public OptionalLong arrivedAtBroker(String topic) {
        return arrivals.seen(topic);
    }

    @Override
    public void offer(Publication publication) {
        boolean isDown = connection.state().link() != Link.UP;
        synchronized (lock) {
            if (successor != null) {
                successor.offer(publication);
                return;
            }
            taken++;
            if (closed) {
                drops = drops.and(new Drops(0, 0, 1));
                return;
            }
            if (isDown && publication.qos() == 0) {
                drops = drops.and(new Drops(0, 1, 0));
                return;
            }
            restoration.isSaid(publication.topic());
            int lost = queue.add(publication);
            if (lost > 0) {
                drops = drops.and(new Drops(lost, 0, 0));
            }
        }
        askPump();
    }

    @Override
    public void withdraw(Set<String> topics) {
        if (connection.state().link() == Link.UP) {
            return; // it is on its way already
        }
        synchronized (lock) {
            int gone = queue.remove(waiting -> topics.contains(waiting.topic()));
            drops = drops.and(new Drops(0, 0, gone));
            lock.notifyAll();
        }
    }

    @Override
    public OutletState state() {
        LinkState link = connection.state();
        synchronized (lock) {
            return new OutletState(
                    link.link(),
                    link.reason(),
                    link.since(),
                    link.nextAttempt(),
                    taken,
                    delivered,
                    drops,
                    failed,
                    queue.items() + inFlight.count(),
                    queue.bytes() + inFlight.bytes(),
                    queue.bounds().items(),
                    queue.bounds().bytes());
        }
    }

    @Override
    public boolean drain(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (lock) {
            while (queue.items() + inFlight.count() > 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || closed) {
                    return false;
                }
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (!closed) {
                closed = true;
                restoration.end();
                int left = queue.takeAll().size() + inFlight.takeAll().size();
                drops = drops.and(new Drops(0, 0, left));
                lock.notifyAll();
            }
        }
        connection.close();
    }

    /**
     * Closes this outlet in favour of another one, which is given everything that was not
     * delivered, in order, and then whatever is still offered here. What was on its way may arrive
     * twice.
     */
    public void handOver(Outlet other) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            restoration.end();
            successor = other;
            inFlight.takeAll().forEach(other::offer);
            queue.takeAll().forEach(other::offer);
            lock.notifyAll();
        }
        connection.close();
    }

    /** Brought to the lane, so that nothing is sent over one link and counted to another. */
    private void linkChanged(LinkState now) {
        // Before the lane drops what a loss costs, so that a listener can tell how much it was.
        linkListener.accept(state());
        Wire wire = connection.wire();
        execute(now.link() == Link.UP ? () -> linkUp(wire) : () -> linkDown(now));
    }

    private void linkUp(Wire wire) {
        current = wire;
        arrivals.clear();
        restore();
        pump();
    }

    /** What waits is said anyhow, and what is no longer kept must not come back. */
    private void restore() {
        Set<String> kept = new LinkedHashSet<>(lastValues.topics(name()));
        int due;
        synchronized (lock) {
            inFlight.forgetRestored(topic -> !kept.contains(topic));
            inFlight.forEachAgain(publication -> kept.remove(publication.topic()));
            queue.forEach(publication -> kept.remove(publication.topic()));
            if (!closed) {
                restoration.begin(kept);
            }
            due = restoration.waiting();
        }
        if (due > 0) {
            LOG.info("{}: {} retained values are sent again, in case it lost them", name(), due);
        }
    }

    private void linkDown(LinkState now) {
        current = null;
        InFlight.Loss loss;
        synchronized (lock) {
            restoration.end();
            loss = inFlight.linkLost(blame(now.failure().kind()));
            int lost = loss.dropped() + queue.remove(waiting -> waiting.qos() == 0);
            drops = drops.and(new Drops(0, lost, 0));
            if (loss.givenUp() != null) {
                failed++;
                restoration.refused(loss.givenUp().topic());
            }
            lock.notifyAll();
        }
        if (loss.givenUp() != null) {
            Publication givenUp = loss.givenUp();
            refused(givenUp, connection.words().endsConnection(givenUp.topic(), now.failure()));
        }
    }

    private static InFlight.Blame blame(Kind kind) {
        return switch (kind) {
            case PACKET_TOO_LARGE, PUBLICATION_REFUSED -> InFlight.Blame.A_MESSAGE;
            case LOST, PROTOCOL -> InFlight.Blame.PERHAPS_A_MESSAGE;
            default -> InFlight.Blame.NO_MESSAGE;
        };
    }

    private void execute(Runnable task) {
        try {
            lane.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Nothing more is published: the program ends", e);
        }
    }

    private void askPump() {
        if (pumpAsked.compareAndSet(false, true)) {
            execute(this::pump);
        }
    }

    /** Sends as much as may be in flight. On the lane. */
    private void pump() {
        pumpAsked.set(false);
        Wire wire = current;
        if (wire == null) {
            return;
        }
        int allowed = Math.max(1, Math.min(WINDOW, wire.inFlightLimit() - SPARE));
        while (true) {
            InFlight.Entry next = next(allowed);
            if (next == null || !send(wire, next)) {
                return;
            }
        }
    }

    private InFlight.Entry next(int allowed) {
        while (true) {
            String topic;
            synchronized (lock) {
                if (!inFlight.isBelow(allowed)) {
                    return null;
                }
                InFlight.Entry again = inFlight.nextAgain();
                if (again != null) {
                    return again;
                }
                // Half of the window stays free for what is new.
                topic = restoration.next(queue.items() == 0 && inFlight.isBelow(allowed / 2 + 1));
                if (topic == null) {
                    Publication fresh = queue.poll();
                    return fresh == null ? null : inFlight.add(fresh);
                }
            }
            // Without the lock: a mapping that is just saying something holds its own.
            Optional<Publication> last = lastValues.last(name(), topic);
            if (last.isPresent()) {
                synchronized (lock) {
                    return inFlight.addRestored(last.get());
                }
            }
        }
    }

    private boolean send(Wire wire, InFlight.Entry entry) {
        Publication publication = entry.publication;
        long bytes = Packets.size(publication);
        if (bytes > wire.packetLimit()) {
            MqttFailure failure =
                    connection.words().tooLarge(publication.topic(), bytes, wire.packetLimit());
            count(entry, failure);
            return true;
        }
        if (matchesArrivals) {
            arrivals.sending(publication);
        }
        boolean accepted =
                wire.publish(
                        publication,
                        new Wire.Answer() {
                            @Override
                            public void done(int reasonCode) {
                                answered(entry, reasonCode);
                            }

                            @Override
                            public void failed(MqttFailure failure) {
                                LOG.trace("Sent again with the next link", failure);
                            }
                        });
        if (!accepted) {
            synchronized (lock) {
                inFlight.putBack(entry);
            }
            arrivals.takeBack(publication);
            pool.schedule(this::askPump, BUSY_MILLIS, TimeUnit.MILLISECONDS);
        }
        return accepted;
    }

    private void answered(InFlight.Entry entry, int reasonCode) {
        count(
                entry,
                reasonCode < 0x80
                        ? null
                        : connection
                                .words()
                                .publicationRefused(entry.publication.topic(), reasonCode));
        askPump();
    }

    private void count(InFlight.Entry entry, MqttFailure failure) {
        long now = System.nanoTime();
        synchronized (lock) {
            if (!inFlight.answered(entry)) {
                return;
            }
            if (failure == null) {
                delivered += entry.restored ? 0 : 1;
                restoration.taken(entry.publication.topic());
            } else {
                failed++;
                restoration.refused(entry.publication.topic());
            }
            if (inFlight.count() == 0) {
                lock.notifyAll();
            }
        }
        if (failure != null) {
            refused(entry.publication, failure);
        } else if (listener != null) {
            listener.delivered(entry.publication, now);
        }
    }

    private void refused(Publication publication, MqttFailure failure) {
        DeliveryListener deliveries = listener;
        if (deliveries == null) {
            LOG.warn("{}", failure.getMessage());
        } else {
            deliveries.refused(publication, failure.sentence());
        }
    }
}
