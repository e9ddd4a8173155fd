package io.fieldloom.engine.payload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Lays a payload out for reading: JSON indented, text as it is, bytes as a hex dump. Pure. */
public final class PayloadText {
    private static final int HEX_BYTES_A_LINE = 16;

    /** The most bytes of a hex dump; nobody reads more. */
    private static final int HEX_BYTES = 4_096;

    private PayloadText() {}

    public static String pretty(byte[] payload) {
        return String.join("\n", lines(payload));
    }

    static List<String> lines(byte[] payload) {
        DecodedPayload decoded = PayloadDecoder.decode(payload);
        return switch (decoded.encoding()) {
            case EMPTY -> List.of();
            case BINARY -> hex(payload);
            case TEXT -> List.of(decoded.value().textValue().split("\\R", -1));
            case JSON -> {
                List<String> lines = new ArrayList<>();
                for (PayloadDiff.Line line : PayloadDiff.json(null, decoded.value())) {
                    lines.add(line.text());
                }
                yield lines;
            }
        };
    }

    private static List<String> hex(byte[] payload) {
        List<String> lines = new ArrayList<>();
        HexFormat pairs = HexFormat.ofDelimiter(" ");
        int end = Math.min(payload.length, HEX_BYTES);
        for (int from = 0; from < end; from += HEX_BYTES_A_LINE) {
            int to = Math.min(from + HEX_BYTES_A_LINE, end);
            StringBuilder readable = new StringBuilder();
            for (int at = from; at < to; at++) {
                readable.append(
                        payload[at] >= 0x20 && payload[at] < 0x7f ? (char) payload[at] : '.');
            }
            lines.add(
                    String.format(
                            "%06x  %-47s  %s", from, pairs.formatHex(payload, from, to), readable));
        }
        if (end < payload.length) {
            lines.add("… " + (payload.length - end) + " more bytes");
        }
        return lines;
    }

    /** A value on one line, at most that long. */
    static String compact(JsonNode value, int longest) {
        String text = value.toString();
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
