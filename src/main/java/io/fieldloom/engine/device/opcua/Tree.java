package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.engine.device.Browsing;
import io.fieldloom.engine.device.NodeNames;
import io.fieldloom.engine.device.TagNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** The address space as nodes with their children, attributes read for a whole level at once. */
final class Tree implements Browsing, NodeNames {
    private static final int CURRENT_WRITE = 0x02;

    /** More variables than this are not asked whether they have children; they may. */
    private static final int MOST_ASKED = 2_000;

    private final Services services;
    private final Addresses addresses;
    private final Browser browser;
    private final DataTypes types;
    private final Failures failures;

    Tree(
            Services services,
            Addresses addresses,
            Browser browser,
            DataTypes types,
            Failures failures) {
        this.services = services;
        this.addresses = addresses;
        this.browser = browser;
        this.types = types;
        this.failures = failures;
    }

    CompletableFuture<List<TagNode>> children(String parent) {
        CompletableFuture<NodeId> node =
                parent.isEmpty()
                        ? CompletableFuture.completedFuture(NodeIds.ObjectsFolder)
                        : addresses.known(parent, failures);
        return node.thenCompose(one -> browser.children(List.of(one)))
                .thenCompose(
                        found -> {
                            Browser.Found one = found.get(0);
                            if (one.status().isBad()) {
                                return CompletableFuture.failedFuture(
                                        failures.unknownNode(parent, Statuses.name(one.status())));
                            }
                            return leaves(one.references())
                                    .thenCompose(leaves -> described(List.of(local(one)), leaves));
                        })
                .thenApply(levels -> levels.get(0));
    }

    @Override
    public CompletionStage<String> browseName(String address) {
        return addresses
                .known(address, failures)
                .thenCompose(
                        node ->
                                services.read(
                                        List.of(Services.attribute(node, AttributeId.BrowseName)),
                                        TimestampsToReturn.Neither))
                .handle(
                        (values, failure) -> {
                            if (failure != null) {
                                throw new CompletionException(
                                        failures.service(
                                                "reading the name of " + address, failure));
                            }
                            DataValue value = values.get(0);
                            if (value.value().value() instanceof QualifiedName name
                                    && name.name() != null) {
                                return name.name();
                            }
                            throw new CompletionException(
                                    failures.unknownNode(
                                            address, Statuses.name(value.statusCode())));
                        });
    }

    @Override
    public CompletionStage<Map<String, List<TagNode>>> browseAll(List<String> parents) {
        Map<String, NodeId> nodes = new LinkedHashMap<>();
        for (String parent : parents) {
            try {
                (parent.isEmpty() ? Optional.of(NodeIds.ObjectsFolder) : addresses.node(parent))
                        .ifPresent(node -> nodes.put(parent, node));
            } catch (MalformedException e) {
                continue; // missing from the answer, as a node that does not exist is
            }
        }
        return browser.children(List.copyOf(nodes.values()))
                .thenCompose(
                        found -> {
                            List<String> names = new ArrayList<>();
                            List<List<ReferenceDescription>> references = new ArrayList<>();
                            int place = 0;
                            for (String parent : nodes.keySet()) {
                                Browser.Found one = found.get(place++);
                                if (!one.status().isBad()) {
                                    names.add(parent);
                                    references.add(local(one));
                                }
                            }
                            return described(references, Set.of())
                                    .thenApply(levels -> zipped(names, levels));
                        })
                .exceptionally(
                        failure -> {
                            throw new CompletionException(failures.service("browsing", failure));
                        });
    }

