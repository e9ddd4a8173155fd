package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Sample;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
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

    private static final Duration SLOWEST = Duration.ofSeconds(1);

    private static final long OVERFLOW_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Services services;
    private final Addresses addresses;
    private final Variables variables;
    private final ValueDecoder decoder;
    private final MonitoredItems monitoredItems;
    private final Publisher publisher;
    private final SessionListener listener;
    private final AtomicInteger handles = new AtomicInteger();
    private final Map<UInteger, SampledItem> items = new ConcurrentHashMap<>();
    private final Slots slots;
    private final Takeover takeover;
    private final LostNodes lost;
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
        this.slots = new Slots(services, publisher);
        this.takeover = takeover;
        this.lost =
                new LostNodes(
                        services,
                        addresses.uris(),
                        this::again,
                        () ->
                                listener.lost(
                                        failures.lost("the server changed its namespace table")));
        for (Takeover.Taken taken : takeover.taken()) {
            slots.add(taken.left().interval(), taken.slot());
            taken.left()
                    .items()
                    .forEach(item -> handles.accumulateAndGet(item.handle().intValue(), Math::max));
        }
    }

    Publisher publisher() {
        return publisher;
    }

    LostNodes lost() {
        return lost;
    }

    @Override
    public List<Stream> streams() {
        return slots.streams();
    }

    CompletableFuture<Sampling> subscribe(List<TagRequest> tags, SampleSink sink) {
        OpcUaSampling sampling = new OpcUaSampling(tags, sink, this::remove);
        Map<Duration, List<SampledItem>> byInterval = new LinkedHashMap<>();
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
                        .add(item(tag, node.get(), sampling, index));
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
                            new SampledItem(
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

    private CompletableFuture<Void> create(Duration interval, List<SampledItem> wanted) {
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        for (int from = 0; from < wanted.size(); from += Slots.MOST_ITEMS) {
            List<SampledItem> part =
                    wanted.subList(from, Math.min(wanted.size(), from + Slots.MOST_ITEMS));
            parts.add(place(slots.take(interval, part.size()), part));
        }
        return CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]));
    }

    private CompletableFuture<Void> place(Slots.Slot slot, List<SampledItem> part) {
        return slot.subscription()
                .handle(
                        (subscription, failure) ->
                                failure == null ? slot : slots.instead(slot, part.size()))
                .thenCompose(
                        taken ->
                                taken.subscription()
                                        .thenCompose(made -> monitor(taken, made, part))
                                        .exceptionally(failure -> refuseAll(taken, part, failure)));
    }

    private CompletableFuture<Void> monitor(
            Slots.Slot slot, ServerSubscription subscription, List<SampledItem> part) {
        part.forEach(
                item -> items.put(item.handle(), item)); // first values may overtake the answer
        return monitoredItems
                .make(subscription.id(), part.stream().map(SampledItem::wanted).toList())
                .thenAccept(made -> settle(slot, subscription, part, made));
    }

    private void settle(
            Slots.Slot slot,
            ServerSubscription subscription,
            List<SampledItem> part,
            List<MonitoredItems.Made> made) {
        int refused = 0;
        Map<UInteger, UInteger> nobodys = new HashMap<>();
        for (int i = 0; i < part.size(); i++) {
            SampledItem item = part.get(i);
            MonitoredItemCreateResult result = made.get(i).result();
            if (result.getStatusCode().isBad()) {
                refuse(item, Statuses.of(result.getStatusCode()));
                refused++;
            } else {
                double millis =
                        Math.max(
                                result.getRevisedSamplingInterval(),
                                subscription.publishingInterval().toMillis());
                boolean runs =
                        item.sampling()
                                .runs(
                                        item.index(),
                                        item.handle(),
                                        result.getMonitoredItemId(),
                                        slot,
                                        new Revised(
                                                Duration.ofMillis(Math.round(millis)),
                                                result.getRevisedQueueSize().intValue(),
                                                made.get(i).filterRefused()));
                if (!runs) {
                    nobodys.put(item.handle(), result.getMonitoredItemId());
                }
            }
        }
        slots.give(slot, refused);
        if (!nobodys.isEmpty()) {
            remove(slot, nobodys);
        }
    }

    private Void refuseAll(Slots.Slot slot, List<SampledItem> part, Throwable failure) {
        Status status =
                UaException.extractStatusCode(Cause.of(failure))
                        .map(Statuses::of)
                        .orElse(Status.named("BadUnexpectedError"));
        for (SampledItem item : part) {
            refuse(item, status);
        }
        slots.give(slot, part.size());
        return null;
    }

    private void refuse(SampledItem item, Status status) {
        items.remove(item.handle());
        item.sampling().reject(item.index(), status);
        lost.refused(item, status);
    }

    /** Makes items anew whose nodes were gone. */
    private void again(List<SampledItem> back) {
        Map<Slots.Slot, Map<UInteger, UInteger>> ended = new HashMap<>();
        Map<Duration, List<SampledItem>> byInterval = new LinkedHashMap<>();
        for (SampledItem item : back) {
            item.sampling().end(item.handle(), ended);
            byInterval
                    .computeIfAbsent(
                            publishing(item.wanted().tag().interval()),
                            interval -> new ArrayList<>())
                    .add(item(item.wanted().tag(), item.node(), item.sampling(), item.index()));
        }
        ended.forEach(this::remove);
        listener.note(
                back.size()
                        + (back.size() == 1 ? " tag is" : " tags are")
                        + " at the server again.");
        variables
                .learnAnew(back.stream().map(SampledItem::node).toList())
                .exceptionally(this::typesMissing)
                .thenRun(() -> byInterval.forEach(this::create));
    }

    private SampledItem item(TagRequest tag, NodeId node, OpcUaSampling sampling, int index) {
        return new SampledItem(
                new MonitoredItems.Wanted(uint(handles.incrementAndGet()), tag, node),
                sampling,
                index);
    }

    private void remove(Slots.Slot slot, Map<UInteger, UInteger> idsByHandle) {
        idsByHandle.keySet().forEach(items::remove);
        if (!slots.give(slot, idsByHandle.size())) {
            slot.subscription()
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
    }

    private void received(MonitoredItemNotification[] notifications, Instant at) {
        Map<OpcUaSampling, OpcUaSampling.Delivery> deliveries = new LinkedHashMap<>();
        for (MonitoredItemNotification notification : notifications) {
            takeover.heard(notification.getClientHandle());
            SampledItem item = items.get(notification.getClientHandle());
            if (item != null) {
                DataValue value = notification.getValue();
                if (value.statusCode().isOverflowSet()) {
                    noteOverflow(item);
                }
                Sample sample = decoder.sample(value, variables.known(item.node()), at);
                lost.heard(item, sample.status());
                deliveries
                        .computeIfAbsent(item.sampling(), OpcUaSampling::delivery)
                        .add(item.index(), sample);
            }
        }
        deliveries.values().forEach(OpcUaSampling.Delivery::deliver);
    }

    /** The server's queue was full and dropped a value: told at most once a minute. */
    private void noteOverflow(SampledItem item) {
        long now = System.nanoTime();
        if (overflowNoted == 0 || now - overflowNoted > OVERFLOW_PAUSE_NANOS) {
            overflowNoted = now;
            listener.note(
                    "The server dropped values of "
                            + item.wanted().tag().address()
                            + " before it could send them: give the tag a larger queue or a longer"
                            + " interval.");
        }
    }

    /** What the server goes on to keep after the session is lost: subscriptions and their items. */
    List<Legacy.Left> left() {
        Map<Slots.Slot, List<Legacy.Item>> bySlot = new HashMap<>();
        items.values().stream()
                .map(SampledItem::sampling)
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
        return slots.left(bySlot);
    }

    private List<Legacy.Item> left(Map<UInteger, UInteger> idsByHandle) {
        List<Legacy.Item> left = new ArrayList<>();
        idsByHandle.forEach(
                (handle, id) -> {
                    SampledItem item = items.get(handle);
                    if (item != null) {
                        left.add(
                                new Legacy.Item(
                                        handle,
                                        id,
                                        item.wanted().tag(),
                                        item.node(),
                                        item.sampling().revised(item.index())));
                    }
                });
        return left;
    }

    /** Lets the items that were taken over from a lost session send again. */
    void settle() {
        new Resumption(takeover, services, publisher, slots, this::received).start(this::remove);
    }
}
