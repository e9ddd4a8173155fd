package io.fieldloom.engine.device.opcua;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/** One argument of a method, from text to what travels; an array is written as in JSON. */
final class ArgumentText {
    private static final JsonFactory JSON = new JsonFactory();

    private final TypedText typed;

    ArgumentText(Addresses addresses) {
        typed = new TypedText(addresses);
    }

    /**
     * @param rank dimensions as OPC UA counts them; what may be either is an array where the text
     *     is one
     */
    Value parse(String text, DataTypeInfo type, int rank) {
        OpcUaDataType builtin = type.builtin();
        if (builtin == null) {
            throw new MalformedException("its type is open, so no text says what to send");
        }
        if (rank > 1) {
            return new Dimensions(rank, List.of())
                    .parse(text, part -> typed.parse(part, builtin, type.names()));
        }
        boolean either = rank == -2 || rank == -3;
        if (rank < 0 && !(either && text.strip().startsWith("["))) {
            return typed.parse(text, builtin, type.names());
        }
        List<Value> elements = new ArrayList<>();
        for (String element : elements(text)) {
            elements.add(typed.parse(element, builtin, type.names()));
        }
        return new Value.Array(elements);
    }

    private static List<String> elements(String text) {
        List<String> elements = new ArrayList<>();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw noArray(text, null);
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() == null || json.currentToken().isStructStart()) {
                    throw noArray(text, null);
                }
                elements.add(json.getText());
            }
            if (json.nextToken() != null) {
                throw noArray(text, null);
            }
        } catch (IOException e) {
            throw noArray(text, e);
        }
        return elements;
    }

    private static MalformedException noArray(String text, IOException cause) {
        MalformedException refused =
                new MalformedException("'" + text + "' is not an array such as [1, 2, 3]");
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }

    /** The value in exactly that type; a value that does not fit is malformed. */
    Variant variant(Value value, OpcUaDataType type) {
        if (!(value instanceof Value.Array array)) {
            return typed.variant(value, type);
        }
        int depth = 0;
        for (Value level = array; level instanceof Value.Array inner; depth++) {
            level = inner.elements().isEmpty() ? Value.NONE : inner.elements().get(0);
        }
        return new Dimensions(depth, List.of())
                .variant(array, type, element -> typed.variant(element, type));
    }
}
