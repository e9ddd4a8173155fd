package io.fieldloom.ui.kit.code;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lays payloads out for reading: JSON with one field a line, text as it is, anything else as bytes.
 * Pure.
 */
public final class PayloadText {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNumberLength(10_000).build())
                    .build();
    private static final int MOST_SHOWN = 64_000;
    private static final int HEX_LINE = 16;

    private PayloadText() {}

    /** What a payload is. */
    public enum Kind {
        JSON("JSON"),
        TEXT("Text"),
        BINARY("Binary"),
        EMPTY("Empty");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * A payload laid out.
     *
     * @param kind what it is
     * @param runs its text
     */
    public record Layout(Kind kind, List<Run> runs) {
        /** The text without colours. */
        public String text() {
            StringBuilder out = new StringBuilder();
            runs.forEach(run -> out.append(run.text()));
            return out.toString();
        }
    }

    /** Lays a payload out. */
    public static Layout of(byte[] payload) {
        if (payload.length == 0) {
            return new Layout(Kind.EMPTY, List.of(new Run("(empty)", Run.Ink.DIM)));
        }
        Optional<String> text = text(payload);
        if (text.isEmpty()) {
            return new Layout(Kind.BINARY, List.of(new Run(hex(payload), Run.Ink.PLAIN)));
        }
        if (payload.length <= MOST_SHOWN) {
            Optional<List<Run>> json = json(text.get());
            if (json.isPresent()) {
                return new Layout(Kind.JSON, json.get());
            }
        }
        return new Layout(Kind.TEXT, List.of(new Run(shortened(text.get()), Run.Ink.PLAIN)));
    }

    private static String shortened(String text) {
        return text.length() <= MOST_SHOWN
                ? text
                : text.substring(0, MOST_SHOWN)
                        + "\n… "
                        + (text.length() - MOST_SHOWN)
                        + " more characters";
    }

    private static Optional<List<Run>> json(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return Optional.empty();
            }
            JsonLayout layout = new JsonLayout(parser);
            layout.value(first, 0);
            if (parser.nextToken() != null) {
                return Optional.empty();
            }
            return Optional.of(layout.runs());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The text of a payload, if it is one: UTF-8 without control characters but line ends and tabs.
     */
    public static Optional<String> text(byte[] payload) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        boolean readable =
                text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t');
        return readable ? Optional.of(text) : Optional.empty();
    }

    private static String hex(byte[] payload) {
        StringBuilder out = new StringBuilder();
        int shown = Math.min(payload.length, MOST_SHOWN / 8);
        HexFormat form = HexFormat.ofDelimiter(" ");
        for (int from = 0; from < shown; from += HEX_LINE) {
            int to = Math.min(shown, from + HEX_LINE);
            out.append(String.format("%06x  %-48s ", from, form.formatHex(payload, from, to)));
            for (int at = from; at < to; at++) {
                boolean printable = payload[at] >= ' ' && payload[at] < 127;
                out.append(printable ? (char) payload[at] : '.');
            }
            out.append('\n');
        }
        if (shown < payload.length) {
            out.append("… ").append(payload.length - shown).append(" more bytes\n");
        }
        return out.toString();
    }

    /**
     * The numbers in a payload by the way to them: {@code value}, {@code motor.speed}; the empty
     * way for a bare one.
     */
    public static Map<String, Double> numbers(byte[] payload) {
        return JsonFields.numbers(payload);
    }
}
