package io.fieldloom.ui.kit.code;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The scalars of a JSON text by the way to them: {@code motor.speed}, {@code samples.0}. Pure. */
public final class JsonFields {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST = 5_000;

    private JsonFields() {}

    static String way(String above, String name) {
        return above.isEmpty() ? name : above + "." + name;
    }

    /** A scalar as JSON writes it, numbers with the digits they came with. */
    static String scalar(JsonParser parser, JsonToken token) throws IOException {
        return token == JsonToken.VALUE_STRING ? quoted(parser.getText()) : parser.getText();
    }

    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** All scalars; none when the payload is not JSON. */
    static Map<String, String> of(byte[] payload) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(payload)) {
            walk(parser, parser.nextToken(), "", fields);
            return fields;
        } catch (IOException e) {
            return Map.of();
        }
    }

    private static void walk(
            JsonParser parser, JsonToken token, String way, Map<String, String> into)
            throws IOException {
        if (token == null || into.size() >= MOST) {
            return;
        }
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                walk(parser, parser.nextToken(), way(way, name), into);
            }
        } else if (token == JsonToken.START_ARRAY) {
            int at = 0;
            for (JsonToken next = parser.nextToken();
                    next != null && next != JsonToken.END_ARRAY;
                    next = parser.nextToken()) {
                walk(parser, next, way(way, Integer.toString(at++)), into);
            }
        } else {
            into.put(way, scalar(parser, token));
        }
    }

    /** The numbers among the scalars, true as 1 and false as 0. */
    public static Map<String, Double> numbers(byte[] payload) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        of(payload)
                .forEach(
                        (way, text) -> {
                            char first = text.charAt(0);
                            if (text.equals("true") || text.equals("false")) {
                                numbers.put(way, text.equals("true") ? 1.0 : 0.0);
                            } else if (first == '-' || first >= '0' && first <= '9') {
                                numbers.put(way, Double.valueOf(text));
                            }
                        });
        return numbers;
    }
}
