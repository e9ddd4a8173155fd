package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.TransferResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;

/**
 * The services of one connected server, cut to the sizes it takes. Thread-safe; nothing waits. A
 * failing stage carries the stack's own exception.
 */
final class Services {
    private static final int USEFUL_READS = 1_000;
    private static final int USEFUL_BROWSES = 100;

    /** A folder of 100,000 nodes comes in pieces, not in one answer that is too large to send. */
    private static final int MOST_REFERENCES = 1_000;

    private static final int USEFUL_ITEMS = 1_000;
    private static final int USEFUL_PATHS = 1_000;
    private static final ViewDescription WHOLE =
            new ViewDescription(NodeId.NULL_VALUE, DateTime.MIN_VALUE, uint(0));

    private final OpcUaClient client;
    private final Batch reads;
    private final Batch writes;
    private final Batch browses;
    private final Batch paths;
    private final Batch items;

    private Services(OpcUaClient client, List<Long> limits) {
        this.client = client;
        reads = new Batch(limits.get(0), USEFUL_READS);
        writes = new Batch(limits.get(1), USEFUL_READS);
        browses = new Batch(limits.get(2), USEFUL_BROWSES);
        paths = new Batch(limits.get(3), USEFUL_PATHS);
        items = new Batch(limits.get(4), USEFUL_ITEMS);
    }

    /** Reads what the server says about its limits; one that says nothing has none. */
    static CompletableFuture<Services> of(OpcUaClient client) {
        List<NodeId> limits =
                List.of(
                        NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead,
                        NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerWrite,
                        NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerBrowse,
                        NodeIds
                                .Server_ServerCapabilities_OperationLimits_MaxNodesPerTranslateBrowsePathsToNodeIds,
                        NodeIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall);
        List<ReadValueId> asked =
                limits.stream().map(node -> attribute(node, AttributeId.Value)).toList();
        return client.readAsync(0.0, TimestampsToReturn.Neither, asked)
                .thenApply(
                        response ->
                                new Services(
                                        client,
                                        Arrays.stream(response.getResults())
                                                .map(Services::limit)
                                                .toList()));
    }

    private static long limit(DataValue value) {
        return value.value().value() instanceof UInteger number ? number.longValue() : 0;
    }

    static ReadValueId attribute(NodeId node, AttributeId attribute) {
        return new ReadValueId(node, attribute.uid(), null, QualifiedName.NULL_VALUE);
    }

    OpcUaClient client() {
        return client;
    }

    CompletableFuture<List<DataValue>> read(List<ReadValueId> values, TimestampsToReturn times) {
        return reads.send(
                values,
                part ->
                        client.readAsync(0.0, times, part)
                                .thenApply(response -> list(response.getResults())));
    }

    CompletableFuture<List<StatusCode>> write(List<WriteValue> values) {
        return writes.send(
                values,
                part -> client.writeAsync(part).thenApply(response -> list(response.getResults())));
    }

    CompletableFuture<List<BrowsePathResult>> translate(List<BrowsePath> browsePaths) {
        return paths.send(
                browsePaths,
                part ->
                        client.translateBrowsePathsAsync(part)
                                .thenApply(response -> list(response.getResults())));
    }

    /** One browse request for each part; continuation points are the caller's to follow. */
    CompletableFuture<List<BrowseResult>> browse(
            List<BrowseDescription> nodes,
            Function<List<BrowseResult>, CompletableFuture<List<BrowseResult>>> completion) {
        return browses.send(
                nodes,
                part ->
                        client.browseAsync(WHOLE, uint(MOST_REFERENCES), part)
                                .thenCompose(
                                        response -> completion.apply(list(response.getResults()))));
    }

    CompletableFuture<List<BrowseResult>> browseNext(boolean release, List<ByteString> points) {
        return client.browseNextAsync(release, points)
                .thenApply(response -> list(response.getResults()));
    }

    int mostBrowses() {
        return browses.most();
    }

    CompletableFuture<List<MonitoredItemCreateResult>> monitor(
            UInteger subscription, List<MonitoredItemCreateRequest> requests) {
        return items.send(
                requests,
                part ->
                        client.createMonitoredItemsAsync(
                                        subscription, TimestampsToReturn.Both, part)
                                .thenApply(response -> list(response.getResults())));
    }

    /** Takes subscriptions over from another session; each says its current values again. */
    CompletableFuture<List<TransferResult>> transfer(List<UInteger> subscriptions) {
        return client.transferSubscriptionsAsync(subscriptions, true)
                .thenApply(response -> list(response.getResults()));
    }

    CompletableFuture<List<StatusCode>> unmonitor(UInteger subscription, List<UInteger> ids) {
        return items.send(
                ids,
                part ->
                        client.deleteMonitoredItemsAsync(subscription, part)
                                .thenApply(response -> list(response.getResults())));
    }

    private static <T> List<T> list(T[] array) {
        return array == null ? new ArrayList<>() : Arrays.asList(array);
    }
}
