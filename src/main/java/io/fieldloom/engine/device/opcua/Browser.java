package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseResultMask;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/**
 * All references of many nodes: requests as large as the server takes, continuation points followed
 * to their end, nodes for which the server had no continuation point left asked again one by one.
 */
final class Browser {
    private static final int EVERYTHING = BrowseResultMask.All.getValue();

    private final Services services;

    Browser(Services services) {
        this.services = services;
    }

    /**
     * @param status why the node could not be browsed
     */
    record Found(StatusCode status, List<ReferenceDescription> references) {}

    /** A property has no children of its own (OPC UA Part 3, 4.4.2). */
    static boolean isProperty(ReferenceDescription reference) {
        ExpandedNodeId type = reference.getTypeDefinition();
        // the whole comparison makes a namespace table each time
        return NodeIds.PropertyType.getIdentifier().equals(type.getIdentifier())
                && type.equalTo(NodeIds.PropertyType);
    }

    /** Hierarchical references; properties are among them (HasProperty is a subtype). */
    CompletableFuture<List<Found>> children(List<NodeId> nodes) {
        return references(
                nodes, BrowseDirection.Forward, NodeIds.HierarchicalReferences, EVERYTHING);
    }

    /** Whether each node has any child, at the price of a browse that carries no names. */
    CompletableFuture<List<Boolean>> haveChildren(List<NodeId> nodes) {
        return references(nodes, BrowseDirection.Forward, NodeIds.HierarchicalReferences, 0)
                .thenApply(
                        found ->
                                found.stream()
                                        .map(
                                                one ->
                                                        !one.status().isGood()
                                                                || !one.references().isEmpty())
                                        .toList());
    }

    /** All references of one node, of every type, in both directions. */
    CompletableFuture<Found> all(NodeId node) {
        return all(List.of(node)).thenApply(found -> found.get(0));
    }

    /** The same of many nodes. */
    CompletableFuture<List<Found>> all(List<NodeId> nodes) {
        return references(nodes, BrowseDirection.Both, NodeIds.References, EVERYTHING);
    }

    /** The supertypes of types. */
    CompletableFuture<List<Found>> supertypes(List<NodeId> types) {
        return references(types, BrowseDirection.Inverse, NodeIds.HasSubtype, EVERYTHING);
    }

    private CompletableFuture<List<Found>> references(
            List<NodeId> nodes, BrowseDirection direction, NodeId type, int mask) {
        List<BrowseDescription> descriptions =
                nodes.stream()
                        .map(
                                node ->
                                        new BrowseDescription(
                                                node, direction, type, true, uint(0), uint(mask)))
                        .toList();
        return services.browse(descriptions, this::complete)
                .thenCompose(results -> again(descriptions, results))
                .thenApply(results -> results.stream().map(Browser::found).toList());
    }

    private static Found found(BrowseResult result) {
        ReferenceDescription[] references = result.getReferences();
        return new Found(
                result.getStatusCode(), references == null ? List.of() : Arrays.asList(references));
    }

    /** Follows the continuation points of one request before the next one asks for new ones. */
    private CompletableFuture<List<BrowseResult>> complete(List<BrowseResult> results) {
        List<Integer> open = new ArrayList<>();
        List<ByteString> points = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            ByteString point = results.get(i).getContinuationPoint();
            if (point != null && !point.isNullOrEmpty() && points.size() < services.mostBrowses()) {
                open.add(i);
                points.add(point);
            }
        }
        if (open.isEmpty()) {
            return CompletableFuture.completedFuture(results);
        }
        return services.browseNext(false, points)
                .thenCompose(
                        next ->
                                next.size() == points.size()
                                        ? complete(joined(results, open, next))
                                        : CompletableFuture.failedFuture(
                                                new UaException(
                                                        StatusCodes.Bad_UnexpectedError,
                                                        "BrowseNext left out results")));
    }

    private static List<BrowseResult> joined(
            List<BrowseResult> results, List<Integer> open, List<BrowseResult> next) {
        List<BrowseResult> joined = new ArrayList<>(results);
        for (int i = 0; i < open.size(); i++) {
            BrowseResult before = results.get(open.get(i));
            BrowseResult after = next.get(i);
            List<ReferenceDescription> references = new ArrayList<>(found(before).references());
            references.addAll(found(after).references());
            joined.set(
                    open.get(i),
                    new BrowseResult(
                            after.getStatusCode(),
                            after.getContinuationPoint(),
                            references.toArray(new ReferenceDescription[0])));
        }
        return joined;
    }

    /** A server has few continuation points for a session; alone, each node gets one. */
    private CompletableFuture<List<BrowseResult>> again(
            List<BrowseDescription> descriptions, List<BrowseResult> results) {
        CompletableFuture<List<BrowseResult>> chain =
                CompletableFuture.completedFuture(new ArrayList<>(results));
        for (int i = 0; i < results.size(); i++) {
            if (lostItsPlace(results.get(i).getStatusCode())) {
                int place = i;
                chain =
                        chain.thenCompose(
                                all ->
                                        services.browse(
                                                        List.of(descriptions.get(place)),
                                                        this::complete)
                                                .thenApply(
                                                        one -> {
                                                            all.set(place, one.get(0));
                                                            return all;
                                                        }));
            }
        }
        return chain;
    }

    private static boolean lostItsPlace(StatusCode status) {
        return status.value() == StatusCodes.Bad_NoContinuationPoints
                || status.value() == StatusCodes.Bad_ContinuationPointInvalid;
    }
}
