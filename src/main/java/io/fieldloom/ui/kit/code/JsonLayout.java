package io.fieldloom.ui.kit.code;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldloom.ui.kit.code.Run.Ink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes parsed JSON with one field a line, numbers as they were written. */
final class JsonLayout {
    private static final int SHORT_ARRAY = 12;

    private final JsonParser parser;
    private final List<Run> runs = new ArrayList<>();

    JsonLayout(JsonParser parser) {
        this.parser = parser;
    }

    List<Run> runs() {
        return runs;
    }

    void value(JsonToken token, int depth) throws IOException {
        switch (token) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            default -> scalar(token);
        }
    }

    private void object(int depth) throws IOException {
        add("{", Ink.PLAIN);
        boolean first = true;
        for (JsonToken token = parser.nextToken();
                token == JsonToken.FIELD_NAME;
                token = parser.nextToken()) {
            if (!first) {
                add(",", Ink.PLAIN);
            }
            first = false;
            add("\n" + "  ".repeat(depth + 1), Ink.PLAIN);
            add(JsonFields.quoted(parser.currentName()), Ink.KEY);
            add(": ", Ink.PLAIN);
            value(parser.nextToken(), depth + 1);
        }
        add(first ? "}" : "\n" + "  ".repeat(depth) + "}", Ink.PLAIN);
    }

    private void array(int depth) throws IOException {
        add("[", Ink.PLAIN);
        int at = 0;
        boolean lines = false;
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            boolean nested = token.isStructStart();
            lines |= nested;
            boolean breaks = nested || at > 0 && at % SHORT_ARRAY == 0;
            if (at > 0) {
                add(breaks ? "," : ", ", Ink.PLAIN);
            }
            if (breaks) {
                add("\n" + "  ".repeat(depth + 1), Ink.PLAIN);
            }
            value(token, depth + 1);
            at++;
        }
        add(lines ? "\n" + "  ".repeat(depth) + "]" : "]", Ink.PLAIN);
    }

    private void scalar(JsonToken token) throws IOException {
        Ink ink =
                switch (token) {
                    case VALUE_STRING -> Ink.STRING;
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Ink.NUMBER;
                    default -> Ink.WORD;
                };
        add(JsonFields.scalar(parser, token), ink);
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
