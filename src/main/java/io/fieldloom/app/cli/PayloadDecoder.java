package io.fieldloom.app.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a payload is, as {@code watch} tells it. */
final class PayloadDecoder {
    private static final JsonFactory JSON = new JsonFactory();

    private PayloadDecoder() {}

    public record Decoded(String encoding, String text) {
        public void writeTo(JsonGenerator out) throws IOException {
            switch (encoding) {
                case "json" -> {
                    try (JsonParser p = JSON.createParser(text)) {
                        p.nextToken();
                        out.copyCurrentStructureExact(p);
                    }
                }
                case "empty" -> out.writeNull();
                default -> out.writeString(text);
            }
        }
    }

    public static Decoded decode(byte[] payload) {
        if (payload.length == 0) {
            return new Decoded("empty", "");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException e) {
            return new Decoded("binary", Base64.getEncoder().encodeToString(payload));
        }
        try (JsonParser p = JSON.createParser(text)) {
            p.nextToken();
            p.skipChildren();
            return p.nextToken() == null ? new Decoded("json", text) : new Decoded("text", text);
        } catch (IOException e) {
            return new Decoded("text", text);
        }
    }
}
