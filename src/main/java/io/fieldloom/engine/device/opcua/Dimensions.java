package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.ArrayText;
import java.lang.reflect.Array;
import java.util.List;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/**
 * Whether a value is single, an array ({@code [1, 2]}) or a matrix ({@code [[1, 2], [3, 4]]}).
 * Pure.
 *
 * @param count 0 of a single value, 1 of an array
 * @param most how many elements each dimension takes at most, 0 where that is open; empty where the
 *     device does not say (OPC UA Part 3, 5.6.2)
 */
record Dimensions(int count, List<Long> most) {
    Dimensions {
        most = most.size() == count ? List.copyOf(most) : List.of();
    }

    /** The value of that text; what does not fit is malformed. */
    Value parse(String text, Function<String, Value> element) {
        Value value = nested(text, count, element);
        lengths(value);
        return value;
    }

    private static Value nested(String text, int depth, Function<String, Value> element) {
        return depth == 0
                ? element.apply(text)
                : new Value.Array(
                        ArrayText.elements(text).stream()
                                .map(part -> nested(part, depth - 1, element))
                                .toList());
    }

    /** What travels. */
    Variant variant(Value value, OpcUaDataType type, Function<Value, Variant> element) {
        if (count == 0) {
            return element.apply(value);
        }
        int[] lengths = lengths(value);
        int all = 1;
        for (int length : lengths) {
            all *= length;
        }
        Object flat = Array.newInstance(type.getBackingClass(), all);
        fill(flat, 0, value, element);
        return count == 1 ? new Variant(flat) : Variant.ofMatrix(new Matrix(flat, lengths, type));
    }

    private static int fill(Object flat, int from, Value value, Function<Value, Variant> element) {
        if (!(value instanceof Value.Array array)) {
            Array.set(flat, from, element.apply(value).value());
            return from + 1;
        }
        int at = from;
        for (Value part : array.elements()) {
            at = fill(flat, at, part, element);
        }
        return at;
    }

    /** The lengths of all dimensions, which must be as announced and in every row the same. */
    private int[] lengths(Value value) {
        int[] lengths = new int[count];
        List<Value> level = List.of(value);
        for (int depth = 0; depth < count; depth++) {
            int length = -1;
            for (Value one : level) {
                if (!(one instanceof Value.Array array)) {
                    throw new MalformedException(
                            count == 1
                                    ? "it takes an array, such as [1, 2, 3]"
                                    : "it takes a matrix, such as [[1, 2], [3, 4]]");
                }
                if (length >= 0 && array.elements().size() != length) {
                    throw new MalformedException("the rows of a matrix are of one length");
                }
                length = array.elements().size();
            }
            lengths[depth] = Math.max(0, length);
            if (!most.isEmpty() && most.get(depth) > 0 && lengths[depth] > most.get(depth)) {
                throw new MalformedException(
                        lengths[depth]
                                + " elements are too many: the server takes at most "
                                + most.get(depth));
            }
            level = level.stream().flatMap(one -> ((Value.Array) one).elements().stream()).toList();
        }
        return lengths;
    }
}
