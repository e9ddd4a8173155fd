package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.device.Events;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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

    /** What frames a refresh is told as events too, but is none for a person. */
    private static final Set<String> FRAMES = Set.of("i=2787", "i=2788");

    private final Services services;
    private final Addresses addresses;
    private final Publisher publisher;
    private final Failures failures;
    private final AtomicInteger handles = new AtomicInteger();
    private final Map<UInteger, Consumer<Event>> sinks = new ConcurrentHashMap<>();

    EventReader(Services services, Addresses addresses, Publisher publisher, Failures failures) {
        this.services = services;
        this.addresses = addresses;
        this.publisher = publisher;
        this.failures = failures;
        publisher.onEvents(this::received);
    }

    private void received(EventFieldList[] events) {
        for (EventFieldList fields : events) {
            Consumer<Event> sink = sinks.get(fields.getClientHandle());
            if (sink != null && fields.getEventFields() != null) {
                Event event = EventFields.event(fields.getEventFields(), addresses);
                if (!FRAMES.contains(event.type())) {
                    sink.accept(event);
                }
            }
        }
    }

    @Override
    public CompletionStage<Watched> watch(String notifier, Consumer<Event> sink) {
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
        sinks.put(handle, sink);
        return services.read(
                        List.of(Services.attribute(node, AttributeId.EventNotifier)),
                        TimestampsToReturn.Neither)
                .thenCompose(
                        values -> {
                            check(notifier, values.get(0));
                            return services.client()
                                    .createSubscriptionAsync(
                                            PUBLISHING_MILLIS,
                                            uint(LIFETIMES),
                                            uint(KEEP_ALIVES),
                                            uint(0),
                                            true,
                                            ubyte(0));
                        })
                .thenApply(ServerSubscription::new)
                .thenCompose(made -> monitored(notifier, node, handle, made))
                .whenComplete(
                        (watched, failure) -> {
                            if (failure != null) {
                                sinks.remove(handle);
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
            String notifier, NodeId node, UInteger handle, ServerSubscription made) {
        publisher.add(made);
        ExtensionObject filter =
                ExtensionObject.encode(
                        services.client().getStaticEncodingContext(), EventFields.filter());
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
    public CompletionStage<Status> acknowledge(Event event, String comment) {
        return answered(event, NodeIds.AcknowledgeableConditionType_Acknowledge, comment);
    }

    @Override
    public CompletionStage<Status> confirm(Event event, String comment) {
        return answered(event, NodeIds.AcknowledgeableConditionType_Confirm, comment);
    }

    private CompletionStage<Status> answered(Event event, NodeId method, String comment) {
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
                                    failures.service("answering an alarm", failure));
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
            if (sinks.remove(handle) == null) {
                return;
            }
            publisher.end(subscription);
        }
    }
}
