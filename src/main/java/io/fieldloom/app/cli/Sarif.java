package io.fieldloom.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show. */
final class Sarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private Sarif() {}

    static void write(JsonGenerator out, String file, List<FindingLine> findings)
            throws IOException {
        List<String> rules =
                findings.stream().map(each -> each.finding().rule()).distinct().sorted().toList();
        out.writeStartObject();
        out.writeStringField("$schema", SCHEMA);
        out.writeStringField("version", "2.1.0");
        out.writeArrayFieldStart("runs");
        out.writeStartObject();
        writeTool(out, rules);
        out.writeArrayFieldStart("results");
        for (FindingLine each : findings) {
            writeResult(out, file, rules, each);
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void writeTool(JsonGenerator out, List<String> rules) throws IOException {
        out.writeObjectFieldStart("tool");
        out.writeObjectFieldStart("driver");
        out.writeStringField("name", "Fieldloom");
        out.writeStringField("version", FieldloomCommand.version());
        out.writeArrayFieldStart("rules");
        for (String rule : rules) {
            out.writeStartObject();
            out.writeStringField("id", rule);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void writeResult(
            JsonGenerator out, String file, List<String> rules, FindingLine each)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("ruleId", each.finding().rule());
        out.writeNumberField("ruleIndex", rules.indexOf(each.finding().rule()));
        out.writeStringField("level", each.finding().severity().word());
        out.writeObjectFieldStart("message");
        out.writeStringField("text", each.finding().message() + ". " + each.finding().fix());
        out.writeEndObject();
        out.writeArrayFieldStart("locations");
        out.writeStartObject();
        out.writeObjectFieldStart("physicalLocation");
        out.writeObjectFieldStart("artifactLocation");
        out.writeStringField("uri", uri(file));
        out.writeEndObject();
        out.writeObjectFieldStart("region");
        out.writeNumberField("startLine", each.line());
        out.writeEndObject();
        out.writeEndObject();
        out.writeArrayFieldStart("logicalLocations");
        out.writeStartObject();
        out.writeStringField("fullyQualifiedName", each.finding().at());
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
    }

    private static String uri(String file) throws IOException {
        try {
            return new URI(null, null, file.replace('\\', '/'), null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IOException(file + " has no URI", e);
        }
    }
}
