package io.fieldloom.engine.device.opcua;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumValueType;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;

/**
 * Writes values in OPC UA's XML encoding (Part 6, 5.3): scalars, arrays of them, and the structures
 * that properties of the standard have.
 */
final class NodeSetValues {
    private static final String TYPES = "http://opcfoundation.org/UA/2008/02/Types.xsd";

    private static final Map<Class<?>, String> SIMPLE =
            Map.ofEntries(
                    Map.entry(Boolean.class, "Boolean"),
                    Map.entry(Byte.class, "SByte"),
                    Map.entry(UByte.class, "Byte"),
                    Map.entry(Short.class, "Int16"),
                    Map.entry(UShort.class, "UInt16"),
                    Map.entry(Integer.class, "Int32"),
                    Map.entry(UInteger.class, "UInt32"),
                    Map.entry(Long.class, "Int64"),
                    Map.entry(ULong.class, "UInt64"),
                    Map.entry(Float.class, "Float"),
                    Map.entry(Double.class, "Double"),
                    Map.entry(String.class, "String"),
                    Map.entry(DateTime.class, "DateTime"),
                    Map.entry(UUID.class, "Guid"),
                    Map.entry(ByteString.class, "ByteString"),
                    Map.entry(NodeId.class, "NodeId"),
                    Map.entry(LocalizedText.class, "LocalizedText"),
                    Map.entry(QualifiedName.class, "QualifiedName"));

    /** The NodeIds of the XML encodings of these structures (Part 6, Annex A). */
    private static final Map<Class<?>, String> STRUCTURES =
            Map.of(
                    Argument.class, "i=297",
                    Range.class, "i=885",
                    EUInformation.class, "i=888",
                    EnumValueType.class, "i=7616");

    private final XMLStreamWriter xml;
    private final NodeSetIndices indices;

    NodeSetValues(XMLStreamWriter xml, NodeSetIndices indices) {
        this.xml = xml;
        this.indices = indices;
    }

    static boolean canWrite(Object value) {
        if (value instanceof Object[] array) {
            return array.length > 0
                    && Arrays.stream(array).allMatch(Objects::nonNull)
                    && Stream.of(array).map(Object::getClass).distinct().count() == 1
                    && canWrite(array[0]);
        }
        return value != null
                && (SIMPLE.containsKey(value.getClass())
                        || STRUCTURES.containsKey(value.getClass()));
    }

    void write(Object value) throws XMLStreamException {
        if (!(value instanceof Object[] array)) {
            one(value, true);
            return;
        }
        String simple = SIMPLE.get(array[0].getClass());
        begin("ListOf" + (simple == null ? "ExtensionObject" : simple), true);
        for (Object each : array) {
            one(each, false);
        }
        xml.writeEndElement();
    }

    private void one(Object value, boolean isOutermost) throws XMLStreamException {
        String simple = SIMPLE.get(value.getClass());
        if (simple != null) {
            begin(simple, isOutermost);
            content(value);
            xml.writeEndElement();
            return;
        }
        begin("ExtensionObject", isOutermost);
        begin("TypeId", false);
        element("Identifier", STRUCTURES.get(value.getClass()));
        xml.writeEndElement();
        begin("Body", false);
        structure(value);
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void content(Object value) throws XMLStreamException {
        if (value instanceof LocalizedText text) {
            localized(text);
        } else if (value instanceof QualifiedName name) {
            element("NamespaceIndex", Integer.toString(indices.of(name)));
            element("Name", Objects.requireNonNullElse(name.name(), ""));
        } else if (value instanceof NodeId node) {
            element("Identifier", indices.text(node));
        } else if (value instanceof UUID guid) {
            element("String", guid.toString());
        } else if (value instanceof ByteString bytes) {
            xml.writeCharacters(Base64.getEncoder().encodeToString(bytes.bytesOrEmpty()));
        } else if (value instanceof DateTime time) {
            xml.writeCharacters(Ticks.instant(time).toString());
        } else if (value instanceof Double number && number.isInfinite()) {
            xml.writeCharacters(number > 0 ? "INF" : "-INF");
        } else {
            xml.writeCharacters(value.toString());
        }
    }

    private void structure(Object value) throws XMLStreamException {
        begin(value.getClass().getSimpleName(), false);
        if (value instanceof Argument argument) {
            element("Name", Objects.requireNonNullElse(argument.getName(), ""));
            begin("DataType", false);
            element("Identifier", indices.text(argument.getDataType()));
            xml.writeEndElement();
            element("ValueRank", argument.getValueRank().toString());
            begin("ArrayDimensions", false);
            if (argument.getArrayDimensions() != null) {
                for (UInteger size : argument.getArrayDimensions()) {
                    element("UInt32", size.toString());
                }
            }
            xml.writeEndElement();
            text("Description", argument.getDescription());
        } else if (value instanceof Range range) {
            element("Low", range.getLow().toString());
            element("High", range.getHigh().toString());
        } else if (value instanceof EUInformation unit) {
            element("NamespaceUri", Objects.requireNonNullElse(unit.getNamespaceUri(), ""));
            element("UnitId", unit.getUnitId().toString());
            text("DisplayName", unit.getDisplayName());
            text("Description", unit.getDescription());
        } else if (value instanceof EnumValueType each) {
            element("Value", each.getValue().toString());
            text("DisplayName", each.getDisplayName());
            text("Description", each.getDescription());
        }
        xml.writeEndElement();
    }

    private void text(String name, LocalizedText text) throws XMLStreamException {
        begin(name, false);
        localized(text);
        xml.writeEndElement();
    }

    private void localized(LocalizedText text) throws XMLStreamException {
        if (text != null && text.locale() != null) {
            element("Locale", text.locale());
        }
        if (text != null && text.text() != null) {
            element("Text", text.text());
        }
    }

    private void element(String name, String text) throws XMLStreamException {
        begin(name, false);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    /** The outermost element names the encoding's namespace for all within. */
    private void begin(String name, boolean isOutermost) throws XMLStreamException {
        xml.writeStartElement(name);
        if (isOutermost) {
            xml.writeDefaultNamespace(TYPES);
        }
    }
}
