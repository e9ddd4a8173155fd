package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.engine.device.opcua.DictionaryType.Condition;
import io.fieldloom.engine.device.opcua.DictionaryType.Field;
import io.fieldloom.engine.device.opcua.DictionaryType.Name;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The types of one namespace in the words of OPC Binary, which servers had before they had the
 * DataTypeDefinition attribute (OPC UA Part 5, "OPC Binary Type Description System").
 *
 * @param types by their local names
 */
record TypeDictionary(String namespace, Map<String, DictionaryType> types) {
    /** The namespace of OPC Binary's own words and plain types. */
    static final String SCHEMA = "http://opcfoundation.org/BinarySchema/";

    private static final int ENUMERATION_BITS = 32;

    TypeDictionary {
        types = Map.copyOf(types);
    }

    /**
     * Throws a {@link MalformedException} for what is no dictionary, or one of big-endian types.
     */
    static TypeDictionary parse(byte[] xml) {
        Element root;
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            // a device's text may reach neither files nor the network
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // throws, and does not print
            root =
                    builder.parse(new ByteArrayInputStream(xml, 0, textLength(xml)))
                            .getDocumentElement();
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new MalformedException("It is no XML: " + e.getMessage());
        }
        if (!SCHEMA.equals(root.getNamespaceURI())
                || !root.getLocalName().equals("TypeDictionary")) {
            throw new MalformedException("It is no TypeDictionary but " + root.getNodeName());
        }
        demandLittleEndian(root, "DefaultByteOrder");
        Map<String, DictionaryType> types = new HashMap<>();
        for (Element type : children(root)) {
            String name = type.getAttribute("Name");
            switch (type.getLocalName()) {
                case "StructuredType" -> types.put(name, structure(name, type));
                case "EnumeratedType" -> types.put(name, enumeration(type));
                case "OpaqueType" ->
                        types.put(name, new DictionaryType.Opaque(number(type, "LengthInBits", 0)));
                default -> {} // documentation and imports say nothing of types
            }
        }
        return new TypeDictionary(root.getAttribute("TargetNamespace"), types);
    }

    /** Some controllers end the text with a zero byte, as C does. */
    private static int textLength(byte[] xml) {
        int length = xml.length;
        while (length > 0 && xml[length - 1] == 0) {
            length--;
        }
        return length;
    }

    private static void demandLittleEndian(Element element, String attribute) {
        if (element.getAttribute(attribute).equals("BigEndian")) {
            throw new MalformedException("OPC UA has no BigEndian types");
        }
    }

    private static DictionaryType structure(String name, Element type) {
        demandLittleEndian(type, "ByteOrder");
        List<Field> fields = new ArrayList<>();
        for (Element field : children(type)) {
            if (field.getLocalName().equals("Field")) {
                fields.add(
                        new Field(
                                field.getAttribute("Name"),
                                typeName(field),
                                number(field, "Length", 0),
                                text(field, "LengthField"),
                                condition(field)));
            }
        }
        return new DictionaryType.Structure(name, fields);
    }

    private static Name typeName(Element field) {
        String qualified = field.getAttribute("TypeName");
        int colon = qualified.indexOf(':');
        String prefix = colon < 0 ? null : qualified.substring(0, colon);
        String namespace = field.lookupNamespaceURI(prefix);
        if (namespace == null) {
            throw new MalformedException(
                    "The type " + qualified + " is of a namespace that is not declared");
        }
        return new Name(namespace, qualified.substring(colon + 1));
    }

    private static Condition condition(Element field) {
        String other = text(field, "SwitchField");
        if (other == null) {
            return null;
        }
        String operand = text(field, "SwitchOperand");
        return text(field, "SwitchValue") == null
                ? new Condition(other, null, 0)
                : new Condition(
                        other,
                        operand == null ? "Equals" : operand,
                        number(field, "SwitchValue", 0));
    }

    private static DictionaryType enumeration(Element type) {
        Map<Long, String> names = new HashMap<>();
        for (Element value : children(type)) {
            if (value.getLocalName().equals("EnumeratedValue")) {
                names.put((long) number(value, "Value", 0), value.getAttribute("Name"));
            }
        }
        return new DictionaryType.Enumeration(
                number(type, "LengthInBits", ENUMERATION_BITS), names);
    }

    private static int number(Element element, String attribute, int absent) {
        String text = text(element, attribute);
        try {
            return text == null ? absent : Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new MalformedException(attribute + " is no number but " + text);
        }
    }

    private static String text(Element element, String attribute) {
        return element.hasAttribute(attribute) ? element.getAttribute(attribute) : null;
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && SCHEMA.equals(element.getNamespaceURI())) {
                children.add(element);
            }
        }
        return children;
    }
}
