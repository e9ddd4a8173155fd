package io.fieldloom.engine.device.opcua;

import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.NodeSetExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;

/** Reads a part of the address space, and the types that it needs, into a NodeSet. */
final class SpaceExport implements NodeSetExport {
    private static final int SLICE = 200;
    private static final int MOST_NODES = 500_000;

    private final Services services;
    private final Addresses addresses;
    private final Browser browser;
    private final Failures failures;

    SpaceExport(Services services, Addresses addresses, Browser browser, Failures failures) {
        this.services = services;
        this.addresses = addresses;
        this.browser = browser;
        this.failures = failures;
    }

    @Override
    public CompletableFuture<Saved> save(String from, Path file, LongConsumer looked) {
        CompletableFuture<Saved> answer = new CompletableFuture<>();
        start(from)
                .thenCompose(
                        node ->
                                hierarchical()
                                        .thenCompose(
                                                types ->
                                                        new Walk(node, types, looked, answer)
                                                                .next()))
                .thenApplyAsync(walk -> written(walk, file), Stack.sharedExecutor())
                .whenComplete(
                        (saved, failure) -> {
                            if (failure == null) {
                                answer.complete(saved);
                            } else {
                                answer.completeExceptionally(
                                        failures.service("saving the address space", failure));
                            }
                        });
        return answer;
    }

    private CompletableFuture<NodeId> start(String from) {
        return from.isEmpty()
                ? CompletableFuture.completedFuture(NodeIds.ObjectsFolder)
                : addresses.known(from, failures);
    }

    private Saved written(Walk walk, Path file) {
        if (walk.answer.isDone()) {
            return new Saved(0, 0, false); // nobody waits for it any more
        }
        try {
            NodeSetWriter writer = new NodeSetWriter(addresses, List.copyOf(walk.nodes.values()));
            writer.write(file);
            return new Saved(walk.nodes.size(), writer.withoutValue(), walk.isComplete());
        } catch (IOException e) {
            throw new CompletionException(
                    failures.failed(
                            Kind.REFUSED,
                            file + " cannot be written: " + e.getMessage(),
                            "Choose another place.",
                            e));
        }
    }

    /** The reference types that make the tree, the server's own too. */
    private CompletableFuture<Set<NodeId>> hierarchical() {
        Set<NodeId> types = new HashSet<>(Set.of(NodeIds.HierarchicalReferences));
        return subtypes(List.of(NodeIds.HierarchicalReferences), types);
    }

    private CompletableFuture<Set<NodeId>> subtypes(List<NodeId> level, Set<NodeId> types) {
        return browser.children(level)
                .thenCompose(
                        found -> {
                            List<NodeId> next = new ArrayList<>();
                            found.stream()
                                    .flatMap(one -> one.references().stream())
                                    .filter(one -> one.getNodeClass() == NodeClass.ReferenceType)
                                    .flatMap(one -> addresses.node(one.getNodeId()).stream())
                                    .filter(types::add)
                                    .forEach(next::add);
                            return next.isEmpty()
                                    ? CompletableFuture.completedFuture(types)
                                    : subtypes(next, types);
                        });
    }

    private static boolean isStandard(NodeId node) {
        return node.getNamespaceIndex().intValue() == 0;
    }

    /** One export; its steps run one after the other. */
    private final class Walk {
        private final Map<NodeId, SavedNode> nodes = new LinkedHashMap<>();
        private final Set<NodeId> hierarchical;
        private final LongConsumer looked;
        private final CompletableFuture<Saved> answer;
        // What belongs to the server itself is no part of the plant, and every server has its own.
        private final Set<NodeId> seen = new HashSet<>(Set.of(NodeIds.Server));
        private final Deque<NodeId> open = new ArrayDeque<>();

        Walk(
                NodeId start,
                Set<NodeId> hierarchical,
                LongConsumer looked,
                CompletableFuture<Saved> answer) {
            this.hierarchical = hierarchical;
            this.looked = looked;
            this.answer = answer;
            add(start);
        }

        private void add(NodeId node) {
            if (!node.isNull() && seen.add(node)) {
                open.add(node);
            }
        }

        boolean isComplete() {
            return open.isEmpty();
        }

        CompletableFuture<Walk> next() {
            if (open.isEmpty() || nodes.size() >= MOST_NODES || answer.isDone()) {
                return CompletableFuture.completedFuture(this);
            }
            List<NodeId> slice = new ArrayList<>();
            while (slice.size() < SLICE && !open.isEmpty()) {
                slice.add(open.poll());
            }
            return browser.all(slice)
                    .thenCombine(
                            attributes(slice),
                            (found, values) -> {
                                List<SavedNode> read = new ArrayList<>();
                                for (int i = 0; i < slice.size(); i++) {
                                    read.add(
                                            SavedNode.of(
                                                    slice.get(i),
                                                    values.get(i),
                                                    found.get(i).references()));
                                }
                                return read;
                            })
                    .thenCompose(this::valued)
                    .thenComposeAsync(
                            read -> {
                                read.forEach(this::take);
                                looked.accept(nodes.size());
                                return next();
                            },
                            Stack.sharedExecutor());
        }

