package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Writes;
import java.util.List;
import java.util.Map;
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
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
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
    private final TwoStateNames twoStates;

    Writer(Services services, Addresses addresses, Variables variables, Failures failures) {
        this.services = services;
        this.addresses = addresses;
        this.variables = variables;
        this.failures = failures;
        this.typed = new TypedText(addresses);
        this.twoStates = new TwoStateNames(services, addresses);
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
            OpcUaDataType type,
            Map<Long, String> states,
            Dimensions dimensions,
            boolean writable) {

        Value parsed(String text) {
            return dimensions.parse(text, element -> typed.parse(element, type, states));
        }

        Variant variant(Value value) {
            return dimensions.variant(value, type, element -> typed.variant(element, type));
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
                                                        AttributeId.AccessLevel,
                                                        AttributeId.ValueRank,
                                                        AttributeId.ArrayDimensions)
                                                .map(
                                                        attribute ->
                                                                Services.attribute(node, attribute))
                                                .toList(),
                                        TimestampsToReturn.Neither))
                .thenCompose(values -> judged(address, node, values))
                .exceptionally(
                        failure -> {
                            throw new CompletionException(
                                    failures.service("asking about " + address, failure));
                        });
    }

    private CompletableFuture<Target> judged(String address, NodeId node, List<DataValue> values) {
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
        if (type == null && current instanceof Matrix matrix) {
            type = matrix.getDataType().orElse(null);
        } else if (type == null && current != null) {
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
        Dimensions dimensions = dimensions(current, values.get(3), values.get(4));
        boolean writable = allows(access) && allows(values.get(1));
        OpcUaDataType travels = type;
        CompletableFuture<Map<Long, String>> states =
                type == OpcUaDataType.Boolean
                        ? twoStates.of(node)
                        : CompletableFuture.completedFuture(info.names());
        return states.thenApply(
                names -> new Target(typed, node, travels, names, dimensions, writable));
    }

    /** As the present value has them; of a variable without a value, as the server announces. */
    private static Dimensions dimensions(Object current, DataValue rank, DataValue announced) {
        int count = current == null && rank.value().value() instanceof Integer all ? all : 0;
        if (current instanceof Matrix matrix) {
            count = matrix.getDimensions().length;
        } else if (current != null && current.getClass().isArray()) {
            count = 1;
        }
        List<Long> most =
                announced.value().value() instanceof UInteger[] sizes
                        ? Stream.of(sizes).map(UInteger::longValue).toList()
                        : List.of();
        return new Dimensions(Math.max(0, count), most);
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
