package io.fieldloom.engine.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** JSON as text that a person types: is it right, and can it be laid out. Numbers stay as typed. */
public final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_WORDS = 160;

    private JsonText() {}

    /**
     * Where a text stops being JSON.
     *
     * @param line from 1
     * @param column from 1
     * @param message what is wrong there
     */
    public record Flaw(int line, int column, String message) {}

    /** Whether somebody who typed this meant JSON: it begins as an object or an array does. */
    public static boolean isMeant(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    /** Why a text is not one JSON value; empty when it is. */
    public static Optional<Flaw> flaw(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            int depth = 0;
            int values = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                }
                boolean valueEnds = depth == 0 && token != JsonToken.FIELD_NAME;
                if (valueEnds && ++values > 1) {
                    JsonLocation at = parser.currentTokenLocation();
                    return Optional.of(
                            new Flaw(
                                    at.getLineNr(),
                                    at.getColumnNr(),
                                    "something follows the end of the value"));
                }
            }
            return values == 1
                    ? Optional.empty()
                    : Optional.of(new Flaw(1, 1, "there is no value"));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            return Optional.of(
                    new Flaw(
                            at == null ? 1 : at.getLineNr(),
                            at == null ? 1 : at.getColumnNr(),
                            words(e.getOriginalMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line of the parser's words; a quoted piece of a long text is cut. */
    private static String words(String said) {
        String line = said.lines().findFirst().orElse("not JSON");
        return line.length() > MOST_WORDS ? line.substring(0, MOST_WORDS) + "…" : line;
    }

    /** The same value over several lines, or empty where it is not JSON. */
    public static Optional<String> pretty(String text) {
        if (flaw(text).isPresent()) {
            return Optional.empty();
        }
        StringWriter out = new StringWriter();
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        try (JsonParser from = JSON.createParser(text);
                JsonGenerator to = JSON.createGenerator(out).setPrettyPrinter(printer)) {
            for (JsonToken token = from.nextToken(); token != null; token = from.nextToken()) {
                if (token.isNumeric()) {
                    to.writeNumber(from.getText());
                } else {
                    to.copyCurrentEvent(from);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(out.toString());
    }
}