        private void take(SavedNode node) {
            if (node.nodeClass() == null) {
                return; // not readable: it may be a node that only its reference knows
            }
            boolean isStandard = isStandard(node.id());
            if (!isStandard) {
                nodes.put(node.id(), node);
                mentioned(node).filter(type -> !isStandard(type)).forEach(this::add);
            }
            for (ReferenceDescription one : node.references()) {
                NodeId target = addresses.node(one.getNodeId()).orElse(NodeId.NULL_VALUE);
                // from a node of its own no way leads back into the standard namespace
                boolean isWanted = isStandard ? isBelow(one) : isNeeded(one) && !isStandard(target);
                if (isWanted) {
                    add(target);
                }
            }
        }

        private boolean isBelow(ReferenceDescription one) {
            return one.getIsForward()
                    && hierarchical.contains(one.getReferenceTypeId())
                    && !SavedNode.isType(one.getNodeClass());
        }

        private boolean isNeeded(ReferenceDescription one) {
            NodeId type = one.getReferenceTypeId();
            return one.getIsForward()
                    ? hierarchical.contains(type)
                            || type.equals(NodeIds.HasEncoding)
                            || SavedNode.isType(one.getNodeClass())
                    : type.equals(NodeIds.HasSubtype);
        }

        /** The types that a node names: of its value, its fields, arguments and references. */
        private Stream<NodeId> mentioned(SavedNode node) {
            Stream<NodeId> fields =
                    node.attributes().get(AttributeId.DataTypeDefinition)
                                            instanceof StructureDefinition definition
                                    && definition.getFields() != null
                            ? Arrays.stream(definition.getFields())
                                    .map(field -> field.getDataType())
                            : Stream.empty();
            Stream<NodeId> value =
                    node.attributes().get(AttributeId.DataType) instanceof NodeId type
                            ? Stream.of(type)
                            : Stream.empty();
            Stream<NodeId> arguments =
                    node.attributes().get(AttributeId.Value) instanceof Object[] values
                            ? Arrays.stream(values)
                                    .filter(Argument.class::isInstance)
                                    .map(one -> ((Argument) one).getDataType())
                            : Stream.empty();
            return Stream.of(
                            fields,
                            value,
                            arguments,
                            node.references().stream().map(one -> one.getReferenceTypeId()))
                    .flatMap(all -> all)
                    .filter(Objects::nonNull);
        }

        private CompletableFuture<List<List<Object>>> attributes(List<NodeId> slice) {
            List<ReadValueId> asked = new ArrayList<>();
            for (NodeId node : slice) {
                SavedNode.ASKED.forEach(each -> asked.add(Services.attribute(node, each)));
            }
            return services.read(asked, TimestampsToReturn.Neither)
                    .thenApply(
                            values -> {
                                List<List<Object>> read = new ArrayList<>();
                                int each = SavedNode.ASKED.size();
                                for (int i = 0; i < slice.size(); i++) {
                                    List<Object> own = new ArrayList<>();
                                    values.subList(i * each, (i + 1) * each)
                                            .forEach(value -> own.add(decoded(value)));
                                    read.add(own);
                                }
                                return read;
                            });
        }

        /** Properties describe, so their values belong to them; values of the plant do not. */
        private CompletableFuture<List<SavedNode>> valued(List<SavedNode> read) {
            List<Integer> places = new ArrayList<>();
            List<ReadValueId> asked = new ArrayList<>();
            for (int i = 0; i < read.size(); i++) {
                if (!isStandard(read.get(i).id()) && isProperty(read.get(i))) {
                    places.add(i);
                    asked.add(Services.attribute(read.get(i).id(), AttributeId.Value));
                }
            }
            return services.read(asked, TimestampsToReturn.Neither)
                    .thenApply(
                            values -> {
                                List<SavedNode> all = new ArrayList<>(read);
                                for (int i = 0; i < places.size(); i++) {
                                    Object value = decoded(values.get(i));
                                    if (value != null) {
                                        int place = places.get(i);
                                        all.set(place, all.get(place).with(value));
                                    }
                                }
                                return all;
                            });
        }

        private boolean isProperty(SavedNode node) {
            return node.references().stream()
                    .anyMatch(
                            one ->
                                    one.getIsForward()
                                            && one.getReferenceTypeId()
                                                    .equals(NodeIds.HasTypeDefinition)
                                            && one.getNodeId().equalTo(NodeIds.PropertyType));
        }
    }

    private Object decoded(DataValue value) {
        return value.statusCode().isBad() ? null : decoded(value.value().value());
    }

    private Object decoded(Object raw) {
        try {
            if (raw instanceof ExtensionObject object) {
                return object.isNull()
                        ? null
                        : object.decode(services.client().getStaticEncodingContext());
            }
            if (raw instanceof ExtensionObject[] objects) {
                return Arrays.stream(objects).map(this::decoded).toArray();
            }
            return raw;
        } catch (UaSerializationException e) {
            return raw; // a type of the server's own, counted as a value that cannot be held
        }
    }
}
