package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.device.Events;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFieldList;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;

/** Events and alarms: a subscription of its own for each watch, for a refresh is told to one. */
final class EventReader implements Events {
    private static final double PUBLISHING_MILLIS = 500;
    private static final int KEEP_ALIVES = 4;
    private static final int LIFETIMES = 120;
    private static final int SUBSCRIBE_TO_EVENTS = 0x01;
    private static final int QUEUE = 1_000;

    private final Services services;
    private final Addresses addresses;
    private final Browser browser;
    private final ValueDecoder decoder;
    private final Publisher publisher;
    private final Failures failures;
    private final AtomicInteger handles = new AtomicInteger();
    private final Map<UInteger, Taker> takers = new ConcurrentHashMap<>();
    private CompletableFuture<EventFields> fields;

    EventReader(
            Services services,
            Addresses addresses,
            Browser browser,
            ValueDecoder decoder,
            Publisher publisher,
            Failures failures) {
        this.services = services;
        this.addresses = addresses;
        this.browser = browser;
        this.decoder = decoder;
        this.publisher = publisher;
        this.failures = failures;
        publisher.onEvents(this::received);
    }

    /** Who takes the events of a watch, and what was asked of them. */
    private record Taker(EventFields fields, Sink sink) {
        /** What frames a refresh is told as an event too, but is none for a person. */
        void take(Variant[] values) {
            NodeId type = fields.type(values);
            if (type.equals(NodeIds.RefreshStartEventType)) {
                sink.refreshing();
            } else if (type.equals(NodeIds.RefreshEndEventType)) {
                sink.refreshed();
            } else if (!type.equals(NodeIds.RefreshRequiredEventType)) {
                sink.told(fields.event(values));
            }
        }
    }

    private void received(EventFieldList[] events) {
        for (EventFieldList event : events) {
            Taker taker = takers.get(event.getClientHandle());
            if (taker != null && event.getEventFields() != null) {
                taker.take(event.getEventFields());
            }
        }
    }

    /** Learned once; a server that cannot be asked for it now is asked with the next watch. */
    private synchronized CompletableFuture<EventFields> fields() {
        if (fields == null || fields.isCompletedExceptionally()) {
            fields =
                    EventTypes.of(browser, addresses)
                            .thenApply(types -> new EventFields(types, addresses, decoder));
        }
        return fields;
    }

    @Override
    public CompletionStage<Watched> watch(String notifier, Sink sink) {
        NodeId node;
        try {
            node =
                    notifier.isEmpty()
                            ? NodeIds.Server
                            : addresses
                                    .node(notifier)
                                    .orElseThrow(
                                            () ->
                                                    new MalformedException(
                                                            "the server has no such namespace"));
        } catch (MalformedException e) {
            return CompletableFuture.failedStage(
                    failures.badAddress(notifier, e.getMessage(), "Check the address."));
        }
        UInteger handle = uint(handles.incrementAndGet());
        return services.read(
                        List.of(Services.attribute(node, AttributeId.EventNotifier)),
                        TimestampsToReturn.Neither)
                .thenCompose(
                        values -> {
                            check(notifier, values.get(0));
                            return fields();
                        })
                .thenCompose(
                        known -> {
                            takers.put(handle, new Taker(known, sink));
                            return services.client()
                                    .createSubscriptionAsync(
                                            PUBLISHING_MILLIS,
                                            uint(LIFETIMES),
                                            uint(KEEP_ALIVES),
                                            uint(0),
                                            true,
                                            ubyte(0))
                                    .thenApply(ServerSubscription::new)
                                    .thenCompose(
                                            made -> monitored(notifier, node, handle, known, made));
                        })
                .whenComplete(
                        (watched, failure) -> {
                            if (failure != null) {
                                takers.remove(handle);
                            }
                        })
                .exceptionally(
                        failure -> {
                            throw new CompletionException(
                                    failures.service("watching events", failure));
                        });
    }