    private static Map<String, List<TagNode>> zipped(
            List<String> names, List<List<TagNode>> levels) {
        Map<String, List<TagNode>> zipped = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            zipped.put(names.get(i), levels.get(i));
        }
        return zipped;
    }

    /** References to nodes of this server, each node once. */
    private List<ReferenceDescription> local(Browser.Found found) {
        Set<NodeId> seen = new HashSet<>();
        return found.references().stream()
                .filter(
                        reference ->
                                addresses.node(reference.getNodeId()).map(seen::add).orElse(false))
                .toList();
    }

    /** The variables that have no children, where that is worth asking. */
    private CompletableFuture<Set<NodeId>> leaves(List<ReferenceDescription> references) {
        Set<NodeId> leaves = new HashSet<>();
        List<NodeId> asked = new ArrayList<>();
        for (ReferenceDescription reference : references) {
            Optional<NodeId> node = addresses.node(reference.getNodeId());
            if (node.isPresent() && reference.getNodeClass() == NodeClass.Variable) {
                if (Browser.isProperty(reference)) {
                    leaves.add(node.get());
                } else {
                    asked.add(node.get());
                }
            }
        }
        if (asked.isEmpty() || asked.size() > MOST_ASKED) {
            return CompletableFuture.completedFuture(leaves);
        }
        return browser.haveChildren(asked)
                .thenApply(
                        have -> {
                            for (int i = 0; i < asked.size(); i++) {
                                if (!have.get(i)) {
                                    leaves.add(asked.get(i));
                                }
                            }
                            return leaves;
                        });
    }

    private CompletableFuture<List<List<TagNode>>> described(
            List<List<ReferenceDescription>> parents, Set<NodeId> leaves) {
        List<NodeId> variables =
                parents.stream()
                        .flatMap(List::stream)
                        .filter(reference -> reference.getNodeClass() == NodeClass.Variable)
                        .map(reference -> addresses.node(reference.getNodeId()).orElseThrow())
                        .distinct()
                        .toList();
        List<ReadValueId> attributes = new ArrayList<>();
        for (NodeId variable : variables) {
            attributes.add(Services.attribute(variable, AttributeId.DataType));
            attributes.add(Services.attribute(variable, AttributeId.AccessLevel));
        }
        return services.read(attributes, TimestampsToReturn.Neither)
                .thenCompose(
                        values -> {
                            Map<NodeId, NodeId> typeOf = new HashMap<>();
                            Set<NodeId> writable = new HashSet<>();
                            for (int i = 0; i < variables.size(); i++) {
                                if (values.get(2 * i).value().value() instanceof NodeId type) {
                                    typeOf.put(variables.get(i), type);
                                }
                                if (isWritable(values.get(2 * i + 1))) {
                                    writable.add(variables.get(i));
                                }
                            }
                            return types.of(new HashSet<>(typeOf.values()))
                                    .thenApply(
                                            infos ->
                                                    parents.stream()
                                                            .map(
                                                                    level ->
                                                                            nodes(
                                                                                    level, leaves,
                                                                                    typeOf, infos,
                                                                                    writable))
                                                            .toList());
                        });
    }

    private static boolean isWritable(DataValue access) {
        return access.value().value() instanceof UByte level
                && (level.intValue() & CURRENT_WRITE) != 0;
    }

    private List<TagNode> nodes(
            List<ReferenceDescription> references,
            Set<NodeId> leaves,
            Map<NodeId, NodeId> typeOf,
            Map<NodeId, DataTypeInfo> infos,
            Set<NodeId> writable) {
        List<TagNode> nodes = new ArrayList<>(references.size());
        for (ReferenceDescription reference : references) {
            NodeId node = addresses.node(reference.getNodeId()).orElseThrow();
            String name = reference.getBrowseName().name();
            String shown = reference.getDisplayName().text();
            NodeId type = typeOf.get(node);
            nodes.add(
                    new TagNode(
                            addresses.text(node),
                            name == null ? "" : name,
                            shown == null || shown.isEmpty() ? name : shown,
                            reference.getNodeClass().name(),
                            type == null ? null : infos.get(type).name(),
                            !leaves.contains(node) && !Browser.isProperty(reference),
                            writable.contains(node)));
        }
        return nodes;
    }
}
