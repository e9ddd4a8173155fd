package io.fieldloom.app.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.payload.PayloadEncoder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * Writes documents to standard output, one a line. What is not whole is not written: a document
 * that fails on the way leaves no trace. Not thread-safe.
 */
final class JsonOutput {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    // Shortest text that reads back, on every Java version.
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build();

    private final Shell shell;

    JsonOutput(Shell shell) {
        this.shell = shell;
    }

    /** Makes one document. */
    interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** One object on a line of its own, handed to the reader at once. */
    void object(Body fields) {
        buffered(fields);
        flush();
    }

    /** One object on a line of its own; the reader gets it with the next {@link #flush}. */
    void buffered(Body fields) {
        document(
                json -> {
                    json.writeStartObject();
                    fields.writeTo(json);
                    json.writeEndObject();
                });
    }

    /** One document on a line of its own. */
    void document(Body body) {
        ByteArrayBuilder line = new ByteArrayBuilder();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            body.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line.append('\n');
        byte[] bytes = line.toByteArray();
        line.release();
        shell.out().write(bytes, 0, bytes.length);
    }

    /** Hands over what was written; a reader that went away ends the command. */
    void flush() {
        PrintStream out = shell.out();
        if (out.checkError()) {
            shell.stop().request();
        }
    }

    static void value(JsonGenerator json, String name, Value value) throws IOException {
        json.writeFieldName(name);
        PayloadEncoder.write(json, WireValue.of(value));
    }
}
