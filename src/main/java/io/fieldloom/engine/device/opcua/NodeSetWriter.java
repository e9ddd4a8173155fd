package io.fieldloom.engine.device.opcua;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.StructureType;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumField;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureField;

/** Writes nodes as a UANodeSet (OPC UA Part 6, Annex F). */
final class NodeSetWriter {
    private static final String NODE_SET = "http://opcfoundation.org/UA/2011/03/UANodeSet.xsd";
    private static final String STANDARD = "http://opcfoundation.org/UA/";

    private final Addresses addresses;
    private final List<SavedNode> nodes;
    private final NodeSetIndices indices = new NodeSetIndices();
    private final Set<NodeId> saved = new HashSet<>();
    private int withoutValue;
    private XMLStreamWriter xml;

    NodeSetWriter(Addresses addresses, List<SavedNode> all) {
        this.addresses = addresses;
        nodes = new ArrayList<>(all);
        // a reader that makes instances at once must have met their types
        nodes.sort(Comparator.comparingInt(NodeSetWriter::order));
        all.forEach(node -> saved.add(node.id()));
    }

    private static int order(SavedNode node) {
        return switch (node.nodeClass()) {
            case ReferenceType -> 0;
            case DataType -> 1;
            case VariableType -> 2;
            case ObjectType -> 3;
            default -> 4;
        };
    }

    /** How many values could not be written. */
    int withoutValue() {
        return withoutValue;
    }

