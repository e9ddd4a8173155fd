package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.opcua.DictionaryType.Field;
import io.fieldloom.engine.device.opcua.DictionaryType.Name;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.util.Namespaces;

/**
 * The body of one structure, read field by field as a type dictionary describes it. For one body
 * and one thread.
 */
final class DictionaryDecoder {
    /** A type that is nested deeper is taken for one that contains itself. */
    private static final int DEEPEST = 64;

    private static final Map<String, OpcUaDataType> PLAIN =
            Arrays.stream(OpcUaDataType.values())
                    .collect(Collectors.toMap(Enum::name, Function.identity()));

    /** Where types are looked up; throws for one that nobody knows. */
    interface Types {
        DictionaryType type(Name name) throws UaException;
    }

    private final Types types;
    private final ValueDecoder values;
    private final ByteBuf bytes;
    private final OpcUaBinaryDecoder plain;
    private int bits;
    private int bitsLeft;

    DictionaryDecoder(Types types, ValueDecoder values, EncodingContext context, byte[] body) {
        this.types = types;
        this.values = values;
        bytes = Unpooled.wrappedBuffer(body);
        plain = new OpcUaBinaryDecoder(context).setBuffer(bytes);
    }

    /** The whole body. One that is longer than its type is refused: its values would be wrong. */
    Value decode(Name type) throws UaException {
        try {
            Value value = value(type, 0);
            if (bytes.isReadable()) {
                throw failed(bytes.readableBytes() + " bytes more than " + type + " has");
            }
            return value;
        } catch (IndexOutOfBoundsException e) {
            throw failed("fewer bytes than " + type + " has");
        }
    }

    private Value structure(DictionaryType.Structure type, int depth) throws UaException {
        if (depth > DEEPEST) {
            throw failed(type.name() + " contains itself");
        }
        Map<String, Long> numbers = new HashMap<>();
        Map<String, Value> shown = new LinkedHashMap<>();
        for (Field field : type.fields()) {
            if (field.condition() != null
                    && !field.condition().holds(number(numbers, field.condition().field()))) {
                continue;
            }
            Value value = field(field, numbers, depth);
            asNumber(value).ifPresent(number -> numbers.put(field.name(), number));
            if (!type.isBookkeeping(field)) {
                shown.put(field.name(), value);
            }
        }
        return new Value.Structure(type.name(), shown);
    }

    private Value field(Field field, Map<String, Long> numbers, int depth) throws UaException {
        if (field.isBits()) {
            return field.length() > 1
                    ? Value.of(readBits(field.length()))
                    : Value.of(readBits(1) == 1);
        }
        if (field.lengthField() == null && field.length() == 0) {
            return value(field.type(), depth);
        }
        long length =
                field.lengthField() == null ? field.length() : number(numbers, field.lengthField());
        if (length < 0) {
            return Value.NONE;
        }
        if (length > bytes.readableBytes()) {
            throw failed(field.name() + " is to have " + length + " elements");
        }
        List<Value> elements = new ArrayList<>((int) length);
        for (long i = 0; i < length; i++) {
            elements.add(value(field.type(), depth));
        }
        return new Value.Array(elements);
    }

    private static long number(Map<String, Long> numbers, String field) throws UaException {
        Long number = numbers.get(field);
        if (number == null) {
            throw failed("no number " + field + " before the field that needs it");
        }
        return number;
    }

    private static Optional<Long> asNumber(Value value) {
        if (value instanceof Value.Int number) {
            return Optional.of(number.value());
        }
        if (value instanceof Value.Bool bool) {
            return Optional.of(bool.value() ? 1L : 0L);
        }
        return value instanceof Value.Enumerated state
                ? Optional.of(state.number())
                : Optional.empty();
    }

    private Value value(Name name, int depth) throws UaException {
        boolean standard =
                name.namespace().equals(TypeDictionary.SCHEMA)
                        || name.namespace().equals(Namespaces.OPC_UA);
        if (standard && name.local().equals("CharArray")) {
            return plain(OpcUaDataType.String);
        }
        if (standard && PLAIN.containsKey(name.local())) {
            return plain(PLAIN.get(name.local()));
        }
        DictionaryType type = types.type(name);
        if (type instanceof DictionaryType.Structure structure) {
            return structure(structure, depth + 1);
        }
        if (type instanceof DictionaryType.Enumeration enumeration) {
            return state(enumeration);
        }
        int width = ((DictionaryType.Opaque) type).bits();
        if (width <= 0 || width % Byte.SIZE != 0) {
            throw failed(name + " is opaque, of " + width + " bits");
        }
        bitsLeft = 0;
        byte[] opaque = new byte[width / Byte.SIZE];
        bytes.readBytes(opaque);
        return new Value.Bytes(opaque);
    }

    private Value state(DictionaryType.Enumeration enumeration) throws UaException {
        if (enumeration.bits() % Byte.SIZE == 0) {
            bitsLeft = 0;
        }
        long raw = readBits(enumeration.bits());
        long number = enumeration.bits() == Integer.SIZE ? (int) raw : raw;
        String name = enumeration.names().get(number);
        return name == null ? Value.of(number) : new Value.Enumerated(number, name);
    }

    /** Least significant first, in the order of the bytes. */
    private long readBits(int count) throws UaException {
        if (count < 1 || count >= Long.SIZE) {
            throw failed("a number of " + count + " bits");
        }
        long number = 0;
        for (int i = 0; i < count; i++) {
            if (bitsLeft == 0) {
                bits = bytes.readUnsignedByte();
                bitsLeft = Byte.SIZE;
            }
            number |= (long) (bits & 1) << i;
            bits >>= 1;
            bitsLeft--;
        }
        return number;
    }

    private Value plain(OpcUaDataType type) throws UaException {
        bitsLeft = 0;
        Object raw =
                switch (type) {
                    case Boolean -> plain.decodeBoolean();
                    case SByte -> plain.decodeSByte();
                    case Byte -> plain.decodeByte();
                    case Int16 -> plain.decodeInt16();
                    case UInt16 -> plain.decodeUInt16();
                    case Int32 -> plain.decodeInt32();
                    case UInt32 -> plain.decodeUInt32();
                    case Int64 -> plain.decodeInt64();
                    case UInt64 -> plain.decodeUInt64();
                    case Float -> plain.decodeFloat();
                    case Double -> plain.decodeDouble();
                    case String -> plain.decodeString();
                    case DateTime -> plain.decodeDateTime();
                    case Guid -> plain.decodeGuid();
                    case ByteString -> plain.decodeByteString();
                    case XmlElement -> plain.decodeXmlElement();
                    case NodeId -> plain.decodeNodeId();
                    case ExpandedNodeId -> plain.decodeExpandedNodeId();
                    case StatusCode -> plain.decodeStatusCode();
                    case QualifiedName -> plain.decodeQualifiedName();
                    case LocalizedText -> plain.decodeLocalizedText();
                    case ExtensionObject -> plain.decodeExtensionObject();
                    case DataValue -> plain.decodeDataValue();
                    case Variant -> plain.decodeVariant();
                    case DiagnosticInfo -> plain.decodeDiagnosticInfo();
                };
        return values.value(raw, Map.of());
    }

    private static UaException failed(String why) {
        return new UaException(StatusCodes.Bad_DecodingError, why);
    }
}
