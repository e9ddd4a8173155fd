package io.fieldloom.engine.device.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicksTest {
    // Fractions before 1970 were read one second late.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1601-01-01T00:00:00.000000100Z",
                "1899-12-31T23:59:59.999Z",
                "1969-12-31T23:59:59.999999900Z",
                "1970-01-01T00:00:00Z",
                "2026-07-01T12:00:00.123456700Z",
                "9999-12-31T23:59:58.999Z"
            })
    void everyDateComesBack(String text) {
        Instant instant = Instant.parse(text);

        assertThat(ValueDecoder.time(Ticks.of(instant))).isEqualTo(instant);
        assertThat(ValueDecoder.time(new DateTime(instant))).isEqualTo(instant);
    }

    @Test
    void noEndIsTheLastMomentOfOpcUaAndTravelsAsTheGreatestNumber() {
        assertThat(ValueDecoder.time(new DateTime(Long.MAX_VALUE))).isEqualTo(Ticks.LAST);
        assertThat(Ticks.of(Instant.parse("9999-12-31T23:59:59.999Z")).utcTime())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(ValueDecoder.time(Ticks.of(Instant.parse("1500-01-01T00:00:00Z")))).isNull();
    }
}