    /** Writes all of it, or leaves what was there before. */
    void write(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            document(OutputStream.nullOutputStream()); // meets the namespaces, which come first
            try (OutputStream out = Files.newOutputStream(part)) {
                document(new BufferedOutputStream(out));
            }
            try {
                Files.move(
                        part,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (XMLStreamException e) {
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void document(OutputStream out) throws XMLStreamException {
        xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
        withoutValue = 0;
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("UANodeSet");
        xml.writeDefaultNamespace(NODE_SET);
        xml.writeAttribute("LastModified", now());
        newLine(1);
        xml.writeStartElement("NamespaceUris");
        for (String uri : indices.uris(addresses)) {
            element(2, "Uri", uri);
        }
        end(1);
        models();
        for (SavedNode node : nodes) {
            node(node);
        }
        end(0);
        xml.writeEndDocument();
        xml.flush();
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void models() throws XMLStreamException {
        newLine(1);
        xml.writeStartElement("Models");
        for (String uri : indices.uris(addresses)) {
            newLine(2);
            xml.writeStartElement("Model");
            xml.writeAttribute("ModelUri", uri);
            xml.writeAttribute("PublicationDate", now());
            newLine(3);
            xml.writeEmptyElement("RequiredModel");
            xml.writeAttribute("ModelUri", STANDARD);
            end(2);
        }
        end(1);
    }

    private void node(SavedNode node) throws XMLStreamException {
        newLine(1);
        xml.writeStartElement("UA" + node.nodeClass().name());
        xml.writeAttribute("NodeId", indices.text(node.id()));
        if (node.attributes().get(AttributeId.BrowseName) instanceof QualifiedName name) {
            xml.writeAttribute("BrowseName", indices.text(name));
        }
        attributes(node);
        localized("DisplayName", node.attributes().get(AttributeId.DisplayName));
        localized("Description", node.attributes().get(AttributeId.Description));
        references(node);
        if (node.nodeClass() == NodeClass.ReferenceType) {
            localized("InverseName", node.attributes().get(AttributeId.InverseName));
        }
        if (node.attributes().containsKey(AttributeId.Value)) {
            value(node.attributes().get(AttributeId.Value));
        }
        definition(node);
        end(1);
    }

    private void attributes(SavedNode node) throws XMLStreamException {
        flag(node, AttributeId.IsAbstract);
        flag(node, AttributeId.Symmetric);
        flag(node, AttributeId.Historizing);
        if (node.attributes().get(AttributeId.EventNotifier) instanceof UByte bits
                && bits.intValue() != 0) {
            xml.writeAttribute("EventNotifier", bits.toString());
        }
        if (node.attributes().get(AttributeId.DataType) instanceof NodeId type && !type.isNull()) {
            xml.writeAttribute("DataType", indices.text(type));
        }
        if (node.attributes().get(AttributeId.ValueRank) instanceof Integer rank && rank != -1) {
            xml.writeAttribute("ValueRank", rank.toString());
        }
        if (node.attributes().get(AttributeId.ArrayDimensions) instanceof UInteger[] sizes
                && sizes.length > 0) {
            xml.writeAttribute("ArrayDimensions", dimensions(sizes));
        }
        if (node.attributes().get(AttributeId.AccessLevel) instanceof UByte level
                && level.intValue() != 1) {
            xml.writeAttribute("AccessLevel", level.toString());
        }
        if (node.attributes().get(AttributeId.MinimumSamplingInterval) instanceof Double interval
                && interval > 0) {
            xml.writeAttribute("MinimumSamplingInterval", interval.toString());
        }
    }

    private static String dimensions(UInteger[] sizes) {
        return Arrays.stream(sizes).map(UInteger::toString).collect(Collectors.joining(","));
    }

    private void flag(SavedNode node, AttributeId attribute) throws XMLStreamException {
        if (Boolean.TRUE.equals(node.attributes().get(attribute))) {
            xml.writeAttribute(attribute.name(), "true");
        }
    }

    private void localized(String name, Object value) throws XMLStreamException {
        if (value instanceof LocalizedText text && text.text() != null && !text.text().isEmpty()) {
            newLine(2);
            xml.writeStartElement(name);
            if (text.locale() != null && !text.locale().isEmpty()) {
                xml.writeAttribute("Locale", text.locale());
            }
            xml.writeCharacters(text.text());
            xml.writeEndElement();
        }
    }

    private void references(SavedNode node) throws XMLStreamException {
        newLine(2);
        xml.writeStartElement("References");
        for (ReferenceDescription one : node.references()) {
            NodeId target = addresses.node(one.getNodeId()).orElse(NodeId.NULL_VALUE);
            if (!isKept(one, target)) {
                continue;
            }
            newLine(3);
            xml.writeStartElement("Reference");
            xml.writeAttribute("ReferenceType", indices.text(one.getReferenceTypeId()));
            if (!one.getIsForward()) {
                xml.writeAttribute("IsForward", "false");
            }
            xml.writeCharacters(indices.text(target));
            xml.writeEndElement();
        }
        end(2);
    }

    /** A reference to a node that is in no reader's address space would dangle. */
    private boolean isKept(ReferenceDescription one, NodeId target) {
        boolean isThere =
                saved.contains(target)
                        || target.isNotNull() && target.getNamespaceIndex().intValue() == 0;
        boolean isOfInstances =
                !one.getIsForward() && one.getReferenceTypeId().equals(NodeIds.HasTypeDefinition);
        return isThere && !isOfInstances;
    }

    private void value(Object value) throws XMLStreamException {
        if (NodeSetValues.canWrite(value)) {
            newLine(2);
            xml.writeStartElement("Value");
            new NodeSetValues(xml, indices).write(value);
            xml.writeEndElement();
        } else {
            withoutValue++;
        }
    }

    private void definition(SavedNode node) throws XMLStreamException {
        Object definition = node.attributes().get(AttributeId.DataTypeDefinition);
        if (definition instanceof StructureDefinition structure && structure.getFields() != null) {
            beginDefinition(node);
            if (isUnion(structure.getStructureType())) {
                xml.writeAttribute("IsUnion", "true");
            }
            for (StructureField field : structure.getFields()) {
                field(structure, field);
            }
            end(2);
        } else if (definition instanceof EnumDefinition enumeration
                && enumeration.getFields() != null) {
            beginDefinition(node);
            for (EnumField field : enumeration.getFields()) {
                newLine(3);
                xml.writeEmptyElement("Field");
                xml.writeAttribute("Name", Objects.requireNonNullElse(field.getName(), ""));
                xml.writeAttribute("Value", field.getValue().toString());
            }
            end(2);
        }
    }

    private void beginDefinition(SavedNode node) throws XMLStreamException {
        newLine(2);
        xml.writeStartElement("Definition");
        if (node.attributes().get(AttributeId.BrowseName) instanceof QualifiedName name) {
            xml.writeAttribute("Name", indices.text(name));
        }
    }

    private static boolean isUnion(StructureType type) {
        return type == StructureType.Union || type == StructureType.UnionWithSubtypedValues;
    }

    private void field(StructureDefinition structure, StructureField field)
            throws XMLStreamException {
        newLine(3);
        xml.writeEmptyElement("Field");
        xml.writeAttribute("Name", Objects.requireNonNullElse(field.getName(), ""));
        xml.writeAttribute("DataType", indices.text(field.getDataType()));
        if (field.getValueRank() != null && field.getValueRank() != -1) {
            xml.writeAttribute("ValueRank", field.getValueRank().toString());
        }
        boolean isOptional =
                structure.getStructureType() == StructureType.StructureWithOptionalFields
                        && Boolean.TRUE.equals(field.getIsOptional());
        if (isOptional) {
            xml.writeAttribute("IsOptional", "true");
        }
    }

    private void element(int depth, String name, String text) throws XMLStreamException {
        newLine(depth);
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void end(int depth) throws XMLStreamException {
        newLine(depth);
        xml.writeEndElement();
    }

    private void newLine(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }
}
