package io.fieldloom.engine.device.opcua;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;

/** One subscription at the server: its revised times, its silence, its sequence. Thread-safe. */
final class ServerSubscription {
    private static final long LARGEST = 0xFFFF_FFFFL;

    private final UInteger id;
    private final Duration publishingInterval;
    private final long keepAliveNanos;
    private final TreeMap<Long, Arrived> early = new TreeMap<>();
    private long expected = 1;
    private volatile long heardNanos = System.nanoTime();

    ServerSubscription(CreateSubscriptionResponse created) {
        id = created.getSubscriptionId();
        publishingInterval =
                Duration.ofNanos((long) (created.getRevisedPublishingInterval() * 1_000_000));
        keepAliveNanos =
                publishingInterval.toNanos()
                        * Math.max(1, created.getRevisedMaxKeepAliveCount().longValue());
    }

    /** A notification message and the moment at which it came. */
    record Arrived(NotificationMessage message, Instant at) {}

    UInteger id() {
        return id;
    }

    Duration publishingInterval() {
        return publishingInterval;
    }

    void heard() {
        heardNanos = System.nanoTime();
    }

    long silentPeriods(long now) {
        return (now - heardNanos) / Math.max(1, keepAliveNanos);
    }

    /**
     * What may be handed on now that this message came: it and those that waited for it, or nothing
     * while one before it is missing, or when it came twice.
     */
    synchronized List<Arrived> inOrder(NotificationMessage message, Instant at) {
        long number = message.getSequenceNumber().longValue();
        if (expected > LARGEST) {
            expected = 1; // the counter goes round (OPC UA Part 4, 5.14.1.1)
        }
        if (number >= expected) {
            early.put(number, new Arrived(message, at));
        }
        return takeReady();
    }

    synchronized boolean waitsForMissing() {
        return !early.isEmpty();
    }

    /** Goes on without the missing message; empty when it came in the meantime. */
    synchronized List<Arrived> giveUpMissing() {
        if (early.isEmpty()) {
            return List.of();
        }
        expected = early.firstKey();
        return takeReady();
    }

    private List<Arrived> takeReady() {
        List<Arrived> ready = new ArrayList<>();
        while (!early.isEmpty() && early.firstKey() == expected) {
            ready.add(early.pollFirstEntry().getValue());
            expected++;
        }
        return ready;
    }
}
