package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.fieldloom.engine.device.SubscriptionHealth.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The subscriptions of one session by their interval, and the room in each. Thread-safe. */
final class Slots {
    /** One subscription takes no more, so that one message stays of a handy size. */
    static final int MOST_ITEMS = 5_000;

    private static final long KEEP_ALIVE_MILLIS = 2_000;
    private static final long LIFETIME_MILLIS = 60_000;
    private static final int MOST_NOTIFICATIONS = 5_000;

    private final Services services;
    private final Publisher publisher;
    private final Map<Duration, List<Slot>> slots = new HashMap<>();

    Slots(Services services, Publisher publisher) {
        this.services = services;
        this.publisher = publisher;
    }

    /** A subscription and how many items it has or is about to have. */
    static final class Slot {
        private final CompletableFuture<ServerSubscription> subscription;
        private int count;

        Slot(CompletableFuture<ServerSubscription> subscription, int count) {
            this.subscription = subscription;
            this.count = count;
        }

        CompletableFuture<ServerSubscription> subscription() {
            return subscription;
        }
    }

    synchronized void add(Duration interval, Slot slot) {
        slots.computeIfAbsent(interval, fresh -> new ArrayList<>()).add(slot);
    }

    synchronized List<Stream> streams() {
        List<Stream> streams = new ArrayList<>();
        for (List<Slot> known : slots.values()) {
            for (Slot slot : known) {
                boolean made =
                        slot.subscription.isDone() && !slot.subscription.isCompletedExceptionally();
                if (made) {
                    streams.add(slot.subscription.join().stream(slot.count));
                }
            }
        }
        return streams;
    }

    /** A subscription of that interval with room, or a new one. */
    synchronized Slot take(Duration interval, int count) {
        List<Slot> known = slots.computeIfAbsent(interval, fresh -> new ArrayList<>());
        known.removeIf(slot -> slot.subscription.isCompletedExceptionally());
        for (Slot slot : known) {
            if (slot.count + count <= MOST_ITEMS) {
                slot.count += count;
                return slot;
            }
        }
        Slot slot = new Slot(open(interval), count);
        known.add(slot);
        return slot;
    }

    /**
     * Another subscription for items whose own the server refused: it may have no more to give.
     * They are sampled as asked and published as often as the others there.
     */
    synchronized Slot instead(Slot refused, int count) {
        for (List<Slot> others : slots.values()) {
            for (Slot other : others) {
                if (other != refused
                        && other.subscription.isDone()
                        && !other.subscription.isCompletedExceptionally()
                        && other.count + count <= MOST_ITEMS) {
                    refused.count -= count;
                    other.count += count;
                    return other;
                }
            }
        }
        return refused;
    }

    private CompletableFuture<ServerSubscription> open(Duration interval) {
        long millis = Math.max(1, interval.toMillis());
        long keepAlive = Math.max(1, (KEEP_ALIVE_MILLIS + millis - 1) / millis);
        long lifetime = Math.max(keepAlive * 3, LIFETIME_MILLIS / millis);
        return services.client()
                .createSubscriptionAsync(
                        millis,
                        uint(lifetime),
                        uint(keepAlive),
                        uint(MOST_NOTIFICATIONS),
                        true,
                        ubyte(0))
                .thenApply(
                        created -> {
                            ServerSubscription subscription = new ServerSubscription(created);
                            publisher.add(subscription);
                            return subscription;
                        });
    }

    /** Gives room back; a subscription without items is ended, and its items with it. */
    boolean give(Slot slot, int count) {
        synchronized (this) {
            slot.count -= count;
            if (slot.count > 0) {
                return false;
            }
            slots.values().forEach(list -> list.remove(slot));
        }
        slot.subscription.thenAccept(publisher::end);
        return true;
    }

    synchronized boolean isUsed(Slot slot) {
        return slot.count > 0;
    }

    /** What the session leaves at the server: the subscriptions that are there and hold items. */
    synchronized List<Legacy.Left> left(Map<Slot, List<Legacy.Item>> items) {
        List<Legacy.Left> left = new ArrayList<>();
        slots.forEach(
                (interval, known) ->
                        known.stream()
                                .filter(items::containsKey)
                                .map(
                                        slot ->
                                                new Legacy.Left(
                                                        slot.subscription.join(),
                                                        interval,
                                                        items.get(slot)))
                                .forEach(left::add));
        return left;
    }
}
