package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.types.UaEnumeratedType;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OPC UA's values as the domain's. A structure of a type that was not met before makes the server
 * answer questions about that type, which waits; so decoding belongs on a thread that may wait.
 */
final class ValueDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(ValueDecoder.class);
    private static final Status UNDECODABLE = Status.named("BadDecodingError");

    private final Addresses addresses;
    private final StructureDecoder structures;

    ValueDecoder(Addresses addresses, StructureDecoder structures) {
        this.addresses = addresses;
        this.structures = structures;
    }

    /** A data value as a sample; what cannot be decoded becomes a bad one, never an exception. */
    Sample sample(DataValue data, DataTypeInfo type, Instant receivedAt) {
        Value value;
        Status status = Statuses.of(data.statusCode());
        try {
            value = value(data.value(), type.names());
            status = StructureDecoder.isUndecoded(value) && !status.isBad() ? UNDECODABLE : status;
        } catch (UaException | UaSerializationException | IllegalArgumentException e) {
            LOG.debug("A value of type {} cannot be decoded", type.name(), e);
            value = Value.NONE;
            status = status.isBad() ? status : UNDECODABLE;
        }
        return new Sample(
                value, status, time(data.sourceTime()), time(data.serverTime()), receivedAt);
    }

    /** Null for the null dates of OPC UA, which are any at or before 1601 (Part 6, 5.2.2.5). */
    static Instant time(DateTime time) {
        return time == null || time.utcTime() <= 0 ? null : Ticks.instant(time);
    }

    /**
     * @param names names of an enumeration's numbers, or empty
     */
    Value value(Object raw, Map<Long, String> names) throws UaException {
        if (raw == null) {
            return Value.NONE;
        }
        if (raw instanceof Variant variant) {
            return value(variant.value(), names);
        }
        if (raw instanceof Boolean bool) {
            return Value.of(bool.booleanValue());
        }
        if (raw instanceof Number number) {
            return number(number, names);
        }
        if (raw instanceof String text) {
            return Value.of(text);
        }
        if (raw.getClass().isArray()) {
            return array(raw, names);
        }
        if (raw instanceof Matrix matrix) {
            return matrix.isNull() ? Value.NONE : array(matrix.nestedArrayValue(), names);
        }
        if (raw instanceof UaEnumeratedType enumerated) {
            return enumerated(enumerated);
        }
        if (raw instanceof ExtensionObject object) {
            return object.isNull() ? Value.NONE : structures.decode(object, this);
        }
        if (raw instanceof UaStructuredType structure) {
            return structures.structure(structure, this);
        }
        return other(raw, names);
    }

    private static Value number(Number number, Map<Long, String> names) {
        if (number instanceof Double wide) {
            return Value.of(wide.doubleValue());
        }
        if (number instanceof Float narrow) {
            return Value.of(narrow.floatValue());
        }
        if (number instanceof ULong wide) {
            return named(Value.of(wide.toBigInteger()), names);
        }
        return named(Value.of(number.longValue()), names);
    }

    private static Value named(Value value, Map<Long, String> names) {
        if (!names.isEmpty() && value instanceof Value.Int number) {
            String name = names.get(number.value());
            if (name != null) {
                return new Value.Enumerated(number.value(), name);
            }
        }
        return value;
    }

    private static Value enumerated(UaEnumeratedType enumerated) {
        String name = enumerated.getName();
        return name == null || name.isEmpty()
                ? Value.of((long) enumerated.getValue())
                : new Value.Enumerated(enumerated.getValue(), name);
    }

    private Value array(Object array, Map<Long, String> names) throws UaException {
        int length = java.lang.reflect.Array.getLength(array);
        List<Value> elements = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            elements.add(value(java.lang.reflect.Array.get(array, i), names));
        }
        return new Value.Array(elements);
    }

    private Value other(Object raw, Map<Long, String> names) throws UaException {
        if (raw instanceof DateTime time) {
            return time(time) == null ? Value.NONE : new Value.Time(time(time));
        }
        if (raw instanceof ByteString bytes) {
            return bytes.isNull() ? Value.NONE : new Value.Bytes(bytes.bytes());
        }
        if (raw instanceof LocalizedText text) {
            return text.text() == null ? Value.NONE : Value.of(text.text());
        }
        if (raw instanceof QualifiedName name) {
            return name.name() == null ? Value.NONE : Value.of(addresses.text(name));
        }
        if (raw instanceof NodeId node) {
            return node.isNull() ? Value.NONE : Value.of(addresses.text(node));
        }
        if (raw instanceof ExpandedNodeId node) {
            return node.isNull() ? Value.NONE : Value.of(addresses.text(node));
        }
        if (raw instanceof StatusCode code) {
            return Value.of(Statuses.name(code));
        }
        if (raw instanceof UUID guid) {
            return Value.of(guid.toString());
        }
        if (raw instanceof XmlElement xml) {
            return xml.getFragment() == null ? Value.NONE : Value.of(xml.getFragment());
        }
        if (raw instanceof DataValue data) {
            return value(data.value(), names);
        }
        if (raw instanceof UNumber number) {
            return Value.of(number.longValue());
        }
        return Value.of(raw.toString());
    }
}
