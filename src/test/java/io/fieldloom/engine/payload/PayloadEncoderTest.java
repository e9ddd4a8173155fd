package io.fieldloom.engine.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloom.domain.mapping.PayloadFormat;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadEncoderTest {
    private static final Instant SOURCE = Instant.parse("2026-01-01T00:00:00.123456Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:09Z");
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);

    private static String json(Sample sample, String unit) {
        return new String(PayloadEncoder.json(sample, unit), StandardCharsets.UTF_8);
    }

    @Test
    void thePayloadOfTheContract() {
        Sample sample = new Sample(Value.of(72.41), Status.GOOD, SOURCE, NOW, NOW);
        assertThat(json(sample, "°C"))
                .isEqualTo(
                        "{\"value\":72.41,\"quality\":\"good\","
                                + "\"timestamp\":\"2026-01-01T00:00:00.123Z\",\"unit\":\"°C\"}");
        assertThat(json(Sample.failed(Status.BAD_TIMEOUT, NOW), null))
                .isEqualTo(
                        "{\"value\":null,\"quality\":\"bad\","
                                + "\"timestamp\":\"2026-01-01T00:00:09.000Z\"}");
    }

    @Test
    void numbersThatJsonLacksAreStrings() {
        assertThat(PayloadEncoder.text(Value.of(Double.NaN))).isEqualTo("\"NaN\"");
        assertThat(PayloadEncoder.text(Value.of(Float.NEGATIVE_INFINITY)))
                .isEqualTo("\"-Infinity\"");
        assertThat(PayloadEncoder.plain(Value.of(Double.POSITIVE_INFINITY))).isEqualTo("Infinity");
    }

    @Test
    void integersAreExactTo64Bits() {
        assertThat(PayloadEncoder.text(Value.of(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
        assertThat(PayloadEncoder.text(Value.ofUnsigned(-1))).isEqualTo("18446744073709551615");
    }

    @Test
    void everyFloatReadsBackFromTheShortestText() {
        Random random = new Random(1);
        for (int round = 0; round < 100_000; round++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                String text = PayloadEncoder.text(Value.of(value));
                assertThat(Float.parseFloat(text)).isEqualTo(value);
                assertThat(new BigDecimal(text).stripTrailingZeros().precision())
                        .as(text)
                        .isLessThanOrEqualTo(9);
            }
        }
        assertThat(PayloadEncoder.text(Value.of(0.1f))).isEqualTo("0.1");
        assertThat(PayloadEncoder.text(Value.of(2.0e-3f))).isIn("0.002", "2.0E-3");
    }

    @ParameterizedTest
    @CsvSource({"841, 0.01, 0, 8.41", "3, 0.1, 0, 0.3", "100, 0.1, -273.15, -263.15"})
    void scaleAndOffsetAreDecimalArithmetic(
            long raw, BigDecimal scale, BigDecimal offset, String text) {
        TagSpec tag = new TagSpec("t", "holding:0", scale, offset, null, null, null, null);
        assertThat(PayloadEncoder.text(tag.own(Value.of(raw)))).isEqualTo(text);
    }

    @Test
    void arraysMatricesAndStructuresNest() throws Exception {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("x", Value.of(1.5));
        fields.put("state", new Value.Enumerated(2, "RUNNING"));
        fields.put("raw", new Value.Bytes(new byte[] {1, 2, 3}));
        Value matrix =
                new Value.Array(
                        List.of(
                                new Value.Array(List.of(Value.of(1), Value.of(2))),
                                new Value.Array(List.of(Value.of(3), Value.NONE))));
        fields.put("matrix", matrix);

        JsonNode read = JSON.readTree(PayloadEncoder.text(new Value.Structure("Point", fields)));

        assertThat(read)
                .isEqualTo(
                        JSON.readTree(
                                "{\"x\":1.5,\"state\":\"RUNNING\",\"raw\":\"AQID\","
                                        + "\"matrix\":[[1,2],[3,null]]}"));
    }

    @Test
    void plainIsTheValueAlone() {
        assertThat(PayloadEncoder.plain(Value.of("say \"hi\""))).isEqualTo("say \"hi\"");
        assertThat(PayloadEncoder.plain(new Value.Enumerated(1, "IDLE"))).isEqualTo("IDLE");
        assertThat(PayloadEncoder.plain(Value.of(true))).isEqualTo("true");
        assertThat(PayloadEncoder.encode(PayloadFormat.PLAIN, Sample.good(Value.of(5), NOW), "K"))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(new byte[] {'5'}));
        assertThat(
                        PayloadEncoder.encode(
                                PayloadFormat.PLAIN, Sample.failed(Status.BAD_TIMEOUT, NOW), null))
                .isEmpty();
    }
}
