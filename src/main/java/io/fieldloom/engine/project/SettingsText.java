package io.fieldloom.engine.project;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@link Settings} as JSON. Token by token: the window waits for them, and Jackson's object mapper
 * takes a fifth of a second before it has read the first one.
 */
final class SettingsText {
    private static final JsonFactory JSON = new JsonFactory();

    private SettingsText() {}

    /**
     * Unknown keys are skipped: another release may have written them.
     *
     * @throws JsonParseException when it is no JSON, or a key has a value of another kind
     */
    static Settings read(byte[] text) throws IOException {
        String theme = null;
        String lastProject = null;
        List<String> recentProjects = null;
        Map<String, List<Double>> sizes = null;
        boolean welcomed = false;
        try (JsonParser in = JSON.createParser(text)) {
            expect(in, in.nextToken(), JsonToken.START_OBJECT);
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String key = in.currentName();
                JsonToken token = in.nextToken();
                switch (key) {
                    case "theme" -> theme = text(in);
                    case "lastProject" -> lastProject = text(in);
                    case "recentProjects" -> recentProjects = texts(in);
                    case "sizes" -> sizes = sizes(in);
                    case "welcomed" -> welcomed = token == JsonToken.VALUE_TRUE;
                    default -> in.skipChildren();
                }
            }
        }
        return new Settings(theme, lastProject, recentProjects, sizes, welcomed);
    }

    private static void expect(JsonParser in, JsonToken found, JsonToken wanted)
            throws JsonParseException {
        if (found != wanted) {
            throw new JsonParseException(in, "found " + found + " instead of " + wanted);
        }
    }

    private static String text(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(in, in.currentToken(), JsonToken.VALUE_STRING);
        return in.getText();
    }

    private static List<String> texts(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(in, in.currentToken(), JsonToken.START_ARRAY);
        List<String> texts = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            texts.add(text(in));
        }
        return texts;
    }

    private static Map<String, List<Double>> sizes(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(in, in.currentToken(), JsonToken.START_OBJECT);
        Map<String, List<Double>> sizes = new TreeMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            List<Double> values = new ArrayList<>();
            expect(in, in.nextToken(), JsonToken.START_ARRAY);
            while (in.nextToken() != JsonToken.END_ARRAY) {
                values.add(in.currentToken() == JsonToken.VALUE_NULL ? null : in.getDoubleValue());
            }
            sizes.put(name, values);
        }
        return sizes;
    }

    static byte[] write(Settings settings) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            out.writeStartObject();
            out.writeStringField("theme", settings.theme());
            if (settings.lastProject() != null) {
                out.writeStringField("lastProject", settings.lastProject());
            }
            out.writeArrayFieldStart("recentProjects");
            for (String project : settings.recentProjects()) {
                out.writeString(project);
            }
            out.writeEndArray();
            out.writeObjectFieldStart("sizes");
            for (Map.Entry<String, List<Double>> each :
                    new TreeMap<>(settings.sizes()).entrySet()) {
                out.writeArrayFieldStart(each.getKey());
                for (double value : each.getValue()) {
                    out.writeNumber(value);
                }
                out.writeEndArray();
            }
            out.writeEndObject();
            out.writeBooleanField("welcomed", settings.welcomed());
            out.writeEndObject();
        }
        return text.toByteArray();
    }
}
