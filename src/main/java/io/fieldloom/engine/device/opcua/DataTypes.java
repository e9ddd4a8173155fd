package io.fieldloom.engine.device.opcua;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * The DataTypes of one server, asked for once: name, what travels on the wire, names of
 * enumerations. Thread-safe.
 */
final class DataTypes {
    /** A type hierarchy that is deeper than this is taken for a loop. */
    private static final int DEEPEST = 24;

    private static final Map<NodeId, DataTypeInfo> BASE = base();

    private final Services services;
    private final Browser browser;
    private final Addresses addresses;
    private final EnumerationNames enumerations;
    private final Map<NodeId, DataTypeInfo> known = new ConcurrentHashMap<>(BASE);

    DataTypes(
            Services services,
            Browser browser,
            Addresses addresses,
            EnumerationNames enumerations) {
        this.services = services;
        this.browser = browser;
        this.addresses = addresses;
        this.enumerations = enumerations;
    }

    private static Map<NodeId, DataTypeInfo> base() {
        Map<NodeId, DataTypeInfo> types = new HashMap<>();
        for (OpcUaDataType type : OpcUaDataType.values()) {
            types.put(type.getNodeId(), new DataTypeInfo(type.name(), type, false, Map.of()));
        }
        types.put(
                NodeIds.Structure,
                new DataTypeInfo("Structure", OpcUaDataType.ExtensionObject, false, Map.of()));
        types.put(NodeIds.BaseDataType, new DataTypeInfo("BaseDataType", null, false, Map.of()));
        types.put(NodeIds.Number, new DataTypeInfo("Number", null, false, Map.of()));
        types.put(NodeIds.Integer, new DataTypeInfo("Integer", null, false, Map.of()));
        types.put(NodeIds.UInteger, new DataTypeInfo("UInteger", null, false, Map.of()));
        types.put(
                NodeIds.Enumeration,
                new DataTypeInfo("Enumeration", OpcUaDataType.Int32, true, Map.of()));
        return Map.copyOf(types);
    }

    /** What is known of each type; {@link DataTypeInfo#UNKNOWN} where the server says nothing. */
    CompletableFuture<Map<NodeId, DataTypeInfo>> of(Collection<NodeId> types) {
        Set<NodeId> unknown = new LinkedHashSet<>(types);
        unknown.removeIf(type -> type.isNull() || known.containsKey(type));
        CompletableFuture<Void> learned =
                unknown.isEmpty() ? CompletableFuture.completedFuture(null) : learn(unknown);
        return learned.thenApply(
                done -> {
                    Map<NodeId, DataTypeInfo> found = new HashMap<>();
                    types.forEach(
                            type ->
                                    found.put(
                                            type, known.getOrDefault(type, DataTypeInfo.UNKNOWN)));
                    return found;
                });
    }

    private CompletableFuture<Void> learn(Set<NodeId> unknown) {
        List<NodeId> types = List.copyOf(unknown);
        Map<NodeId, NodeId> reached = new LinkedHashMap<>();
        types.forEach(type -> reached.put(type, type));
        List<ReadValueId> names =
                types.stream()
                        .map(type -> Services.attribute(type, AttributeId.BrowseName))
                        .toList();
        return climb(reached, 0)
                .thenCompose(bases -> services.read(names, TimestampsToReturn.Neither))
                .thenCompose(
                        values -> {
                            List<NodeId> enums =
                                    types.stream()
                                            .filter(type -> infoOfBase(reached, type).enumeration())
                                            .toList();
                            return enumerations
                                    .ofTypes(enums)
                                    .thenAccept(found -> keep(types, reached, values, found));
                        });
    }

    private static DataTypeInfo infoOfBase(Map<NodeId, NodeId> reached, NodeId type) {
        return BASE.getOrDefault(reached.get(type), DataTypeInfo.UNKNOWN);
    }

    private void keep(
            List<NodeId> types,
            Map<NodeId, NodeId> reached,
            List<DataValue> names,
            Map<NodeId, Map<Long, String>> enums) {
        for (int i = 0; i < types.size(); i++) {
            NodeId type = types.get(i);
            String name =
                    names.get(i).value().value() instanceof QualifiedName qualified
                            ? qualified.name()
                            : null;
            DataTypeInfo base = infoOfBase(reached, type);
            known.put(
                    type,
                    new DataTypeInfo(
                            name,
                            base.builtin(),
                            base.enumeration(),
                            enums.getOrDefault(type, Map.of())));
        }
    }

    /** Goes up from supertype to supertype until each type has reached a base type. */
    private CompletableFuture<Void> climb(Map<NodeId, NodeId> reached, int depth) {
        List<NodeId> pending = new ArrayList<>();
        reached.forEach(
                (type, at) -> {
                    if (!BASE.containsKey(at) && !at.isNull()) {
                        pending.add(type);
                    }
                });
        if (pending.isEmpty() || depth > DEEPEST) {
            return CompletableFuture.completedFuture(null);
        }
        List<NodeId> at = pending.stream().map(reached::get).toList();
        return browser.supertypes(at)
                .thenCompose(
                        found -> {
                            for (int i = 0; i < pending.size(); i++) {
                                NodeId parent =
                                        found.get(i).references().stream()
                                                .findFirst()
                                                .flatMap(
                                                        reference ->
                                                                addresses.node(
                                                                        reference.getNodeId()))
                                                .orElse(NodeId.NULL_VALUE);
                                reached.put(pending.get(i), parent);
                            }
                            return climb(reached, depth + 1);
                        });
    }
}
