package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.device.Revised;
import io.fieldloom.engine.device.SampleSink;
import io.fieldloom.engine.device.Sampling;
import io.fieldloom.engine.device.SessionListener;
import io.fieldloom.engine.device.SubscriptionHealth;
import io.fieldloom.engine.device.TagRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitored items of one session. Items of one interval share subscriptions, whoever asked for
 * them, since servers have few. Sampling interval is the asked one, and so is the publishing
 * interval up to a second; the queue holds {@value MonitoredItems#QUEUE} values unless told
 * otherwise, so that a publishing that comes late loses none.
 */
final class Subscriber implements SubscriptionHealth {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    /** One subscription takes no more, so that one message stays of a handy size. */
    private static final int MOST_ITEMS = 5_000;

    private static final Duration SLOWEST = Duration.ofSeconds(1);

    /** Whoever watched over the lost session asks for the same again at once. */
    private static final Duration CLAIMED_WITHIN = Duration.ofMillis(300);

    private static final long KEEP_ALIVE_MILLIS = 2_000;
    private static final long LIFETIME_MILLIS = 60_000;
    private static final int MOST_NOTIFICATIONS = 5_000;
    private static final long OVERFLOW_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Services services;
    private final Addresses addresses;
    private final Variables variables;
    private final ValueDecoder decoder;
    private final MonitoredItems monitoredItems;
    private final Publisher publisher;
    private final SessionListener listener;
    private final AtomicInteger handles = new AtomicInteger();
    private final Map<UInteger, Item> items = new ConcurrentHashMap<>();
    private final Map<Duration, List<Slot>> slots = new HashMap<>();
    private final Takeover takeover;
    private long overflowNoted;

    Subscriber(
            Services services,
            Addresses addresses,
            Variables variables,
            ValueDecoder decoder,
            Failures failures,
            SessionListener listener,
            Takeover takeover) {
        this.services = services;
        this.addresses = addresses;
        this.variables = variables;
        this.decoder = decoder;
        this.listener = listener;
        this.monitoredItems = new MonitoredItems(services);
        this.publisher = new Publisher(services.client(), failures, listener, this::received);
        this.takeover = takeover;
        for (Takeover.Taken taken : takeover.taken()) {
            adopt(taken);
        }
    }

    private void adopt(Takeover.Taken taken) {
        slots.computeIfAbsent(taken.left().interval(), fresh -> new ArrayList<>())
                .add(taken.slot());
        for (Legacy.Item item : taken.left().items()) {
            handles.accumulateAndGet(item.handle().intValue(), Math::max);
        }
    }

    Publisher publisher() {
        return publisher;
    }

    @Override
    public synchronized List<Stream> streams() {
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

    CompletableFuture<Sampling> subscribe(List<TagRequest> tags, SampleSink sink) {
        OpcUaSampling sampling = new OpcUaSampling(tags, sink, this::remove);
        Map<Duration, List<Item>> byInterval = new LinkedHashMap<>();
        List<NodeId> nodes = new ArrayList<>();
        for (int index = 0; index < tags.size(); index++) {
            TagRequest tag = tags.get(index);
            try {
                Optional<NodeId> node = addresses.node(tag.address());
                if (node.isEmpty()) {
                    sampling.reject(index, Status.named("BadNodeIdUnknown"));
                    continue;
                }
                nodes.add(node.get());
                if (claim(tag, sampling, index)) {
                    continue;
                }
                byInterval
                        .computeIfAbsent(publishing(tag.interval()), interval -> new ArrayList<>())
                        .add(
                                new Item(
                                        new MonitoredItems.Wanted(
                                                uint(handles.incrementAndGet()), tag, node.get()),
                                        sampling,
                                        index));
            } catch (MalformedException e) {
                sampling.reject(index, Status.named("BadNodeIdInvalid"));
            }
        }
        CompletableFuture<Void> learnt = variables.learn(nodes).exceptionally(this::typesMissing);
        takeover.mustAwait(learnt);
        return learnt.thenCompose(
                        done ->
                                CompletableFuture.allOf(
                                        byInterval.entrySet().stream()
                                                .map(e -> create(e.getKey(), e.getValue()))
                                                .toArray(CompletableFuture<?>[]::new)))
                .thenApply(done -> sampling);
    }

    /**
     * A server sends the first value of an item at the end of a publishing interval, so one of five
     * minutes would show nothing for as long.
     */
    private static Duration publishing(Duration sampling) {
        return sampling.compareTo(SLOWEST) > 0 ? SLOWEST : sampling;
    }

    private boolean claim(TagRequest tag, OpcUaSampling sampling, int index) {
        Optional<Takeover.Waiting> waiting = takeover.claim(tag);
        waiting.ifPresent(
                one -> {
                    Legacy.Item item = one.item();
                    items.put(
                            item.handle(),
                            new Item(
                                    new MonitoredItems.Wanted(item.handle(), tag, item.node()),
                                    sampling,
                                    index));
                    sampling.runs(index, item.handle(), item.id(), one.in().slot(), item.revised());
                });
        return waiting.isPresent();
    }

    private Void typesMissing(Throwable failure) {
        LOG.debug("The types of tags could not be read", failure);
        listener.note("The types of some tags could not be read: enumerations show as numbers.");
        return null;
    }

    private CompletableFuture<Void> create(Duration interval, List<Item> wanted) {
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        for (int from = 0; from < wanted.size(); from += MOST_ITEMS) {
            List<Item> part = wanted.subList(from, Math.min(wanted.size(), from + MOST_ITEMS));
            parts.add(place(take(interval, part.size()), part));
        }
        return CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]));
    }

    private CompletableFuture<Void> place(Slot slot, List<Item> part) {
        return slot.subscription
                .handle((subscription, failure) -> failure == null ? slot : instead(slot, part))
                .thenCompose(
                        taken ->
                                taken.subscription
                                        .thenCompose(made -> monitor(taken, made, part))
                                        .exceptionally(failure -> refuseAll(taken, part, failure)));
    }

    /**
     * Another subscription for items whose own the server refused: it may have no more to give.
     * They are sampled as asked and published as often as the others there.
     */
    private synchronized Slot instead(Slot refused, List<Item> part) {
        for (List<Slot> others : slots.values()) {
            for (Slot other : others) {
                if (other != refused
                        && other.subscription.isDone()
                        && !other.subscription.isCompletedExceptionally()
                        && other.count + part.size() <= MOST_ITEMS) {
                    refused.count -= part.size();
                    other.count += part.size();
                    return other;
                }
            }
        }
        return refused;
    }

    private CompletableFuture<Void> monitor(
            Slot slot, ServerSubscription subscription, List<Item> part) {
        part.forEach(
                item -> items.put(item.handle(), item)); // first values may overtake the answer
        return monitoredItems
                .make(subscription.id(), part.stream().map(Item::wanted).toList())
                .thenAccept(made -> settle(slot, subscription, part, made));
    }

    private void settle(
            Slot slot,
            ServerSubscription subscription,
            List<Item> part,
            List<MonitoredItems.Made> made) {
        int refused = 0;
        for (int i = 0; i < part.size(); i++) {
            Item item = part.get(i);
            MonitoredItemCreateResult result = made.get(i).result();
            if (result.getStatusCode().isBad()) {
                items.remove(item.handle());
                item.sampling.reject(item.index, Statuses.of(result.getStatusCode()));
                refused++;
            } else {
                double millis =
                        Math.max(
                                result.getRevisedSamplingInterval(),
                                subscription.publishingInterval().toMillis());
                item.sampling.runs(
                        item.index,
                        item.handle(),
                        result.getMonitoredItemId(),
                        slot,
                        new Revised(
                                Duration.ofMillis(Math.round(millis)),
                                result.getRevisedQueueSize().intValue(),
                                made.get(i).filterRefused()));
            }
        }
        give(slot, refused);
    }

    private Void refuseAll(Slot slot, List<Item> part, Throwable failure) {
        Status status =
                UaException.extractStatusCode(Cause.of(failure))
                        .map(Statuses::of)
                        .orElse(Status.named("BadUnexpectedError"));
        for (Item item : part) {
            items.remove(item.handle());
            item.sampling.reject(item.index, status);
        }
        give(slot, part.size());
        return null;
    }

    /** A subscription of that interval with room, or a new one. */
    private synchronized Slot take(Duration interval, int count) {
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

    /** Gives room back; a subscription without items is ended. */
    private void give(Slot slot, int count) {
        synchronized (this) {
            slot.count -= count;
            if (slot.count > 0) {
                return;
            }
            slots.values().forEach(list -> list.remove(slot));
        }
        slot.subscription.thenAccept(publisher::end);
    }

    private void remove(Slot slot, Map<UInteger, UInteger> idsByHandle) {
        idsByHandle.keySet().forEach(items::remove);
        boolean last;
        synchronized (this) {
            last = slot.count <= idsByHandle.size();
        }
        if (!last) {
            slot.subscription
                    .thenCompose(
                            subscription ->
                                    services.unmonitor(
                                            subscription.id(), List.copyOf(idsByHandle.values())))
                    .exceptionally(
                            failure -> {
                                LOG.debug("Monitored items could not be ended", failure);
                                return null;
                            });
        }
        give(slot, idsByHandle.size());
    }

    private void received(MonitoredItemNotification[] notifications, Instant at) {
        Map<OpcUaSampling, OpcUaSampling.Delivery> deliveries = new LinkedHashMap<>();
        for (MonitoredItemNotification notification : notifications) {
            takeover.heard(notification.getClientHandle());
            Item item = items.get(notification.getClientHandle());
            if (item != null) {
                DataValue value = notification.getValue();
                if (value.statusCode().isOverflowSet()) {
                    noteOverflow(item);
                }
                deliveries
                        .computeIfAbsent(item.sampling, OpcUaSampling::delivery)
                        .add(
                                item.index,
                                decoder.sample(value, variables.known(item.wanted.node()), at));
            }
        }
        deliveries.values().forEach(OpcUaSampling.Delivery::deliver);
    }

    /** The server's queue was full and dropped a value: told at most once a minute. */
    private void noteOverflow(Item item) {
        long now = System.nanoTime();
        if (overflowNoted == 0 || now - overflowNoted > OVERFLOW_PAUSE_NANOS) {
            overflowNoted = now;
            listener.note(
                    "The server dropped values of "
                            + item.wanted.tag().address()
                            + " before it could send them: give the tag a larger queue or a longer"
                            + " interval.");
        }
    }

    /** What the server goes on to keep after the session is lost: subscriptions and their items. */
    List<Legacy.Left> left() {
        Map<Slot, List<Legacy.Item>> bySlot = new HashMap<>();
        items.values().stream()
                .map(Item::sampling)
                .distinct()
                .forEach(
                        sampling ->
                                sampling.running()
                                        .forEach(
                                                (slot, ids) ->
                                                        bySlot.computeIfAbsent(
                                                                        slot,
                                                                        fresh -> new ArrayList<>())
                                                                .addAll(left(ids))));
        List<Legacy.Left> left = new ArrayList<>();
        synchronized (this) {
            slots.forEach(
                    (interval, known) ->
                            known.stream()
                                    .filter(bySlot::containsKey)
                                    .map(
                                            slot ->
                                                    new Legacy.Left(
                                                            slot.subscription.join(),
                                                            interval,
                                                            bySlot.get(slot)))
                                    .forEach(left::add));
        }
        return left;
    }

    private List<Legacy.Item> left(Map<UInteger, UInteger> idsByHandle) {
        List<Legacy.Item> left = new ArrayList<>();
        idsByHandle.forEach(
                (handle, id) -> {
                    Item item = items.get(handle);
                    if (item != null) {
                        left.add(
                                new Legacy.Item(
                                        handle,
                                        id,
                                        item.wanted.tag(),
                                        item.wanted.node(),
                                        item.sampling.revised(item.index)));
                    }
                });
        return left;
    }

    /**
     * Lets the items that were taken over send again, once their tags had the time to claim them,
     * and ends those that nobody claimed.
     */
    void settle() {
        if (!takeover.taken().isEmpty()) {
            CompletableFuture.runAsync(() -> {}, after(CLAIMED_WITHIN))
                    .thenCompose(claimed -> takeover.awaited())
                    .thenRun(this::goOn);
        }
    }

    private void goOn() {
        Map<Slot, Map<UInteger, UInteger>> nobodys = new HashMap<>();
        for (Takeover.Waiting waiting : takeover.unclaimed()) {
            nobodys.computeIfAbsent(waiting.in().slot(), fresh -> new HashMap<>())
                    .put(waiting.item().handle(), waiting.item().id());
        }
        nobodys.forEach(this::remove);
        Duration patience = SLOWEST;
        for (Takeover.Taken taken : takeover.taken()) {
            boolean used;
            synchronized (this) {
                used = taken.slot().count > 0;
            }
            if (used) {
                ServerSubscription subscription = taken.left().subscription();
                publisher.add(subscription, taken.available());
                patience = patience.plus(subscription.publishingInterval().multipliedBy(2));
            }
        }
        after(patience).execute(this::readUnheard);
    }

    /**
     * Not every server repeats the current values, and a tag must not stay bad until it changes.
     */
    private void readUnheard() {
        List<Item> silent =
                takeover.unheard().stream().map(items::get).filter(Objects::nonNull).toList();
        List<ReadValueId> values =
                silent.stream()
                        .map(item -> Services.attribute(item.wanted.node(), AttributeId.Value))
                        .toList();
        services.read(values, TimestampsToReturn.Both)
                .thenAccept(
                        read -> {
                            Instant at = Instant.now();
                            publisher.onLane(() -> stillUnheard(silent, read, at));
                        })
                .exceptionally(
                        failure -> {
                            LOG.debug("Values could not be read", failure);
                            return null;
                        });
    }

    private void stillUnheard(List<Item> silent, List<DataValue> read, Instant at) {
        List<MonitoredItemNotification> late = new ArrayList<>();
        for (int i = 0; i < silent.size(); i++) {
            if (takeover.unheard().contains(silent.get(i).handle())) {
                late.add(new MonitoredItemNotification(silent.get(i).handle(), read.get(i)));
            }
        }
        received(late.toArray(new MonitoredItemNotification[0]), at);
    }

    private static Executor after(Duration delay) {
        return CompletableFuture.delayedExecutor(
                delay.toMillis(), TimeUnit.MILLISECONDS, Stack.sharedExecutor());
    }

    /** A subscription and how many items it has or is about to have. */
    static final class Slot {
        private final CompletableFuture<ServerSubscription> subscription;
        private int count;

        Slot(CompletableFuture<ServerSubscription> subscription, int count) {
            this.subscription = subscription;
            this.count = count;
        }
    }

    /** One monitored item and who takes its values. */
    private record Item(MonitoredItems.Wanted wanted, OpcUaSampling sampling, int index) {
        UInteger handle() {
            return wanted.handle();
        }
    }
}
