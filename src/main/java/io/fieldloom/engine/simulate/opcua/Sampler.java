package io.fieldloom.engine.simulate.opcua;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.server.AddressSpace;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.ReadContext;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;

/**
 * Reports values by exception, as good controllers do (OPC UA Part 4, 5.13.1.2: the sampling
 * interval is the fastest rate, not a timer's): what changes is on its way with the next
 * publishing. Milo's own model, which reads every item each sampling interval, would let a change
 * wait up to that long before; it stays for other attributes than the value and for parts of
 * arrays. Thread-safe.
 */
final class Sampler {
    private final OpcUaServer server;
    private final AddressSpace nodes;
    private final SubscriptionModel polled;
    private final Map<NodeId, Set<SampledItem>> byNode = new ConcurrentHashMap<>();
    private final Map<DataItem, SampledItem> byItem = new ConcurrentHashMap<>();

    /**
     * @param nodes where items read their first values
     * @param polled for what is not sampled by exception; started and stopped by its owner
     */
    Sampler(OpcUaServer server, AddressSpace nodes, SubscriptionModel polled) {
        this.server = server;
        this.nodes = nodes;
        this.polled = polled;
    }

    /** Called with a node's lock held, so that values come in the order in which they were set. */
    void changed(UaNode node, AttributeId attribute, Object value) {
        if (attribute == AttributeId.Value && value instanceof DataValue now) {
            byNode.getOrDefault(node.getNodeId(), Set.of()).forEach(item -> item.changed(now));
        }
    }

    void created(List<DataItem> items) {
        split(items, this::begin, SubscriptionModel::onDataItemsCreated);
    }

    private void begin(DataItem item) {
        SampledItem sampled = new SampledItem(item, server.getScheduledExecutorService());
        byItem.put(item, sampled);
        byNode.computeIfAbsent(
                        item.getReadValueId().getNodeId(), id -> ConcurrentHashMap.newKeySet())
                .add(sampled);
        sampled.begin(
                nodes.read(
                                new ReadContext(server, item.getSession()),
                                0.0,
                                TimestampsToReturn.Both,
                                List.of(item.getReadValueId()))
                        .get(0));
    }

    void modified(List<DataItem> items) {
        split(items, this::modified, SubscriptionModel::onDataItemsModified);
    }

    /** Items of other kinds are Milo's. */
    void modeChanged(List<MonitoredItem> items) {
        for (MonitoredItem item : items) {
            if (item instanceof DataItem data) {
                modified(data);
            }
        }
        polled.onMonitoringModeChanged(items);
    }

    private void modified(DataItem item) {
        SampledItem sampled = byItem.get(item);
        if (sampled != null) {
            sampled.modified();
        }
    }

    void deleted(List<DataItem> items) {
        split(items, this::end, SubscriptionModel::onDataItemsDeleted);
    }

    private void end(DataItem item) {
        SampledItem sampled = byItem.remove(item);
        if (sampled != null) {
            byNode.computeIfPresent(
                    item.getReadValueId().getNodeId(),
                    (id, all) -> {
                        all.remove(sampled);
                        return all.isEmpty() ? null : all;
                    });
            sampled.end();
        }
    }

    void close() {
        byItem.keySet().forEach(this::end);
    }

    private void split(
            List<DataItem> items,
            Consumer<DataItem> byException,
            BiConsumer<SubscriptionModel, List<DataItem>> byTimer) {
        List<DataItem> rest = new ArrayList<>();
        for (DataItem item : items) {
            if (isWholeValue(item)) {
                byException.accept(item);
            } else {
                rest.add(item);
            }
        }
        if (!rest.isEmpty()) {
            byTimer.accept(polled, rest);
        }
    }

    private static boolean isWholeValue(DataItem item) {
        String range = item.getReadValueId().getIndexRange();
        return AttributeId.Value.isEqual(item.getReadValueId().getAttributeId())
                && (range == null || range.isEmpty());
    }
}
