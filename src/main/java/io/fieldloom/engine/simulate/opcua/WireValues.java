package io.fieldloom.engine.simulate.opcua;

import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.SignalType;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import java.lang.reflect.Field;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/** Simulated values and statuses as they travel. */
final class WireValues {
    private static final Map<String, StatusCode> CODES = codes();

    private WireValues() {}

    /** The type of a point: the one that was written, else what its values are. */
    static SignalType type(Signal signal, Value first) {
        if (signal.type() != null) {
            return SignalType.named(signal.type());
        }
        if (signal.shape() == Signal.Shape.STATES) {
            return SignalType.INT32;
        }
        if (first instanceof Value.Bool) {
            return SignalType.BOOLEAN;
        }
        if (first instanceof Value.Text) {
            return SignalType.STRING;
        }
        return first instanceof Value.Int ? SignalType.INT64 : SignalType.DOUBLE;
    }

    static NodeId dataType(SignalType type) {
        return switch (type) {
            case BOOLEAN -> NodeIds.Boolean;
            case SBYTE -> NodeIds.SByte;
            case BYTE -> NodeIds.Byte;
            case INT16 -> NodeIds.Int16;
            case UINT16 -> NodeIds.UInt16;
            case INT32 -> NodeIds.Int32;
            case UINT32 -> NodeIds.UInt32;
            case INT64 -> NodeIds.Int64;
            case UINT64 -> NodeIds.UInt64;
            case FLOAT -> NodeIds.Float;
            case DOUBLE -> NodeIds.Double;
            case STRING -> NodeIds.String;
            case DATE_TIME -> NodeIds.DateTime;
        };
    }

    /**
     * @param start what is added to a DateTime's time since the epoch; the epoch for none
     */
    static Variant variant(Value value, SignalType type, Instant start) {
        if (value instanceof Value.None) {
            return Variant.NULL_VALUE;
        }
        if (value instanceof Value.Time time) {
            return Variant.ofDateTime(new DateTime(time.value().plusMillis(start.toEpochMilli())));
        }
        return switch (type) {
            case BOOLEAN -> Variant.ofBoolean(truth(value));
            case STRING -> Variant.ofString(text(value));
            case DOUBLE -> Variant.ofDouble(number(value).doubleValue());
            case FLOAT -> Variant.ofFloat(number(value).floatValue());
            case SBYTE -> Variant.ofSByte(number(value).byteValue());
            case BYTE -> Variant.ofByte(UByte.valueOf(number(value).intValue()));
            case INT16 -> Variant.ofInt16(number(value).shortValue());
            case UINT16 -> Variant.ofUInt16(UShort.valueOf(number(value).intValue()));
            case INT32 -> Variant.ofInt32(number(value).intValue());
            case UINT32 -> Variant.ofUInt32(UInteger.valueOf(number(value).longValue()));
            case INT64 -> Variant.ofInt64(number(value).longValue());
            case UINT64 ->
                    Variant.ofUInt64(ULong.valueOf(new BigInteger(number(value).toString())));
            case DATE_TIME -> Variant.NULL_VALUE;
        };
    }

    private static boolean truth(Value value) {
        return value instanceof Value.Bool bool ? bool.value() : number(value).doubleValue() != 0;
    }

    private static String text(Value value) {
        return value instanceof Value.Text text ? text.value() : number(value).toString();
    }

    private static Number number(Value value) {
        if (value instanceof Value.Enumerated state) {
            return state.number();
        }
        if (value instanceof Value.Int whole) {
            return whole.value();
        }
        if (value instanceof Value.Big big) {
            return big.value();
        }
        return value instanceof Value.Numeric number ? number.asDouble() : 0;
    }

    /** The code of a status by its name with or without underscore; Bad where it is unknown. */
    static StatusCode code(Status status) {
        if (status.isGood()) {
            return StatusCode.GOOD;
        }
        return CODES.getOrDefault(
                status.name().replace("_", ""),
                status.isBad() ? StatusCode.BAD : StatusCode.UNCERTAIN);
    }

    private static Map<String, StatusCode> codes() {
        Map<String, StatusCode> codes = new HashMap<>();
        for (Field field : StatusCodes.class.getFields()) {
            if (field.getType() == long.class) {
                try {
                    codes.put(
                            field.getName().replace("_", ""), new StatusCode(field.getLong(null)));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException("a public constant cannot be read", e);
                }
            }
        }
        return Map.copyOf(codes);
    }
}
