package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.value.Value;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.core.types.DynamicOptionSetType;
import org.eclipse.milo.opcua.sdk.core.types.DynamicStructType;
import org.eclipse.milo.opcua.sdk.core.types.DynamicUnionType;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Structures by the server's own definition of their type, else by its type dictionary. The types
 * of the standard namespace are classes of the stack; their fields are found by the names in the
 * definition that they carry.
 */
final class StructureDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(StructureDecoder.class);

    /** In the place of the type's name. */
    private static final String UNDECODED = "not decoded";

    private final OpcUaClient client;
    private final TypeDictionaries dictionaries;

    StructureDecoder(OpcUaClient client, TypeDictionaries dictionaries) {
        this.client = client;
        this.dictionaries = dictionaries;
    }

    /** What cannot be decoded becomes its type's id and its body, so that the rest is not lost. */
    Value decode(ExtensionObject object, ValueDecoder values) throws UaException {
        UaStructuredType structure;
        try {
            EncodingContext context = client.getDynamicEncodingContext();
            NodeId type = object.getEncodingOrTypeId();
            if (context.getDataTypeManager().getCodec(type) == null
                    && object.getBody() instanceof ByteString body) {
                Optional<DictionaryType.Name> described = dictionaries.typeOf(type);
                return described.isEmpty()
                        ? undecoded(object, values)
                        : new DictionaryDecoder(dictionaries, values, context, body.bytesOrEmpty())
                                .decode(described.get());
            }
            structure = object.decode(context);
        } catch (UaException | UaSerializationException | IllegalArgumentException e) {
            LOG.debug("A structure of type {} cannot be decoded", object.getEncodingOrTypeId(), e);
            return undecoded(object, values);
        }
        return structure(structure, values);
    }

    private static Value undecoded(ExtensionObject object, ValueDecoder values) throws UaException {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("typeId", values.value(object.getEncodingOrTypeId(), Map.of()));
        fields.put("body", values.value(object.getBody(), Map.of()));
        return new Value.Structure(UNDECODED, fields);
    }

    static boolean isUndecoded(Value value) {
        return value instanceof Value.Structure structure && structure.type().equals(UNDECODED);
    }

    Value structure(UaStructuredType structure, ValueDecoder values) throws UaException {
        Map<String, Value> fields = new LinkedHashMap<>();
        if (structure instanceof DynamicStructType struct) {
            for (Map.Entry<String, Object> member : struct.getMembers().entrySet()) {
                fields.put(member.getKey(), values.value(member.getValue(), Map.of()));
            }
            return new Value.Structure(struct.getDataType().getBrowseName().name(), fields);
        }
        if (structure instanceof DynamicUnionType union) {
            if (union.getValue().isPresent()) {
                DynamicUnionType.UnionValue member = union.getValue().get();
                fields.put(member.fieldName(), values.value(member.fieldValue(), Map.of()));
            }
            return new Value.Structure(union.getDataType().getBrowseName().name(), fields);
        }
        if (structure instanceof DynamicOptionSetType options) {
            fields.put("value", values.value(options.getValue(), Map.of()));
            fields.put("validBits", values.value(options.getValidBits(), Map.of()));
            return new Value.Structure(options.getDataType().getBrowseName().name(), fields);
        }
        return standard(structure, values);
    }

    private Value standard(UaStructuredType structure, ValueDecoder values) throws UaException {
        Class<?> type = structure.getClass();
        Map<String, Value> fields = new LinkedHashMap<>();
        try {
            StructureDefinition definition =
                    (StructureDefinition)
                            type.getMethod("definition", NamespaceTable.class)
                                    .invoke(null, client.getNamespaceTable());
            StructureField[] all = definition.getFields();
            for (StructureField field : all == null ? new StructureField[0] : all) {
                String name = field.getName();
                String getter = "get" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
                fields.put(name, values.value(type.getMethod(getter).invoke(structure), Map.of()));
            }
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new UaException(StatusCodes.Bad_DecodingError, e);
        }
        return new Value.Structure(type.getSimpleName(), fields);
    }
}
