package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.NodeDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.RolePermissionType;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureField;

/** Asks a server for all that it says about one node, in as few requests as its limits allow. */
final class Inspector implements NodeDetails {
    /** A node with more properties than this is a list of its own, not a node to look into. */
    private static final int MOST_PROPERTIES = 200;

    private static final Status NO_SUCH_ATTRIBUTE = Status.named("BadAttributeIdInvalid");

    private static final List<AttributeId> ASKED =
            Arrays.stream(AttributeId.values()).filter(id -> id != AttributeId.Value).toList();

    private final Services services;
    private final Addresses addresses;
    private final Browser browser;
    private final Reader reader;
    private final Failures failures;

    Inspector(
            Services services,
            Addresses addresses,
            Browser browser,
            Reader reader,
            Failures failures) {
        this.services = services;
        this.addresses = addresses;
        this.browser = browser;
        this.reader = reader;
        this.failures = failures;
    }

    /** What the first requests brought. */
    private record Raw(
            NodeId node,
            NodeClass nodeClass,
            Map<AttributeId, Object> values,
            Map<AttributeId, Status> faults,
            Browser.Found found) {}

    @Override
    public CompletionStage<Node> details(String address) {
        return addresses
                .known(address, failures)
                .thenCompose(node -> raw(address, node))
                .thenCompose(this::completed)
                .exceptionally(
                        failure -> {
                            throw new CompletionException(
                                    failures.service("looking into " + address, failure));
                        });
    }

    private CompletableFuture<Raw> raw(String address, NodeId node) {
        List<ReadValueId> asked = ASKED.stream().map(id -> Services.attribute(node, id)).toList();
        return services.read(asked, TimestampsToReturn.Neither)
                .thenCombine(
                        browser.all(node),
                        (values, found) -> {
                            DataValue kind = values.get(ASKED.indexOf(AttributeId.NodeClass));
                            if (!(kind.value().value() instanceof Integer number)) {
                                throw new CompletionException(
                                        failures.unknownNode(
                                                address, Statuses.name(kind.statusCode())));
                            }
                            return raw(node, NodeClass.from(number), values, found);
                        });
    }

    private Raw raw(NodeId node, NodeClass nodeClass, List<DataValue> values, Browser.Found found) {
        Map<AttributeId, Object> good = new EnumMap<>(AttributeId.class);
        Map<AttributeId, Status> faults = new EnumMap<>(AttributeId.class);
        Set<AttributeId> own =
                nodeClass == null ? Set.copyOf(ASKED) : AttributeId.getAttributes(nodeClass);
        for (int i = 0; i < ASKED.size(); i++) {
            AttributeId attribute = ASKED.get(i);
            DataValue value = values.get(i);
            boolean isAbsent = value.statusCode().value() == StatusCodes.Bad_AttributeIdInvalid;
            if (!own.contains(attribute) || isAbsent) {
                continue;
            }
            if (value.statusCode().isBad()) {
                faults.put(attribute, Statuses.of(value.statusCode()));
            } else {
                good.put(attribute, decoded(value.value().value()));
            }
        }
        return new Raw(node, nodeClass, good, faults, found);
    }

    /** The structures among attributes are all of the standard namespace. */
    private Object decoded(Object raw) {
        try {
            if (raw instanceof ExtensionObject object) {
                return object.decode(services.client().getStaticEncodingContext());
            }
            if (raw instanceof ExtensionObject[] objects) {
                Object[] decoded = new Object[objects.length];
                for (int i = 0; i < objects.length; i++) {
                    decoded[i] = decoded(objects[i]);
                }
                return decoded;
            }
            return raw;
        } catch (UaSerializationException e) {
            return raw; // shown as it came
        }
    }

    private CompletableFuture<Node> completed(Raw raw) {
        boolean mayHaveValue =
                raw.nodeClass() == NodeClass.Variable || raw.nodeClass() == NodeClass.VariableType;
        List<ReferenceDescription> properties = properties(raw.found());
        List<String> wanted = new ArrayList<>();
        properties.forEach(property -> wanted.add(addresses.text(property.getNodeId())));
        CompletableFuture<List<Sample>> values = reader.read(wanted);
        CompletableFuture<Sample> value =
                mayHaveValue ? value(raw.node()) : CompletableFuture.completedFuture(null);
        return names(mentioned(raw))
                .thenCombine(
                        values.thenCombine(value, Values::new),
                        (names, read) -> node(raw, names, read, properties));
    }

    private record Values(List<Sample> properties, Sample own) {}

    /** Null where it has none. Alone, for one that is too large to send must not cost the rest. */
    private CompletableFuture<Sample> value(NodeId node) {
        return reader.read(List.of(addresses.text(node)))
                .thenApply(samples -> samples.get(0))
                .thenApply(sample -> sample.status().equals(NO_SUCH_ATTRIBUTE) ? null : sample)
                .exceptionally(
                        failure -> Sample.failed(Statuses.ofFailure(failure), Instant.now()));
    }

