package io.fieldloom.app.cli;

import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.payload.PayloadEncoder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values as the wire has them: a state is its number, whose name is told beside it. */
final class WireValue {
    private WireValue() {}

    static Value of(Value value) {
        if (value instanceof Value.Enumerated state) {
            return Value.of(state.number());
        }
        if (value instanceof Value.Array array) {
            return new Value.Array(array.elements().stream().map(WireValue::of).toList());
        }
        if (value instanceof Value.Structure structure) {
            Map<String, Value> fields = new LinkedHashMap<>();
            structure.fields().forEach((name, field) -> fields.put(name, of(field)));
            return new Value.Structure(structure.type(), fields);
        }
        return value;
    }

    /** For a person: {@code 2 (Running)}, and {@code -} where there is no value. */
    static String text(Value value) {
        if (value instanceof Value.None) {
            return "-";
        }
        String text = PayloadEncoder.text(of(value));
        return value instanceof Value.Enumerated state ? text + " (" + state.name() + ")" : text;
    }
}
