package io.fieldloom.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayTextTest {
    @Test
    void takesTheElementsApart() {
        assertThat(ArrayText.elements(" [1, -2.5 ,3] ")).containsExactly("1", "-2.5", "3");
        assertThat(ArrayText.elements("[]")).isEmpty();
        assertThat(ArrayText.elements("[\"a, b\", c, \"say \\\"x\\\"\"]"))
                .containsExactly("a, b", "c", "say \"x\"");
        assertThat(ArrayText.elements("[a,]")).containsExactly("a", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1, 2", "[", "[1", "[\"a]", "[\"a\" b, c]", "[\"a\\\"]"})
    void saysWhatIsNoArray(String text) {
        assertThatThrownBy(() -> ArrayText.elements(text)).isInstanceOf(MalformedException.class);
    }
}
