package io.fieldloom.ui.kit.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PayloadTextTest {
    @Test
    void jsonHasOneFieldALine() {
        PayloadText.Layout layout = PayloadText.of(bytes("{\"value\":72.41,\"unit\":\"°C\"}"));

        assertThat(layout.kind()).isEqualTo(PayloadText.Kind.JSON);
        assertThat(layout.text()).isEqualTo("{\n  \"value\": 72.41,\n  \"unit\": \"°C\"\n}");
    }

    // A double would show 12345678901234567000 and hide that the sender is right.
    @Test
    void numbersKeepTheirDigits() {
        assertThat(PayloadText.of(bytes("[12345678901234567890,1.50,-0.0]")).text())
                .isEqualTo("[12345678901234567890, 1.50, -0.0]");
    }

    @Test
    void whatIsNotJsonIsTextOrBytes() {
        assertThat(PayloadText.of(bytes("on")).kind()).isEqualTo(PayloadText.Kind.TEXT);
        assertThat(PayloadText.of(bytes("{\"a\":1} x")).kind()).isEqualTo(PayloadText.Kind.TEXT);
        assertThat(PayloadText.of(new byte[0]).kind()).isEqualTo(PayloadText.Kind.EMPTY);

        PayloadText.Layout binary = PayloadText.of(new byte[] {0, 1, 'A', (byte) 0xff});
        assertThat(binary.kind()).isEqualTo(PayloadText.Kind.BINARY);
        assertThat(binary.text()).startsWith("000000  00 01 41 ff").contains("..A.");
    }

    @Test
    void numbersAreFoundByTheirWay() {
        assertThat(
                        PayloadText.numbers(
                                bytes("{\"value\":1.5,\"motor\":{\"on\":true,\"name\":\"x\"}}")))
                .containsEntry("value", 1.5)
                .containsEntry("motor.on", 1.0)
                .hasSize(2);
        assertThat(PayloadText.numbers(bytes("42"))).containsEntry("", 42.0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
