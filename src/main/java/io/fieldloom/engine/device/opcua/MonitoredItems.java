package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.fieldloom.domain.tag.Monitoring;
import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.device.Revised;
import io.fieldloom.engine.device.TagRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;

/** Makes monitored items in a subscription (OPC UA Part 4, 5.13.2). */
final class MonitoredItems {
    /** Ten late samples at the server; a dropped one would never be known here. */
    static final int QUEUE = 10;

    private final Services services;

    MonitoredItems(Services services) {
        this.services = services;
    }

    /**
     * An item to be made.
     *
     * @param handle our own number of it
     */
    record Wanted(UInteger handle, TagRequest tag, NodeId node) {}

    /** The server's answer for one item, and why it is without its filter if it is. */
    record Made(MonitoredItemCreateResult result, Status filterRefused) {}

    /**
     * Results come in the order of the items. An item whose filter the server refuses is made
     * without it: a value that comes too often is worth more than none, and {@link Revised} says
     * so.
     */
    CompletableFuture<List<Made>> make(UInteger subscription, List<Wanted> items) {
        return services.monitor(
                        subscription,
                        items.stream().map(item -> request(item, filter(item.tag()))).toList())
                .thenCompose(results -> withoutFilters(subscription, items, results));
    }

    private CompletableFuture<List<Made>> withoutFilters(
            UInteger subscription, List<Wanted> items, List<MonitoredItemCreateResult> results) {
        List<Integer> again = new ArrayList<>();
        List<Made> made = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            made.add(new Made(results.get(i), null));
            if (Filters.isRefusal(results.get(i).getStatusCode())) {
                again.add(i);
            }
        }
        if (again.isEmpty()) {
            return CompletableFuture.completedFuture(made);
        }
        return services.monitor(
                        subscription, again.stream().map(i -> request(items.get(i), null)).toList())
                .thenApply(
                        plain -> {
                            for (int i = 0; i < again.size(); i++) {
                                int place = again.get(i);
                                StatusCode refusal = results.get(place).getStatusCode();
                                made.set(place, new Made(plain.get(i), Statuses.of(refusal)));
                            }
                            return made;
                        });
    }

    private ExtensionObject filter(TagRequest tag) {
        return Filters.of(tag.monitoring())
                .map(
                        filter ->
                                ExtensionObject.encode(
                                        services.client().getStaticEncodingContext(), filter))
                .orElse(null);
    }

    private static MonitoredItemCreateRequest request(Wanted item, ExtensionObject filter) {
        Monitoring wanted = item.tag().monitoring();
        int queue = wanted.queue() == null ? QUEUE : Math.max(1, wanted.queue());
        return new MonitoredItemCreateRequest(
                Services.attribute(item.node(), AttributeId.Value),
                MonitoringMode.Reporting,
                new MonitoringParameters(
                        item.handle(),
                        (double) item.tag().interval().toMillis(),
                        filter,
                        uint(queue),
                        wanted.discard() != Monitoring.Discard.NEWEST));
    }
}
