package io.fieldloom.engine.device.opcua;

import io.fieldloom.engine.device.SubscriptionHealth.Stream;
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

    /** A gap that is wider than this is no lost message, and no server keeps that many. */
    private static final int MOST_ASKED_AGAIN = 100;

    private final UInteger id;
    private final Duration publishingInterval;
    private final long keepAliveNanos;
    private final Duration lifetime;
    private final TreeMap<Long, Arrived> early = new TreeMap<>();
    private long expected = 1;
    private boolean asking;
    private long missing;
    private long recovered;
    private boolean transferred;
    private volatile long heardNanos = System.nanoTime();

    ServerSubscription(CreateSubscriptionResponse created) {
        id = created.getSubscriptionId();
        publishingInterval =
                Duration.ofNanos((long) (created.getRevisedPublishingInterval() * 1_000_000));
        keepAliveNanos =
                publishingInterval.toNanos()
                        * Math.max(1, created.getRevisedMaxKeepAliveCount().longValue());
        lifetime = publishingInterval.multipliedBy(created.getRevisedLifetimeCount().longValue());
    }

    /** A notification message and the moment at which it came. */
    record Arrived(NotificationMessage message, Instant at) {}

    UInteger id() {
        return id;
    }

    Duration publishingInterval() {
        return publishingInterval;
    }

    /** How it fares, with so many items in it. */
    synchronized Stream stream(int items) {
        return new Stream(
                id.longValue(),
                publishingInterval,
                Duration.ofNanos(keepAliveNanos),
                lifetime,
                items,
                Duration.ofNanos(System.nanoTime() - heardNanos),
                missing,
                recovered,
                transferred);
    }

    /**
     * Goes on in another session than the one it was made in.
     *
     * @param available the numbers of the messages that the server keeps for being asked again
     * @return those of them that never came, in their order
     */
    synchronized List<UInteger> taken(List<UInteger> available) {
        transferred = true;
        asking = false;
        heard();
        List<UInteger> wanted =
                available.stream()
                        .filter(
                                number ->
                                        number.longValue() >= expected
                                                && !early.containsKey(number.longValue()))
                        .sorted()
                        .toList();
        missing += wanted.size();
        return wanted;
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

    /** Whether a message is missing that nobody waits for yet; from then on somebody does. */
    synchronized boolean beginsToWait() {
        boolean begins = !early.isEmpty() && !asking;
        asking |= begins;
        return begins;
    }

    /** The numbers that are still missing before one that is there; each counts as a gap. */
    synchronized List<UInteger> missing() {
        if (early.isEmpty()) {
            asking = false;
            return List.of();
        }
        List<UInteger> numbers = new ArrayList<>();
        for (long number = expected;
                number < early.lastKey() && numbers.size() < MOST_ASKED_AGAIN;
                number++) {
            if (!early.containsKey(number)) {
                numbers.add(UInteger.valueOf(number));
            }
        }
        missing += numbers.size();
        return numbers;
    }

    /** As {@link #inOrder}, of a message that the server sent again. */
    synchronized List<Arrived> again(NotificationMessage message, Instant at) {
        if (message.getSequenceNumber().longValue() >= expected) {
            recovered++;
        }
        return inOrder(message, at);
    }

    /** Goes on without what is missing; empty when all of it came in the meantime. */
    synchronized List<Arrived> giveUpMissing() {
        asking = false;
        List<Arrived> rest = new ArrayList<>();
        while (!early.isEmpty()) {
            expected = early.firstKey();
            rest.addAll(takeReady());
        }
        return rest;
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
