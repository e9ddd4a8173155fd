package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.ArrayText;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Writes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;

/**
 * Writes single values and arrays in exactly the type that the node has. Only the value travels:
 * many servers refuse a write that brings a status or times along.
 */
final class Writer implements Writes {
    private static final int CURRENT_WRITE = 0x02;

    private final Services services;
    private final Addresses addresses;
    private final Variables variables;
    private final Failures failures;
    private final TypedText typed;

    Writer(Services services, Addresses addresses, Variables variables, Failures failures) {
        this.services = services;
        this.addresses = addresses;
        this.variables = variables;
        this.failures = failures;
        this.typed = new TypedText(addresses);
    }

    @Override
    public CompletionStage<Value> parse(String address, String text) {
        return target(address)
                .thenApply(
                        target -> {
                            if (!target.writable()) {
                                throw new CompletionException(
                                        failures.readOnly(
                                                address,
                                                "it may not be written",
                                                "The server says read-only, at least for this"
                                                        + " user."));
                            }
                            try {
                                return target.parsed(text);
                            } catch (MalformedException e) {
                                throw refused(address, e.getMessage(), "Write a value that fits.");
                            }
                        });
    }

    @Override
    public CompletionStage<WriteResult> write(String address, Value value) {
        return target(address)
                .thenCompose(
                        target -> {
                            DataValue data;
                            try {
                                data = DataValue.valueOnly(target.variant(value));
                            } catch (IllegalArgumentException | ArithmeticException e) {
                                throw refused(address, e.getMessage(), "Write a value that fits.");
                            }
                            return sent(
                                    address,
                                    new WriteValue(
                                            target.node(), AttributeId.Value.uid(), null, data));
                        })
                .exceptionally(
                        failure -> {
                            throw new CompletionException(
                                    failures.service("writing " + address, failure));
                        });
    }

    private CompletableFuture<WriteResult> sent(String address, WriteValue value) {
        return services.write(List.of(value))
                .thenApply(codes -> WriteResult.answered(Statuses.of(codes.get(0)), null))
                .exceptionally(
                        failure -> {
                            DeviceException why = failures.sent("writing " + address, failure);
                            if (why.kind() != Kind.UNANSWERED) {
                                throw new CompletionException(why);
                            }
                            return WriteResult.unanswered(Status.BAD_TIMEOUT, null);
                        });
    }

    /** A node that can be written, with the type that travels. */
    private record Target(
            TypedText typed,
            NodeId node,
            DataTypeInfo info,
            OpcUaDataType type,
            boolean array,
            boolean writable) {

        Value parsed(String text) {
            return array
                    ? new Value.Array(ArrayText.elements(text).stream().map(this::element).toList())
                    : element(text);
        }

        private Value element(String text) {
            return typed.parse(text, type, info.names());
        }

        Variant variant(Value value) {
            if (!array) {
                return typed.variant(value, type);
            }
            if (!(value instanceof Value.Array elements)) {
                throw new MalformedException("it takes an array");
            }
            int length = elements.elements().size();
            Object raw = java.lang.reflect.Array.newInstance(type.getBackingClass(), length);
            for (int i = 0; i < length; i++) {
                Object element = typed.variant(elements.elements().get(i), type).value();
                java.lang.reflect.Array.set(raw, i, element);
            }
            return new Variant(raw);
        }
    }

    private CompletableFuture<Target> target(String address) {
        return addresses
                .known(address, failures, () -> failures.noNamespace(address))
                .thenCompose(node -> target(address, node));
    }

    private CompletableFuture<Target> target(String address, NodeId node) {
        return variables
                .learn(List.of(node))
                .thenCompose(
                        done ->
                                services.read(
                                        Stream.of(
                                                        AttributeId.Value,
                                                        AttributeId.UserAccessLevel,
                                                        AttributeId.AccessLevel)
                                                .map(
                                                        attribute ->
                                                                Services.attribute(node, attribute))
                                                .toList(),
                                        TimestampsToReturn.Neither))
                .thenApply(values -> judged(address, node, values))
                .exceptionally(
                        failure -> {
                            throw new CompletionException(
                                    failures.service("asking about " + address, failure));
                        });
    }

    private Target judged(String address, NodeId node, List<DataValue> values) {
        DataValue access = values.get(2);
        if (access.statusCode().isBad()) {
            throw refused(
                    address,
                    "it is no variable that can be written ("
                            + Statuses.name(access.statusCode())
                            + ")",
                    "Check the address.");
        }
        Object current = values.get(0).value().value();
        DataTypeInfo info = variables.known(node);
        OpcUaDataType type = info.builtin();
        if (type == null && current != null) {
            Class<?> kind = current.getClass();
            int id = OpcUaDataType.getBuiltinTypeId(kind.isArray() ? kind.componentType() : kind);
            type = id < 0 ? null : OpcUaDataType.fromTypeId(id);
        }
        if (type == null) {
            throw refused(
                    address,
                    "its type is open and it has no value to take it from",
                    "Let the device set it first.");
        }
        if (current instanceof Matrix) {
            throw refused(
                    address,
                    "it is a matrix",
                    "Single values and arrays of one dimension can be written.");
        }
        boolean array = current != null && current.getClass().isArray();
        return new Target(typed, node, info, type, array, allows(access) && allows(values.get(1)));
    }

    private static boolean allows(DataValue access) {
        return !(access.value().value() instanceof UByte level)
                || (level.intValue() & CURRENT_WRITE) != 0;
    }

    private CompletionException refused(String address, String why, String advice) {
        DeviceException failure = failures.badAddress(address, why, advice);
        return new CompletionException(failure);
    }
}
