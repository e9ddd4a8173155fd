package io.fieldloom.app.bench;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;

/**
 * The fastest that somebody would write on Milo's client alone: many nodes in a request, two
 * requests open all the time, each node once, children of properties not asked for. It knows the
 * right size of a request beforehand.
 */
final class PlainBrowse implements AutoCloseable {
    private static final int IN_FLIGHT = 2;
    private static final ViewDescription WHOLE =
            new ViewDescription(NodeId.NULL_VALUE, DateTime.NULL_VALUE, uint(0));

    // comparing with the NodeId itself would make a namespace table each time
    private static final ExpandedNodeId PROPERTY = NodeIds.PropertyType.expanded();

    private final OpcUaClient client;
    private final int size;

    /**
     * @param size nodes in one request
     */
    PlainBrowse(String endpoint, int size) throws UaException {
        this.size = size;
        client = OpcUaClient.create(endpoint);
        client.connect();
    }

    /** Browses everything; the number of nodes. */
    int nodes() throws IOException {
        Set<NodeId> seen =
                new HashSet<>(
                        List.of(NodeIds.ObjectsFolder, NodeIds.TypesFolder, NodeIds.ViewsFolder));
        List<NodeId> level = List.copyOf(seen);
        while (!level.isEmpty()) {
            List<NodeId> next = new ArrayList<>();
            Deque<CompletableFuture<BrowseResult[]>> asked = new ArrayDeque<>();
            int from = 0;
            while (from < level.size() || !asked.isEmpty()) {
                boolean wait = asked.size() == IN_FLIGHT || from == level.size();
                BrowseResult[] answer = wait ? asked.remove().join() : new BrowseResult[0];
                if (from < level.size()) {
                    // before the answer is looked at, so that the server has work meanwhile
                    int to = Math.min(level.size(), from + size);
                    asked.add(ask(level.subList(from, to)));
                    from = to;
                }
                take(answer, seen, next);
            }
            level = next;
        }
        return seen.size();
    }

    private CompletableFuture<BrowseResult[]> ask(List<NodeId> nodes) {
        List<BrowseDescription> descriptions =
                nodes.stream()
                        .map(
                                node ->
                                        new BrowseDescription(
                                                node,
                                                BrowseDirection.Forward,
                                                NodeIds.HierarchicalReferences,
                                                true,
                                                uint(0),
                                                uint(63)))
                        .toList();
        return client.browseAsync(WHOLE, uint(0), descriptions)
                .thenApply(response -> response.getResults());
    }

    private void take(BrowseResult[] results, Set<NodeId> seen, List<NodeId> next)
            throws IOException {
        for (BrowseResult result : results) {
            if (result.getStatusCode().isBad()) {
                throw new IOException("browsing failed: " + result.getStatusCode());
            }
            take(result.getReferences(), seen, next);
            ByteString point = result.getContinuationPoint();
            while (point != null && !point.isNullOrEmpty()) {
                BrowseResult more =
                        client.browseNextAsync(false, List.of(point)).join().getResults()[0];
                take(more.getReferences(), seen, next);
                point = more.getContinuationPoint();
            }
        }
    }

    private void take(ReferenceDescription[] references, Set<NodeId> seen, List<NodeId> next) {
        if (references == null) {
            return;
        }
        for (ReferenceDescription reference : references) {
            Optional<NodeId> node = reference.getNodeId().toNodeId(client.getNamespaceTable());
            if (node.isPresent()
                    && seen.add(node.get())
                    && !reference.getTypeDefinition().equals(PROPERTY)) {
                next.add(node.get());
            }
        }
    }

    @Override
    public void close() throws UaException {
        client.disconnect();
    }
}
