package io.fieldloom.engine.device.opcua;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumField;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumValueType;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of an enumeration's numbers: from the DataTypeDefinition attribute, else from the
 * properties EnumValues or EnumStrings, which older servers have instead and which a discrete
 * variable has for itself (OPC UA Part 3, 8.40 and Part 8, 5.3.3.3).
 */
final class EnumerationNames {
    private static final Logger LOG = LoggerFactory.getLogger(EnumerationNames.class);
    private static final List<String> PROPERTIES = List.of("EnumValues", "EnumStrings");

    private final Services services;
    private final Addresses addresses;

    EnumerationNames(Services services, Addresses addresses) {
        this.services = services;
        this.addresses = addresses;
    }

    /** Names by number for each enumeration DataType that has any. */
    CompletableFuture<Map<NodeId, Map<Long, String>>> ofTypes(List<NodeId> types) {
        List<ReadValueId> definitions =
                types.stream()
                        .map(type -> Services.attribute(type, AttributeId.DataTypeDefinition))
                        .toList();
        return services.read(definitions, TimestampsToReturn.Neither)
                .thenCompose(
                        values -> {
                            Map<NodeId, Map<Long, String>> found = new HashMap<>();
                            List<NodeId> without = new ArrayList<>();
                            for (int i = 0; i < types.size(); i++) {
                                Map<Long, String> names = names(values.get(i).value().value());
                                if (names.isEmpty()) {
                                    without.add(types.get(i));
                                } else {
                                    found.put(types.get(i), names);
                                }
                            }
                            return ofProperties(without)
                                    .thenApply(
                                            more -> {
                                                found.putAll(more);
                                                return found;
                                            });
                        });
    }

    /** Names by number for each node that has a property EnumValues or EnumStrings. */
    CompletableFuture<Map<NodeId, Map<Long, String>>> ofProperties(List<NodeId> nodes) {
        List<BrowsePath> paths = new ArrayList<>();
        for (NodeId node : nodes) {
            for (String property : PROPERTIES) {
                paths.add(property(node, property));
            }
        }
        return services.translate(paths)
                .thenCompose(results -> readFound(nodes, results))
                .exceptionally(
                        failure -> {
                            LOG.debug("The server does not say its state names", failure);
                            return Map.of(); // then numbers stay numbers, and are still read
                        });
    }

    private CompletableFuture<Map<NodeId, Map<Long, String>>> readFound(
            List<NodeId> nodes, List<BrowsePathResult> results) {
        List<NodeId> owners = new ArrayList<>();
        List<ReadValueId> properties = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            NodeId owner = nodes.get(i / PROPERTIES.size());
            target(results.get(i), addresses)
                    .ifPresent(
                            property -> {
                                owners.add(owner);
                                properties.add(Services.attribute(property, AttributeId.Value));
                            });
        }
        return services.read(properties, TimestampsToReturn.Neither)
                .thenApply(
                        values -> {
                            Map<NodeId, Map<Long, String>> found = new HashMap<>();
                            for (int i = 0; i < values.size(); i++) {
                                Map<Long, String> names = names(value(values.get(i)));
                                if (!names.isEmpty()) {
                                    found.putIfAbsent(owners.get(i), names);
                                }
                            }
                            return found;
                        });
    }

    /** The way to a property of the standard namespace. */
    static BrowsePath property(NodeId node, String property) {
        return new BrowsePath(
                node,
                new RelativePath(
                        new RelativePathElement[] {
                            new RelativePathElement(
                                    NodeIds.HasProperty,
                                    false,
                                    true,
                                    new QualifiedName(0, property))
                        }));
    }

    static Optional<NodeId> target(BrowsePathResult result, Addresses addresses) {
        return result.getStatusCode().isGood()
                        && result.getTargets() != null
                        && result.getTargets().length > 0
                ? addresses.node(result.getTargets()[0].getTargetId())
                : Optional.empty();
    }

    private static Object value(DataValue value) {
        return value.value().value();
    }

    private Map<Long, String> names(Object source) {
        Map<Long, String> names = new LinkedHashMap<>();
        if (source instanceof LocalizedText[] texts) {
            for (int i = 0; i < texts.length; i++) {
                put(names, i, texts[i] == null ? null : texts[i].text());
            }
        } else if (source instanceof ExtensionObject[] values) {
            for (ExtensionObject value : values) {
                if (decoded(value) instanceof EnumValueType entry) {
                    put(names, entry.getValue(), entry.getDisplayName().text());
                }
            }
        } else if (source instanceof ExtensionObject definition
                && decoded(definition) instanceof EnumDefinition enumeration
                && enumeration.getFields() != null) {
            for (EnumField field : enumeration.getFields()) {
                put(
                        names,
                        field.getValue(),
                        field.getName() != null ? field.getName() : field.getDisplayName().text());
            }
        }
        return names;
    }

    private Object decoded(ExtensionObject value) {
        try {
            return value.decode(services.client().getStaticEncodingContext());
        } catch (UaSerializationException e) {
            LOG.debug("A definition of an enumeration cannot be decoded: {}", value, e);
            return null; // then its numbers stay numbers
        }
    }

    private static void put(Map<Long, String> names, long number, String name) {
        if (name != null && !name.isEmpty()) {
            names.put(number, name);
        }
    }
}
