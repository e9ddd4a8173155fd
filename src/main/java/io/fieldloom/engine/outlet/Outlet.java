package io.fieldloom.engine.outlet;

import java.time.Duration;
import java.util.Set;

/**
 * Whatever takes publications. One shared queue with a bound in items and bytes, order kept per
 * topic, store and forward while the receiver is away. Thread-safe.
 */
public interface Outlet extends AutoCloseable {
    /** The broker's or sink's name, for messages. */
    String name();

    /**
     * Takes a publication and returns at once. When the queue is full, the oldest is dropped and
     * counted; a QoS 0 publication is dropped and counted while the receiver is away.
     */
    void offer(Publication publication);

    /**
     * Takes out of the queue what waits for topics that nobody publishes to any more, while the
     * receiver is away: what came there later would stay for ever. It counts as dropped.
     */
    void withdraw(Set<String> topics);

    OutletState state();

    /** Waits until everything taken has been delivered, or the time is over. */
    boolean drain(Duration atMost);

    /** Stops at once; what is still queued is counted as dropped. Idempotent. */
    @Override
    void close();
}