    private static List<ReferenceDescription> properties(Browser.Found found) {
        return found.references().stream()
                .filter(
                        reference ->
                                reference.getIsForward()
                                        && reference
                                                .getReferenceTypeId()
                                                .equals(NodeIds.HasProperty)
                                        && reference.getNodeId().isLocal())
                .limit(MOST_PROPERTIES)
                .toList();
    }

    /** The nodes that the answer speaks of without their names. */
    private static Set<NodeId> mentioned(Raw raw) {
        Set<NodeId> mentioned = new LinkedHashSet<>();
        raw.found().references().forEach(one -> mentioned.add(one.getReferenceTypeId()));
        if (raw.values().get(AttributeId.DataType) instanceof NodeId type) {
            mentioned.add(type);
        }
        if (raw.values().get(AttributeId.DataTypeDefinition) instanceof StructureDefinition type
                && type.getFields() != null) {
            for (StructureField field : type.getFields()) {
                mentioned.add(field.getDataType());
            }
        }
        for (AttributeId roles :
                List.of(AttributeId.RolePermissions, AttributeId.UserRolePermissions)) {
            if (raw.values().get(roles) instanceof Object[] permissions) {
                for (Object one : permissions) {
                    if (one instanceof RolePermissionType permission) {
                        mentioned.add(permission.getRoleId());
                    }
                }
            }
        }
        mentioned.removeIf(NodeId::isNull);
        return mentioned;
    }

    private CompletableFuture<Map<NodeId, String>> names(Set<NodeId> nodes) {
        List<NodeId> asked = List.copyOf(nodes);
        return services.read(
                        asked.stream()
                                .map(node -> Services.attribute(node, AttributeId.BrowseName))
                                .toList(),
                        TimestampsToReturn.Neither)
                .thenApply(
                        values -> {
                            Map<NodeId, String> names = new HashMap<>();
                            for (int i = 0; i < asked.size(); i++) {
                                if (values.get(i).value().value() instanceof QualifiedName name
                                        && name.name() != null) {
                                    names.put(asked.get(i), name.name());
                                }
                            }
                            return names;
                        });
    }

    private Node node(
            Raw raw,
            Map<NodeId, String> names,
            Values read,
            List<ReferenceDescription> properties) {
        AttributeWords words = new AttributeWords(addresses, names);
        List<Attribute> attributes = new ArrayList<>();
        for (AttributeId attribute : AttributeId.values()) {
            if (attribute == AttributeId.Value && read.own() != null) {
                attributes.add(attribute(attribute.name(), read.own()));
            } else if (raw.faults().containsKey(attribute)) {
                attributes.add(
                        new Attribute(attribute.name(), Value.NONE, raw.faults().get(attribute)));
            } else if (raw.values().containsKey(attribute)) {
                Value value = words.of(attribute, raw.values().get(attribute));
                attributes.add(new Attribute(attribute.name(), value, Status.GOOD));
            }
        }
        List<Attribute> valued = new ArrayList<>();
        for (int i = 0; i < properties.size(); i++) {
            valued.add(attribute(name(properties.get(i)), read.properties().get(i)));
        }
        String name =
                raw.values().get(AttributeId.BrowseName) instanceof QualifiedName own
                        ? Objects.requireNonNullElse(own.name(), "")
                        : "";
        return new Node(
                addresses.text(raw.node()),
                name,
                raw.nodeClass() == null ? "" : raw.nodeClass().name(),
                attributes,
                read.own(),
                valued,
                references(raw.found(), names),
                Statuses.of(raw.found().status()));
    }

    private static Attribute attribute(String name, Sample sample) {
        return new Attribute(name, sample.value(), sample.status());
    }

    private List<Reference> references(Browser.Found found, Map<NodeId, String> names) {
        List<Reference> forward = new ArrayList<>();
        List<Reference> inverse = new ArrayList<>();
        for (ReferenceDescription one : found.references()) {
            NodeId type = one.getReferenceTypeId();
            NodeClass nodeClass = one.getNodeClass();
            (one.getIsForward() ? forward : inverse)
                    .add(
                            new Reference(
                                    names.getOrDefault(type, addresses.text(type)),
                                    one.getIsForward(),
                                    addresses.text(one.getNodeId()),
                                    name(one),
                                    nodeClass == null || nodeClass == NodeClass.Unspecified
                                            ? ""
                                            : nodeClass.name(),
                                    one.getNodeId().isLocal()));
        }
        forward.addAll(inverse);
        return forward;
    }

    private static String name(ReferenceDescription reference) {
        QualifiedName name = reference.getBrowseName();
        return name == null ? "" : Objects.requireNonNullElse(name.name(), "");
    }
}
