package io.fieldloom.ui.kit.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PayloadRunsTest {
    @Test
    void jsonHasOneFieldALine() {
        assertThat(text("{\"value\":72.41,\"unit\":\"°C\"}"))
                .isEqualTo("{\n  \"value\": 72.41,\n  \"unit\": \"°C\"\n}");
    }

    // A double would show 12345678901234567000 and hide that the sender is right.
    @Test
    void numbersKeepTheirDigits() {
        assertThat(text("[12345678901234567890,1.50,-0.0]"))
                .isEqualTo("[12345678901234567890, 1.50, -0.0]");
    }

    @Test
    void whatIsNotJsonIsTextOrBytes() {
        assertThat(text("on")).isEqualTo("on");
        assertThat(text("{\"a\":1} x")).isEqualTo("{\"a\":1} x");
        assertThat(text("")).isEqualTo("(empty)");
        assertThat(text(new byte[] {0, 1, 'A', (byte) 0xff}))
                .startsWith("000000  00 01 41 ff")
                .contains("..A.");
    }

    @Test
    void numbersAreFoundByTheirWay() {
        assertThat(
                        JsonFields.numbers(
                                bytes("{\"value\":1.5,\"motor\":{\"on\":true,\"name\":\"x\"}}")))
                .containsEntry("value", 1.5)
                .containsEntry("motor.on", 1.0)
                .hasSize(2);
        assertThat(JsonFields.numbers(bytes("42"))).containsEntry("", 42.0);
    }

    private static String text(String payload) {
        return text(bytes(payload));
    }

    private static String text(byte[] payload) {
        return PayloadRuns.of(payload).stream().map(Run::text).collect(Collectors.joining());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
