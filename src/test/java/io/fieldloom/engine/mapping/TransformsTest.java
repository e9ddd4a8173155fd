package io.fieldloom.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.mapping.Transform.TransformException;
import io.fieldloom.engine.payload.PayloadEncoder;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformsTest {
    private final Transforms transforms = new Transforms();

    private Value apply(String expression, Value value) throws TransformException {
        return transforms.compile(expression).apply(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "value * 9 / 5 + | something is missing behind the '+' at its end",
                "round(value, 2  | a ')' is missing",
                "value) * 2      | there is a ')' without its '('",
                "if(value > 3, 1, 0) 7 | it cannot be read from '7' on",
                "value value     | it cannot be read from 'value' on",
            },
            quoteCharacter = '`')
    void whatCannotBeReadIsNamed(String expression, String words) {
        assertThat(transforms.fault(expression)).contains(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "value - 273.15         | 300  | 26.85",
                "value / 2              | 1    | 0.5",
                "7 / 2                  | 0    | 3.5",
                "round(value / 3, 2)    | 10   | 3.33",
                "round(2.5)             | 0    | 3",
                "abs(value)             | -4   | 4",
                "min(value, 3)          | 5    | 3",
                "max(value, 3)          | 5    | 5",
                "if(value > 3, 1, 0)    | 5    | 1",
                "if (value > 3, 1, 0)   | 2    | 0",
                "if(value == 5, if(value > 9, 1, 2), 3) | 5 | 2",
                "value > 3              | 5    | true",
                "value > 3 && value < 5 | 5    | false",
                "value > 3 ? 'a' : 'b'  | 5    | \"a\"",
                "(value & 4) != 0       | 5    | true",
                "value % 3              | 5    | 2"
            })
    void computes(String expression, long value, String json) throws TransformException {
        assertThat(PayloadEncoder.text(apply(expression, Value.of(value)))).isEqualTo(json);
    }

    @Test
    void aFloatIsTheDecimalThatAPersonReads() throws TransformException {
        assertThat(PayloadEncoder.text(apply("value * 1", Value.of(0.1f)))).isEqualTo("0.1");
    }

    @Test
    void bigIntegersStayExact() throws TransformException {
        Value most = Value.ofUnsigned(-1L);
        assertThat(PayloadEncoder.text(apply("value", most))).isEqualTo("18446744073709551615");
        assertThat(apply("value + 0", Value.of(Long.MAX_VALUE)))
                .isEqualTo(Value.of(Long.MAX_VALUE));
    }

    @Test
    void textAndStatesCanBeCompared() throws TransformException {
        Value running = new Value.Enumerated(2, "Running");
        assertThat(apply("value == 'Running'", running)).isEqualTo(Value.of(true));
        assertThat(apply("'if (' + value", Value.of("x"))).isEqualTo(Value.of("if (x"));
    }

    @Test
    void decimalsAreExact() throws TransformException {
        assertThat(apply("value * 3", new Value.Decimal(new BigDecimal("0.1"))))
                .isEqualTo(new Value.Decimal(new BigDecimal("0.3")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "value +",
                "valeu - 1",
                "new('java.io.File', 'x')",
                "value = 3",
                "while(true) {}",
                "for(x : [1,2]) {}",
                "var x = 1",
                "value.getClass()",
                "x -> x",
                "value; value",
                "''.class",
                "if(value > 1)",
                "#pragma x 1"
            })
    void whatIsNoPlainExpressionIsRefused(String expression) {
        assertThatThrownBy(() -> apply(expression, Value.of(1)))
                .isInstanceOf(TransformException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"value +", "valeu - 1", "while(true) {}", "value = 3"})
    void aFaultIsToldBeforeAnythingRuns(String expression) {
        assertThat(transforms.fault(expression)).isPresent();
    }

    @Test
    void divisionByZeroAndTextArithmeticAreFaultsInWords() {
        assertThatThrownBy(() -> apply("value / 0", Value.of(1)))
                .isInstanceOf(TransformException.class)
                .hasMessageContaining("zero");
        assertThatThrownBy(() -> apply("value * 2", Value.of("abc")))
                .isInstanceOf(TransformException.class)
                .message()
                .doesNotContain("io.fieldloom");
    }
}
