package io.fieldloom.engine.device.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.value.Value;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.junit.jupiter.api.Test;

class DimensionsTest {
    private final TypedText typed = new TypedText(new Addresses(List.of()));

    private Value parsed(Dimensions dimensions, String text) {
        return dimensions.parse(text, part -> typed.parse(part, OpcUaDataType.Int32, Map.of()));
    }

    private Object raw(Dimensions dimensions, String text) {
        return dimensions
                .variant(
                        parsed(dimensions, text),
                        OpcUaDataType.Int32,
                        value -> typed.variant(value, OpcUaDataType.Int32))
                .value();
    }

    @Test
    void aMatrixTravelsRowByRow() {
        Dimensions matrix = new Dimensions(2, List.of(2L, 0L));

        Matrix raw = (Matrix) raw(matrix, "[[1, 2, 3], [4, 5, 6]]");

        assertThat(raw.getDimensions()).containsExactly(2, 3);
        assertThat((Integer[]) raw.getElements()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(raw.getDataType()).contains(OpcUaDataType.Int32);
    }

    // The server announces what it takes; too much of it was sent without a word.
    @Test
    void whatDoesNotFitIsNotSent() {
        Dimensions three = new Dimensions(1, List.of(3L));
        assertThat((Integer[]) raw(three, "[1, 2]")).containsExactly(1, 2);
        assertThatThrownBy(() -> parsed(three, "[1, 2, 3, 4]"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("at most 3");
        Dimensions matrix = new Dimensions(2, List.of());
        assertThatThrownBy(() -> parsed(matrix, "[[1, 2], [3]]"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("one length");
        assertThatThrownBy(() -> parsed(matrix, "[1, 2]")).isInstanceOf(MalformedException.class);
    }
}
