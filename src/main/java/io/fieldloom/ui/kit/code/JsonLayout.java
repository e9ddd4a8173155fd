package io.fieldloom.ui.kit.code;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.fieldloom.ui.kit.code.Run.Ink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes parsed JSON with one field a line, numbers as they were written, and behind changed
 * scalars the old one.
 */
final class JsonLayout {
    private static final int SHORT_ARRAY = 12;

    private static final Pattern TIME = Pattern.compile("\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d");

    private final JsonParser parser;
    private final Map<String, String> before;
    private final Map<String, String> unseen;
    private final List<Run> runs = new ArrayList<>();

    JsonLayout(JsonParser parser, Map<String, String> before) {
        this.parser = parser;
        this.before = before;
        this.unseen = new HashMap<>(before);
    }

    /** What was written; fields that are gone stand at the end. */
    List<Run> runs() {
        List<String> gone =
                unseen.keySet().stream().filter(way -> !way.isEmpty()).sorted().toList();
        for (String way : gone) {
            add("\n− " + way + ": " + before.get(way), Ink.BEFORE);
        }
        return runs;
    }

    void value(JsonToken token, String way, int depth) throws IOException {
        switch (token) {
            case START_OBJECT -> object(way, depth);
            case START_ARRAY -> array(way, depth);
            default -> scalar(token, way);
        }
    }

    private void object(String way, int depth) throws IOException {
        add("{", Ink.PLAIN);
        boolean first = true;
        for (JsonToken token = parser.nextToken();
                token == JsonToken.FIELD_NAME;
                token = parser.nextToken()) {
            if (!first) {
                add(",", Ink.PLAIN);
            }
            first = false;
            String name = parser.currentName();
            add("\n" + "  ".repeat(depth + 1), Ink.PLAIN);
            add(quoted(name), Ink.KEY);
            add(": ", Ink.PLAIN);
            value(parser.nextToken(), JsonFields.way(way, name), depth + 1);
        }
        add(first ? "}" : "\n" + "  ".repeat(depth) + "}", Ink.PLAIN);
    }

    private void array(String way, int depth) throws IOException {
        add("[", Ink.PLAIN);
        int at = 0;
        boolean lines = false;
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            boolean nested = token.isStructStart();
            lines |= nested;
            if (at > 0) {
                add(nested || at % SHORT_ARRAY != 0 ? ", " : ",", Ink.PLAIN);
            }
            if (nested || at > 0 && at % SHORT_ARRAY == 0) {
                add("\n" + "  ".repeat(depth + 1), Ink.PLAIN);
            }
            value(token, JsonFields.way(way, Integer.toString(at)), depth + 1);
            at++;
        }
        add(lines ? "\n" + "  ".repeat(depth) + "]" : "]", Ink.PLAIN);
    }

    private void scalar(JsonToken token, String way) throws IOException {
        String text = JsonFields.scalar(parser, token);
        Ink ink =
                switch (token) {
                    case VALUE_STRING -> Ink.STRING;
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Ink.NUMBER;
                    default -> Ink.WORD;
                };
        add(text, ink);
        String old = before.get(way);
        unseen.remove(way);
        if (old != null && !old.equals(text) && !(isTime(old) && isTime(text))) {
            add("   ← " + old, Ink.BEFORE);
        }
    }

    /** A time differs in every message, which is no news. */
    private static boolean isTime(String text) {
        return TIME.matcher(text).lookingAt();
    }

    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private void add(String text, Ink ink) {
        int last = runs.size() - 1;
        if (last >= 0 && runs.get(last).ink() == ink) {
            runs.set(last, new Run(runs.get(last).text() + text, ink));
        } else {
            runs.add(new Run(text, ink));
        }
    }
}
