package io.fieldloom.engine.device.opcua;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * The types of variables, asked for once in a session: a variable's DataType, and for an integer
 * the state names that it may have for itself (MultiStateDiscreteType). Thread-safe.
 */
final class Variables {
    private final Services services;
    private final DataTypes types;
    private final EnumerationNames enumerations;
    private final Map<NodeId, DataTypeInfo> known = new ConcurrentHashMap<>();

    Variables(Services services, DataTypes types, EnumerationNames enumerations) {
        this.services = services;
        this.types = types;
        this.enumerations = enumerations;
    }

    /** The type of a variable that was asked for before; unknown otherwise. */
    DataTypeInfo known(NodeId variable) {
        return known.getOrDefault(variable, DataTypeInfo.UNKNOWN);
    }

    /** As {@link #learn}, of variables that may have become others. */
    CompletableFuture<Void> learnAnew(Collection<NodeId> variables) {
        variables.forEach(known::remove);
        return learn(variables);
    }

    /** Learns the types of variables; what is no variable stays unknown. */
    CompletableFuture<Void> learn(Collection<NodeId> variables) {
        List<NodeId> unknown =
                variables.stream().distinct().filter(node -> !known.containsKey(node)).toList();
        if (unknown.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<ReadValueId> asked =
                unknown.stream()
                        .map(node -> Services.attribute(node, AttributeId.DataType))
                        .toList();
        return services.read(asked, TimestampsToReturn.Neither)
                .thenCompose(
                        values -> {
                            Map<NodeId, NodeId> typeOf = new HashMap<>();
                            for (int i = 0; i < unknown.size(); i++) {
                                if (values.get(i).value().value() instanceof NodeId type) {
                                    typeOf.put(unknown.get(i), type);
                                }
                            }
                            return types.of(typeOf.values())
                                    .thenCompose(infos -> withStates(typeOf, infos));
                        });
    }

    private CompletableFuture<Void> withStates(
            Map<NodeId, NodeId> typeOf, Map<NodeId, DataTypeInfo> infos) {
        List<NodeId> integers = new ArrayList<>();
        typeOf.forEach(
                (variable, type) -> {
                    DataTypeInfo info = infos.get(type);
                    if (!info.enumeration() && (info.isInteger() || isAbstractNumber(info))) {
                        integers.add(variable);
                    }
                });
        return enumerations
                .ofProperties(integers)
                .thenAccept(
                        names ->
                                typeOf.forEach(
                                        (variable, type) -> {
                                            DataTypeInfo info = infos.get(type);
                                            Map<Long, String> own = names.get(variable);
                                            known.put(
                                                    variable,
                                                    own == null ? info : info.withNames(own));
                                        }));
    }

    private static boolean isAbstractNumber(DataTypeInfo info) {
        return info.builtin() == null
                && ("Number".equals(info.name())
                        || "Integer".equals(info.name())
                        || "UInteger".equals(info.name()));
    }
}
