package io.fieldloom.engine.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.fieldloom.domain.mapping.PayloadFormat;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Writes samples as payloads, byte for byte as the contract spells them. Thread-safe. */
public final class PayloadEncoder {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    // Shortest text that reads back, on every Java version.
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build();
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private PayloadEncoder() {}

    /**
     * The payload of a sample; empty where the format has none for it (a bad sample as {@code
     * plain}).
     */
    public static Optional<byte[]> encode(PayloadFormat format, Sample sample, String unit) {
        if (format == PayloadFormat.JSON) {
            return Optional.of(json(sample, unit));
        }
        return sample.status().isBad() || sample.value() instanceof Value.None
                ? Optional.empty()
                : Optional.of(plain(sample.value()).getBytes(StandardCharsets.UTF_8));
    }

    /** {@code {"value":72.41,"quality":"good","timestamp":"...","unit":"°C"}}. */
    public static byte[] json(Sample sample, String unit) {
        return written(
                json -> {
                    json.writeStartObject();
                    json.writeFieldName("value");
                    write(json, sample.value());
                    json.writeStringField("quality", sample.status().quality().word());
                    json.writeStringField("timestamp", time(sample.time()));
                    if (unit != null) {
                        json.writeStringField("unit", unit);
                    }
                    json.writeEndObject();
                });
    }

    /** The value alone, as in JSON but a string without its quotes. */
    public static String plain(Value value) {
        if (value instanceof Value.Text text) {
            return text.value();
        }
        if (value instanceof Value.Enumerated state) {
            return state.name();
        }
        String json = text(value);
        boolean quoted = json.charAt(0) == '"';
        return quoted ? json.substring(1, json.length() - 1) : json;
    }

    /** The value as JSON text. */
    public static String text(Value value) {
        return new String(written(json -> write(json, value)), StandardCharsets.UTF_8);
    }

    /** A time in UTC with milliseconds, as every output spells it. */
    public static String time(Instant instant) {
        return MILLIS.format(instant.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Writes a value where the generator stands. */
    public static void write(JsonGenerator json, Value value) throws IOException {
        if (value instanceof Value.Int whole) {
            json.writeNumber(whole.value());
        } else if (value instanceof Value.Float64 real) {
            real(json, real.value());
        } else if (value instanceof Value.Float32 real) {
            single(json, real.value());
        } else if (value instanceof Value.Decimal exact) {
            json.writeNumber(digits(exact.value()));
        } else if (value instanceof Value.Big big) {
            json.writeNumber(big.value());
        } else if (value instanceof Value.Bool bool) {
            json.writeBoolean(bool.value());
        } else if (value instanceof Value.Text text) {
            json.writeString(text.value());
        } else if (value instanceof Value.Enumerated state) {
            json.writeString(state.name());
        } else if (value instanceof Value.Bytes bytes) {
            json.writeString(Base64.getEncoder().encodeToString(bytes.value()));
        } else if (value instanceof Value.Time time) {
            json.writeString(time(time.value()));
        } else if (value instanceof Value.Array array) {
            json.writeStartArray();
            for (Value element : array.elements()) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Value.Structure structure) {
            json.writeStartObject();
            for (Map.Entry<String, Value> field : structure.fields().entrySet()) {
                json.writeFieldName(field.getKey());
                write(json, field.getValue());
            }
            json.writeEndObject();
        } else {
            json.writeNull();
        }
    }

    private static void real(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    private static void single(JsonGenerator json, float value) throws IOException {
        if (Float.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Float.toString(value));
        }
    }

    /** Plain digits while they stay readable; 1E+300 would be three hundred of them. */
    private static String digits(BigDecimal value) {
        boolean readable = Math.abs(value.scale()) < 20 && value.precision() < 40;
        return readable ? value.toPlainString() : value.toString();
    }

    private static byte[] written(Body body) {
        ByteArrayBuilder out = new ByteArrayBuilder();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            body.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = out.toByteArray();
        out.release();
        return bytes;
    }

    private interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }
}
