package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/** Text to a value of a built-in type, and such a value to what travels. */
final class TypedText {
    private static final Map<OpcUaDataType, String[]> RANGES =
            Map.of(
                    OpcUaDataType.SByte, new String[] {"-128", "127"},
                    OpcUaDataType.Byte, new String[] {"0", "255"},
                    OpcUaDataType.Int16, new String[] {"-32768", "32767"},
                    OpcUaDataType.UInt16, new String[] {"0", "65535"},
                    OpcUaDataType.Int32, new String[] {"-2147483648", "2147483647"},
                    OpcUaDataType.UInt32, new String[] {"0", "4294967295"},
                    OpcUaDataType.Int64,
                            new String[] {"-9223372036854775808", "9223372036854775807"},
                    OpcUaDataType.UInt64, new String[] {"0", "18446744073709551615"});

    private final Addresses addresses;

    TypedText(Addresses addresses) {
        this.addresses = addresses;
    }

    /** A value of that type; what does not fit is malformed. */
    Value parse(String text, OpcUaDataType type, Map<Long, String> names) {
        try {
            return switch (type) {
                case Boolean -> Value.of(bool(text, names));
                case SByte, Byte, Int16, UInt16, Int32, UInt32, Int64, UInt64 ->
                        integer(text, type, names);
                case Float -> Value.of(finiteFloat(text));
                case Double -> Value.of(finiteDouble(text));
                case String, LocalizedText, XmlElement -> Value.of(text);
                case DateTime -> new Value.Time(date(text));
                case Guid -> Value.of(UUID.fromString(text).toString());
                case ByteString -> new Value.Bytes(Base64.getDecoder().decode(text));
                case NodeId, ExpandedNodeId -> Value.of(addresses.text(node(text)));
                case QualifiedName -> Value.of(addresses.text(addresses.name(text)));
                case ExtensionObject ->
                        throw new MalformedException(
                                "a structure cannot be written, only its parts where it has nodes for them");
                default ->
                        throw new MalformedException(
                                "a value of type " + type + " cannot be written as text");
            };
        } catch (MalformedException e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new MalformedException(
                    "'"
                            + text
                            + "' is not a value of type "
                            + type
                            + (names.isEmpty() ? "" : ": it takes " + listed(names)));
        }
    }

    private NodeId node(String text) {
        return addresses
                .node(text)
                .orElseThrow(
                        () ->
                                new MalformedException(
                                        "the server does not have the namespace of '"
                                                + text
                                                + "'"));
    }

    private static String listed(Map<Long, String> names) {
        return names.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(name -> name.getValue() + " (" + name.getKey() + ")")
                .collect(Collectors.joining(", "));
    }

    private static boolean bool(String text, Map<Long, String> names) {
        for (Map.Entry<Long, String> name : names.entrySet()) {
            if (name.getValue().equals(text)) {
                return name.getKey() != 0;
            }
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "on" -> true;
            case "false", "0", "off" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** As it will be read back: cut to 100 ns, and to the last moment that OPC UA knows. */
    private static Instant date(String text) {
        Instant date = ValueDecoder.time(Ticks.of(Instant.parse(text)));
        if (date == null) {
            throw new MalformedException(
                    "'" + text + "' is out of range: OPC UA's dates begin in 1601");
        }
        return date;
    }

    private static float finiteFloat(String text) {
        float number = Float.parseFloat(text);
        if (Float.isInfinite(number) && !text.contains("Infinity")) {
            throw new MalformedException("'" + text + "' is out of range: Float ends at 3.4E38");
        }
        return number;
    }

    private static double finiteDouble(String text) {
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number) && !text.contains("Infinity")) {
            throw new MalformedException("'" + text + "' is out of range: Double ends at 1.8E308");
        }
        return number;
    }

    private static Value integer(String text, OpcUaDataType type, Map<Long, String> names) {
        for (Map.Entry<Long, String> name : names.entrySet()) {
            if (name.getValue().equals(text)) {
                return new Value.Enumerated(name.getKey(), text);
            }
        }
        BigInteger number = new BigDecimal(text).toBigIntegerExact();
        String[] range = RANGES.get(type);
        if (number.compareTo(new BigInteger(range[0])) < 0
                || number.compareTo(new BigInteger(range[1])) > 0) {
            throw new MalformedException(
                    "'"
                            + text
                            + "' is out of range: "
                            + type
                            + " takes "
                            + range[0]
                            + " to "
                            + range[1]);
        }
        String name = number.bitLength() < Long.SIZE ? names.get(number.longValue()) : null;
        return name == null ? Value.of(number) : new Value.Enumerated(number.longValue(), name);
    }

    /** The value in exactly that type; a value that does not fit is malformed. */
    Variant variant(Value value, OpcUaDataType type) {
        if (value instanceof Value.Bool bool && type == OpcUaDataType.Boolean) {
            return Variant.ofBoolean(bool.value());
        }
        if (value instanceof Value.Text text) {
            return switch (type) {
                case String -> Variant.ofString(text.value());
                case LocalizedText -> Variant.ofLocalizedText(new LocalizedText(text.value()));
                case Guid -> Variant.ofGuid(UUID.fromString(text.value()));
                case NodeId -> Variant.ofNodeId(node(text.value()));
                case ExpandedNodeId -> Variant.ofExpandedNodeId(node(text.value()).expanded());
                case XmlElement -> Variant.ofXmlElement(new XmlElement(text.value()));
                case QualifiedName -> Variant.ofQualifiedName(addresses.name(text.value()));
                default -> throw misfit(value, type);
            };
        }
        if (value instanceof Value.Bytes bytes && type == OpcUaDataType.ByteString) {
            return Variant.ofByteString(ByteString.of(bytes.value()));
        }
        if (value instanceof Value.Time time && type == OpcUaDataType.DateTime) {
            return Variant.ofDateTime(Ticks.of(time.value()));
        }
        return number(value, type);
    }

    private static Variant number(Value value, OpcUaDataType type) {
        if (value instanceof Value.Numeric floating && type == OpcUaDataType.Double) {
            return Variant.ofDouble(floating.asDouble());
        }
        if (value instanceof Value.Numeric floating && type == OpcUaDataType.Float) {
            return Variant.ofFloat((float) floating.asDouble());
        }
        BigInteger number = whole(value, type);
        return switch (type) {
            case SByte -> Variant.ofSByte(number.byteValueExact());
            case Byte -> Variant.ofByte(UByte.valueOf(number.intValueExact()));
            case Int16 -> Variant.ofInt16(number.shortValueExact());
            case UInt16 -> Variant.ofUInt16(UShort.valueOf(number.intValueExact()));
            case Int32 -> Variant.ofInt32(number.intValueExact());
            case UInt32 -> Variant.ofUInt32(UInteger.valueOf(number.longValueExact()));
            case Int64 -> Variant.ofInt64(number.longValueExact());
            case UInt64 -> Variant.ofUInt64(ULong.valueOf(number));
            default -> throw misfit(value, type);
        };
    }

    private static BigInteger whole(Value value, OpcUaDataType type) {
        if (value instanceof Value.Enumerated enumerated) {
            return BigInteger.valueOf(enumerated.number());
        }
        if (value instanceof Value.Numeric number && number.isFinite()) {
            return number.decimal().toBigIntegerExact();
        }
        throw misfit(value, type);
    }

    private static MalformedException misfit(Value value, OpcUaDataType type) {
        return new MalformedException(
                "a " + value.getClass().getSimpleName() + " is not a value of type " + type);
    }
}