    /** Some servers take a watch of any node, and then never tell anything. */
    private void check(String notifier, DataValue value) {
        boolean tells =
                value.value().value() instanceof UByte bits
                        && (bits.intValue() & SUBSCRIBE_TO_EVENTS) != 0;
        if (!tells) {
            throw silent(
                    notifier,
                    value.statusCode().isBad()
                            ? Statuses.name(value.statusCode())
                            : "its EventNotifier says so");
        }
    }

    private CompletionException silent(String notifier, String why) {
        return new CompletionException(
                failures.badAddress(
                        notifier.isEmpty() ? "the server" : notifier,
                        "it tells no events (" + why + ")",
                        "Choose an object that does."));
    }

    private CompletableFuture<Watched> monitored(
            String notifier,
            NodeId node,
            UInteger handle,
            EventFields known,
            ServerSubscription made) {
        publisher.add(made);
        ExtensionObject filter =
                ExtensionObject.encode(
                        services.client().getStaticEncodingContext(), known.filter());
        MonitoredItemCreateRequest request =
                new MonitoredItemCreateRequest(
                        Services.attribute(node, AttributeId.EventNotifier),
                        MonitoringMode.Reporting,
                        new MonitoringParameters(handle, 0.0, filter, uint(QUEUE), true));
        return services.monitor(made.id(), List.of(request))
                .thenCompose(
                        results -> {
                            Running watched = new Running(made, handle);
                            if (results.get(0).getStatusCode().isBad()) {
                                watched.close();
                                throw silent(
                                        notifier, Statuses.name(results.get(0).getStatusCode()));
                            }
                            // a server without alarms refuses the refresh, and still tells events
                            return watched.asked().handle((status, failure) -> watched);
                        });
    }

    @Override
    public CompletionStage<Status> answer(Event event, Answer answer, String comment) {
        NodeId method =
                switch (answer) {
                    case ACKNOWLEDGE -> NodeIds.AcknowledgeableConditionType_Acknowledge;
                    case CONFIRM -> NodeIds.AcknowledgeableConditionType_Confirm;
                    case COMMENT -> NodeIds.ConditionType_AddComment;
                };
        NodeId condition =
                event.alarm()
                        .flatMap(alarm -> addresses.node(alarm.address()))
                        .orElseThrow(
                                () -> new IllegalArgumentException("the event is about no alarm"));
        return call(new CallMethodRequest(
                        condition,
                        method,
                        new Variant[] {
                            Variant.ofByteString(
                                    ByteString.of(Base64.getDecoder().decode(event.id()))),
                            Variant.ofLocalizedText(new LocalizedText(comment))
                        }))
                .exceptionally(
                        failure -> {
                            throw new CompletionException(
                                    failures.sent("answering an alarm", failure));
                        });
    }

    private CompletableFuture<Status> call(CallMethodRequest request) {
        return services.client()
                .callAsync(List.of(request))
                .thenApply(response -> Statuses.of(response.getResults()[0].getStatusCode()));
    }

    private final class Running implements Watched {
        private final ServerSubscription subscription;
        private final UInteger handle;

        Running(ServerSubscription subscription, UInteger handle) {
            this.subscription = subscription;
            this.handle = handle;
        }

        CompletableFuture<Status> asked() {
            return call(
                    new CallMethodRequest(
                            NodeIds.ConditionType,
                            NodeIds.ConditionType_ConditionRefresh,
                            new Variant[] {Variant.ofUInt32(subscription.id())}));
        }

        @Override
        public CompletionStage<Status> refresh() {
            return asked().exceptionally(
                            failure -> {
                                throw new CompletionException(
                                        failures.service("refreshing the alarms", failure));
                            });
        }

        @Override
        public void close() {
            if (takers.remove(handle) == null) {
                return;
            }
            publisher.end(subscription);
        }
    }
}
