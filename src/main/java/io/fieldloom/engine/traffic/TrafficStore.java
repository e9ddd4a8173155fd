package io.fieldloom.engine.traffic;

import io.fieldloom.engine.SerialLane;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All traffic of one broker: the tree of topics with last payload, rate and count, and a history
 * bounded in bytes. Fed by the embedded broker's tap or by a subscription.
 *
 * <p>Thread-safe. {@link #record} hands over and returns; a lane indexes in batches, a few
 * milliseconds later. Readers hold the same lock for a row or a topic at a time.
 */
public final class TrafficStore {
    private static final Logger LOG = LoggerFactory.getLogger(TrafficStore.class);

    /** Long enough to fill a batch, short against the twenty repaints a second of a view. */
    private static final long BATCH_MILLIS = 5;

    /** Messages, or nodes of a view, for each hold of the lock: well under a millisecond. */
    private static final int AT_A_TIME = 256;

    private static final int VIEW_NODES = 1_024;

    private static final long READER_PAUSE_NANOS = 50_000;

    private final ScheduledExecutorService pool;
    private final SerialLane lane;
    private final TrafficLimits limits;
    private final InstantSource clock;
    private final Intake intake;
    private final AtomicBoolean awake = new AtomicBoolean();
    private volatile boolean viewsBehind;

    private final ReentrantLock lock = new ReentrantLock();

    // under the lock
    private final List<TrafficRows> views = new ArrayList<>();
    private TopicIndex index;
    private TopicRecords records;
    private Throughput throughput = new Throughput();
    private long beyondTopics;

    /**
     * @param pool runs the lane that indexes
     * @param limits what may be held
     * @param clock for rates; messages bring their own times
     */
    public TrafficStore(ScheduledExecutorService pool, TrafficLimits limits, InstantSource clock) {
        this.pool = Objects.requireNonNull(pool, "pool");
        this.lane = new SerialLane(pool);
        this.limits = limits;
        this.clock = clock;
        this.intake = new Intake(limits);
        this.index = new TopicIndex();
        this.records = new TopicRecords(index, limits);
    }

    /** A store within the limits of this process's heap. */
    public TrafficStore(ScheduledExecutorService pool) {
        this(pool, TrafficLimits.forHeap(Runtime.getRuntime().maxMemory()), InstantSource.system());
    }

    /** Records a message. Any thread; never blocks for longer than another one's hand-over. */
    public void record(Message message) {
        intake.offer(message);
        if (!awake.get() && awake.compareAndSet(false, true)) {
            wake(BATCH_MILLIS);
        }
    }

    /** One topic, or empty when no message came to it. */
    public Optional<TopicView> topic(String topic) {
        lock.lock();
        try {
            int node = index.find(topic);
            return node == TopicIndex.NONE || !index.isTopic(node)
                    ? Optional.empty()
                    : Optional.of(records.view(node, topic, clock.instant()));
        } finally {
            lock.unlock();
        }
    }

    /** The messages kept of a topic, oldest first, its last one included. */
    public List<Message> history(String topic) {
        lock.lock();
        try {
            int node = index.find(topic);
            return node == TopicIndex.NONE || !index.isTopic(node)
                    ? List.of()
                    : records.history(node, topic);
        } finally {
            lock.unlock();
        }
    }

    /**
     * What the broker keeps for the topics that are wanted, as far as it was seen: of each topic
     * the newest message known as retained. Looks at all topics, a slice at a time; not for the
     * window's thread.
     */
    public List<Message> retained(Predicate<String> wanted) {
        List<Message> found = new ArrayList<>();
        TopicIndex whole = null;
        for (int from = TopicIndex.ROOT + 1; ; from += VIEW_NODES) {
            lock.lock();
            try {
                if (whole != null && whole != index) {
                    return List.of(); // all was forgotten meanwhile
                }
                whole = index;
                int end = Math.min(from + VIEW_NODES, index.count());
                for (int node = from; node < end; node++) {
                    if (records.brokerKeeps(node)) {
                        String topic = index.path(node);
                        if (wanted.test(topic)) {
                            found.add(records.retained(node, topic));
                        }
                    }
                }
                if (end == index.count()) {
                    return found;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Tells whether the broker keeps a value for a topic. For whoever changed that: a subscription
     * sees a message, but not that it was to be kept.
     */
    public void setRetained(String topic, boolean keeps) {
        lock.lock();
        try {
            int node = index.find(topic);
            if (node != TopicIndex.NONE) {
                records.setBrokerKeeps(node, keeps);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The topic that a person looks at keeps its history longest. */
    public void lookAt(String topic) {
        lock.lock();
        try {
            records.lookAt(index.find(topic));
        } finally {
            lock.unlock();
        }
    }

    public TrafficStats stats() {
        lock.lock();
        try {
            return new TrafficStats(
                    records.messages(),
                    index.topics(),
                    records.bytes(),
                    records.duplicates(),
                    intake.dropped(),
                    beyondTopics,
                    records.notKept(),
                    records.retained(),
                    throughput.perSecond(clock.instant()));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything, the counts too. */
    public void clear() {
        lock.lock();
        try {
            index = new TopicIndex();
            records = new TopicRecords(index, limits);
            throughput = new Throughput();
            beyondTopics = 0;
            intake.forgetDropped();
            views.forEach(view -> view.restart(index, records));
        } finally {
            lock.unlock();
        }
    }

    /** A tree over the topics, everything folded; to be closed when nobody looks any more. */
    public TrafficRows rows() {
        lock.lock();
        try {
            TrafficRows view = new TrafficRows(this, lock, clock, index, records);
            views.add(view);
            return view;
        } finally {
            lock.unlock();
        }
    }

    void forget(TrafficRows view) {
        views.remove(view);
    }

    /** A view has more to do than its caller should wait for. */
    void wakeForView() {
        viewsBehind = true;
        if (awake.compareAndSet(false, true)) {
            wake(0);
        }
    }

    /**
     * Waits until everything recorded before is indexed and every view shows it.
     *
     * @return false when the time was over first
     */
    public boolean settle(Duration atMost) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        lane.execute(
                () -> {
                    work();
                    done.complete(null);
                });
        try {
            done.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void wake(long inMillis) {
        try {
            pool.schedule(() -> lane.execute(this::workAndSleep), inMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Nothing more is indexed: the program ends", e);
        }
    }

    private void workAndSleep() {
        try {
            work();
        } finally {
            awake.set(false);
        }
        // what came between the last look and the line above must not wait for the next message
        if ((viewsBehind || !intake.isEmpty()) && awake.compareAndSet(false, true)) {
            wake(BATCH_MILLIS);
        }
    }

    private void work() {
        boolean viewsShowAll = false;
        while (!viewsShowAll || !intake.isEmpty()) {
            viewsBehind = false;
            Intake.Batch batch = intake.take();
            for (int from = 0; from < batch.count(); from += AT_A_TIME) {
                index(batch, from, Math.min(from + AT_A_TIME, batch.count()));
            }
            viewsShowAll = advanceViews();
        }
    }

    private void index(Intake.Batch batch, int from, int to) {
        lock.lock();
        try {
            for (int at = from; at < to; at++) {
                Message message = batch.messages()[at];
                batch.messages()[at] = null;
                if (index.count() >= limits.topics()
                        && index.find(message.topic()) == TopicIndex.NONE) {
                    beyondTopics++;
                } else {
                    records.record(message);
                }
                throughput.add(message.time());
            }
        } finally {
            lock.unlock();
        }
        letReadersIn();
    }

    /**
     * A reader gets its turn between two batches of a flood. A fair lock would do that too, but
     * would make the flood wait for a reader that the system has no processor for.
     */
    private void letReadersIn() {
        if (lock.hasQueuedThreads()) {
            LockSupport.parkNanos(READER_PAUSE_NANOS);
        }
    }

    private boolean advanceViews() {
        letReadersIn();
        lock.lock();
        try {
            boolean all = true;
            for (TrafficRows view : views) {
                all &= view.advance(VIEW_NODES);
            }
            return all;
        } finally {
            lock.unlock();
        }
    }
}
