package io.fieldloom.engine.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.engine.payload.DecodedPayload.Encoding;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadDecoderTest {
    private static DecodedPayload decode(String text) {
        return PayloadDecoder.decode(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "72.41",
                "-0",
                "true",
                "null",
                "\"text\"",
                "{}",
                "[1,2]",
                " {\"a\": 1}\r\n",
                "18446744073709551615",
                "3.14159265358979323846264338327950288"
            })
    void aWholeJsonDocumentIsJson(String text) {
        assertThat(decode(text).encoding()).isEqualTo(Encoding.JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RUNNING",
                "007",
                "+5",
                "1,5",
                "NaN",
                "{\"a\":1} x",
                "{'a':1}",
                "tru",
                " ",
                "12:30",
                "{\"a\":",
                "nothing",
                "žluťoučký"
            })
    void anythingElseThatReadsIsText(String text) {
        DecodedPayload decoded = decode(text);
        assertThat(decoded.encoding()).isEqualTo(Encoding.TEXT);
        assertThat(decoded.value().textValue()).isEqualTo(text);
    }

    @Test
    void numbersKeepAllTheirDigits() {
        assertThat(decode("18446744073709551615").value().toString())
                .isEqualTo("18446744073709551615");
        assertThat(decode("{\"v\":3.14159265358979323846264338327950288}").value().toString())
                .isEqualTo("{\"v\":3.14159265358979323846264338327950288}");
        assertThat(decode("1.50").value().toString()).isEqualTo("1.50");
    }

    @Test
    void bytesAreBase64AndNothingIsNull() {
        DecodedPayload binary = PayloadDecoder.decode(new byte[] {(byte) 0xff, 0, 1});
        assertThat(binary.encoding()).isEqualTo(Encoding.BINARY);
        assertThat(binary.value().textValue()).isEqualTo("/wAB");
        // UTF-16 for '1', were the encoding guessed
        assertThat(PayloadDecoder.decode(new byte[] {0, '1'}).encoding())
                .isEqualTo(Encoding.BINARY);
        DecodedPayload empty = PayloadDecoder.decode(new byte[0]);
        assertThat(empty.encoding().word()).isEqualTo("empty");
        assertThat(empty.value().isNull()).isTrue();
    }

    @Test
    void noBytesWhateverMakeItFail() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = new byte[random.nextInt(12)];
            random.nextBytes(payload);
            if (i % 2 == 0) {
                String letters = "{}[]\",:0123eE.-truefalsn \n";
                for (int at = 0; at < payload.length; at++) {
                    payload[at] = (byte) letters.charAt(random.nextInt(letters.length()));
                }
            }
            assertThat(PayloadDecoder.decode(payload)).isNotNull();
            assertThat(PayloadDiff.of(payload, payload))
                    .allMatch(line -> line.change() == PayloadDiff.Change.SAME);
            PayloadDecoder.number(payload);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "72.41 | 72.41",
                "{\"value\":5,\"quality\":\"good\"} | 5",
                "+7 | 7",
                "007 | 7",
                "1e3 | 1000",
                "-.5 | -0.5"
            })
    void aChartFindsTheNumber(String payload, double expected) {
        assertThat(PayloadDecoder.number(payload.getBytes(UTF_8))).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "true", "{\"value\":\"x\"}", "[1]", "12:30", "0x10", "1 2", "NaN"})
    void whatIsNoNumberHasNone(String payload) {
        assertThat(PayloadDecoder.number(payload.getBytes(UTF_8))).isEmpty();
    }
}
