package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.AccessLevelExType;
import org.eclipse.milo.opcua.stack.core.types.structured.AccessLevelType;
import org.eclipse.milo.opcua.stack.core.types.structured.AccessRestrictionType;
import org.eclipse.milo.opcua.stack.core.types.structured.AttributeWriteMask;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumField;
import org.eclipse.milo.opcua.stack.core.types.structured.EventNotifierType;
import org.eclipse.milo.opcua.stack.core.types.structured.RolePermissionType;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureField;

/** The attributes of nodes in words: masks by their bits' names, ranks and types written out. */
final class AttributeWords {
    private final Addresses addresses;
    private final Map<NodeId, String> names;

    /**
     * @param names the BrowseNames of the nodes that attributes speak of: data types, roles
     */
    AttributeWords(Addresses addresses, Map<NodeId, String> names) {
        this.addresses = addresses;
        this.names = names;
    }

    /** Structures inside of it are decoded already. */
    Value of(AttributeId attribute, Object raw) {
        if (raw == null) {
            return Value.NONE;
        }
        if (raw instanceof Boolean bool) {
            return Value.of(bool.booleanValue());
        }
        return Value.of(text(attribute, raw));
    }

    private String text(AttributeId attribute, Object raw) {
        if (raw instanceof QualifiedName name) {
            return name.namespaceIndex().intValue() + ":" + name.name();
        }
        if (raw instanceof LocalizedText text) {
            return localized(text);
        }
        if (raw instanceof NodeId node) {
            return attribute == AttributeId.DataType ? named(node) : addresses.text(node);
        }
        if (raw instanceof UByte bits) {
            return attribute == AttributeId.EventNotifier
                    ? bits(new EventNotifierType(bits).toSet(), bits)
                    : bits(new AccessLevelType(bits).toSet(), bits);
        }
        if (raw instanceof UShort bits) {
            return bits(new AccessRestrictionType(bits).toSet(), bits);
        }
        if (raw instanceof UInteger bits) {
            return attribute == AttributeId.AccessLevelEx
                    ? bits(new AccessLevelExType(bits).toSet(), bits)
                    : bits(new AttributeWriteMask(bits).toSet(), bits);
        }
        if (raw instanceof UInteger[] dimensions) {
            return dimensions(dimensions);
        }
        if (raw instanceof Integer number) {
            return number(attribute, number);
        }
        if (raw instanceof Double interval) {
            return samplingInterval(interval);
        }
        return structured(raw);
    }

    private String structured(Object raw) {
        if (raw instanceof EnumDefinition definition) {
            return enumeration(definition);
        }
        if (raw instanceof StructureDefinition definition) {
            return structure(definition);
        }
        if (raw instanceof Object[] permissions) {
            return Arrays.stream(permissions)
                    .map(
                            one ->
                                    one instanceof RolePermissionType permission
                                            ? permission(permission)
                                            : String.valueOf(one))
                    .collect(Collectors.joining("; "));
        }
        return raw.toString();
    }

    static String localized(LocalizedText text) {
        String words = Objects.requireNonNullElse(text.text(), "");
        boolean hasLocale = text.locale() != null && !text.locale().isEmpty();
        return hasLocale && !words.isEmpty() ? words + " (" + text.locale() + ")" : words;
    }

    /** {@code Double (i=11)}. */
    private String named(NodeId node) {
        String name = names.get(node);
        return name == null ? addresses.text(node) : name + " (" + addresses.text(node) + ")";
    }

    private String shortName(NodeId node) {
        return Objects.requireNonNullElseGet(names.get(node), () -> addresses.text(node));
    }

    /** {@code CurrentRead, CurrentWrite (3)}; bits that have no name are in the number. */
    private static <E extends Enum<E>> String bits(Collection<E> set, Number number) {
        return set.isEmpty()
                ? number.toString()
                : set.stream().sorted().map(Enum::name).collect(Collectors.joining(", "))
                        + " ("
                        + number
                        + ")";
    }

    private static String dimensions(UInteger[] dimensions) {
        return Arrays.stream(dimensions)
                .map(length -> length.longValue() == 0 ? "any" : length.toString())
                .collect(Collectors.joining(" × "));
    }

    private static String number(AttributeId attribute, int number) {
        if (attribute == AttributeId.NodeClass) {
            NodeClass known = NodeClass.from(number);
            return known == null ? String.valueOf(number) : known.name() + " (" + number + ")";
        }
        return attribute == AttributeId.ValueRank
                ? rank(number) + " (" + number + ")"
                : String.valueOf(number);
    }

    /** OPC UA Part 3, 5.6.2. */
    static String rank(int rank) {
        return switch (rank) {
            case -3 -> "scalar or one dimension";
            case -2 -> "any";
            case -1 -> "scalar";
            case 0 -> "one or more dimensions";
            case 1 -> "one dimension";
            default -> rank + " dimensions";
        };
    }

    private static String samplingInterval(double millis) {
        if (millis < 0) {
            return "not known (-1)";
        }
        return millis == 0
                ? "on every change (0)"
                : Value.of(millis) instanceof Value.Numeric exact
                        ? exact.decimal().stripTrailingZeros().toPlainString() + " ms"
                        : millis + " ms";
    }

    private static String enumeration(EnumDefinition definition) {
        EnumField[] fields = definition.getFields();
        return fields == null
                ? ""
                : Arrays.stream(fields)
                        .map(field -> field.getValue() + " " + field.getName())
                        .collect(Collectors.joining(", "));
    }

    private String structure(StructureDefinition definition) {
        List<String> parts = new ArrayList<>();
        StructureField[] fields = definition.getFields();
        for (StructureField field : fields == null ? new StructureField[0] : fields) {
            int rank = field.getValueRank() == null ? -1 : field.getValueRank();
            parts.add(
                    field.getName()
                            + (Boolean.TRUE.equals(field.getIsOptional()) ? "?: " : ": ")
                            + shortName(field.getDataType())
                            + "[]".repeat(Math.max(0, rank)));
        }
        return (definition.getStructureType() == null
                        ? "Structure"
                        : definition.getStructureType().name())
                + parts.stream().collect(Collectors.joining(", ", " {", "}"));
    }

    private String permission(RolePermissionType permission) {
        UInteger bits = permission.getPermissions().getValue();
        return shortName(permission.getRoleId())
                + ": "
                + bits(permission.getPermissions().toSet(), bits);
    }
}
