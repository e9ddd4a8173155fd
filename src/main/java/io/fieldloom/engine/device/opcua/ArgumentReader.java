package io.fieldloom.engine.device.opcua;

import io.fieldloom.engine.device.Methods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** What a method takes and gives, by its InputArguments and OutputArguments. */
final class ArgumentReader {
    private final Services services;
    private final Addresses addresses;
    private final DataTypes types;

    ArgumentReader(Services services, Addresses addresses, DataTypes types) {
        this.services = services;
        this.addresses = addresses;
        this.types = types;
    }

    /** The inputs, then the outputs; a method without the property has none. */
    CompletableFuture<List<List<Methods.Argument>>> of(Browser.Found found) {
        List<NodeId> properties = new ArrayList<>();
        for (String name : List.of("InputArguments", "OutputArguments")) {
            properties.add(
                    found.references().stream()
                            .filter(
                                    one ->
                                            one.getIsForward()
                                                    && one.getReferenceTypeId()
                                                            .equals(NodeIds.HasProperty)
                                                    && name(one).equals(name))
                            .findFirst()
                            .flatMap(one -> addresses.node(one.getNodeId()))
                            .orElse(null));
        }
        List<NodeId> there = properties.stream().filter(Objects::nonNull).toList();
        return services.read(
                        there.stream()
                                .map(node -> Services.attribute(node, AttributeId.Value))
                                .toList(),
                        TimestampsToReturn.Neither)
                .thenCompose(
                        values -> {
                            List<List<Argument>> raw = new ArrayList<>();
                            for (NodeId property : properties) {
                                raw.add(
                                        property == null
                                                ? List.of()
                                                : raw(values.get(there.indexOf(property))));
                            }
                            return described(raw);
                        });
    }

    private List<Argument> raw(DataValue value) {
        if (value.statusCode().isBad()) {
            throw new CompletionException(
                    new UaException(value.statusCode(), "its arguments cannot be read"));
        }
        Object[] elements = value.value().value() instanceof Object[] array ? array : new Object[0];
        List<Argument> raw = new ArrayList<>();
        for (Object element : elements) {
            Object decoded =
                    element instanceof ExtensionObject object
                            ? object.decode(services.client().getStaticEncodingContext())
                            : element;
            raw.add((Argument) decoded);
        }
        return raw;
    }

    private CompletableFuture<List<List<Methods.Argument>>> described(List<List<Argument>> raw) {
        List<NodeId> used =
                raw.stream().flatMap(List::stream).map(one -> one.getDataType()).toList();
        return types.of(used)
                .thenApply(
                        infos ->
                                raw.stream()
                                        .map(
                                                list ->
                                                        list.stream()
                                                                .map(one -> described(one, infos))
                                                                .toList())
                                        .toList());
    }

    private Methods.Argument described(Argument raw, Map<NodeId, DataTypeInfo> infos) {
        DataTypeInfo info = infos.get(raw.getDataType());
        String type = addresses.text(raw.getDataType());
        return new Methods.Argument(
                Objects.requireNonNullElse(raw.getName(), ""),
                Objects.requireNonNullElse(info.name(), type),
                type,
                Objects.requireNonNullElse(raw.getValueRank(), -1),
                words(raw.getDescription()),
                info.names().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList());
    }

    static String words(Object text) {
        return text instanceof LocalizedText localized
                ? Objects.requireNonNullElse(localized.text(), "")
                : "";
    }

    static String name(ReferenceDescription reference) {
        QualifiedName name = reference.getBrowseName();
        return name == null ? "" : Objects.requireNonNullElse(name.name(), "");
    }
}
