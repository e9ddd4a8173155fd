package io.fieldloom.engine.device.opcua;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the items that were taken over from a lost session send again, once their tags had the time
 * to claim them, and ends those that nobody claimed.
 */
final class Resumption {
    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

    /** Whoever watched over the lost session asks for the same again at once. */
    private static final Duration CLAIMED_WITHIN = Duration.ofMillis(300);

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(1);

    private final Takeover takeover;
    private final Services services;
    private final Publisher publisher;
    private final Slots slots;
    private final BiConsumer<MonitoredItemNotification[], Instant> receiver;

    Resumption(
            Takeover takeover,
            Services services,
            Publisher publisher,
            Slots slots,
            BiConsumer<MonitoredItemNotification[], Instant> receiver) {
        this.takeover = takeover;
        this.services = services;
        this.publisher = publisher;
        this.slots = slots;
        this.receiver = receiver;
    }

    /**
     * @param remover ends items, by client handle and the server's id
     */
    void start(BiConsumer<Slots.Slot, Map<UInteger, UInteger>> remover) {
        if (!takeover.taken().isEmpty()) {
            CompletableFuture.runAsync(() -> {}, after(CLAIMED_WITHIN))
                    .thenCompose(claimed -> takeover.awaited())
                    .thenRun(
                            () -> {
                                unclaimed().forEach(remover);
                                goOn();
                            });
        }
    }

    private Map<Slots.Slot, Map<UInteger, UInteger>> unclaimed() {
        Map<Slots.Slot, Map<UInteger, UInteger>> nobodys = new HashMap<>();
        for (Takeover.Waiting waiting : takeover.unclaimed()) {
            nobodys.computeIfAbsent(waiting.in().slot(), fresh -> new HashMap<>())
                    .put(waiting.item().handle(), waiting.item().id());
        }
        return nobodys;
    }

    private void goOn() {
        Duration patience = ANSWERED_WITHIN;
        for (Takeover.Taken taken : takeover.taken()) {
            if (slots.isUsed(taken.slot())) {
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
        List<Legacy.Item> silent = takeover.unheard();
        if (silent.isEmpty()) {
            return;
        }
        List<ReadValueId> values =
                silent.stream()
                        .map(item -> Services.attribute(item.node(), AttributeId.Value))
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

    private void stillUnheard(List<Legacy.Item> silent, List<DataValue> read, Instant at) {
        List<MonitoredItemNotification> late = new ArrayList<>();
        for (int i = 0; i < silent.size(); i++) {
            if (takeover.isUnheard(silent.get(i))) {
                late.add(new MonitoredItemNotification(silent.get(i).handle(), read.get(i)));
            }
        }
        receiver.accept(late.toArray(new MonitoredItemNotification[0]), at);
    }

    private static Executor after(Duration delay) {
        return CompletableFuture.delayedExecutor(
                delay.toMillis(), TimeUnit.MILLISECONDS, Stack.sharedExecutor());
    }
}
