package io.fieldloom.engine.payload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    // A layout that rounds a number would publish another value than was typed.
    @Test
    void layingOutKeepsEveryNumberAsTyped() {
        String text = "{\"a\":18446744073709551615,\"b\":[0.10,1e3,-0.0],\"c\":{},\"a\":null}";

        String pretty = JsonText.pretty(text).orElseThrow();

        assertThat(pretty.replaceAll("\\s", "")).isEqualTo(text);
        assertThat(pretty.lines()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "[1,]", "{\"a\":}", "{}{}", "1 2", "nul", "{'a':1}"})
    void whatIsNotOneValueHasAFlaw(String text) {
        assertThat(JsonText.flaw(text)).isPresent();
        assertThat(JsonText.pretty(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"a\"", "null", " {\"a\": [1, {}]} ", "[[], []]"})
    void oneValueHasNone(String text) {
        assertThat(JsonText.flaw(text)).isEmpty();
    }

    @Test
    void aFlawIsPointedAt() {
        assertThat(JsonText.flaw("{\n  \"a\": }").orElseThrow())
                .extracting(JsonText.Flaw::line, JsonText.Flaw::column)
                .containsExactly(2, 8);
    }
}
