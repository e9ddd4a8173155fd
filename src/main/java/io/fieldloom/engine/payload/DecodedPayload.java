package io.fieldloom.engine.payload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Objects;

/**
 * A payload as a person or a script reads it.
 *
 * @param encoding what it was recognised as
 * @param value the decoded document; a string of the text; a string of base64; or JSON null
 */
public record DecodedPayload(Encoding encoding, JsonNode value) {
    public DecodedPayload {
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(value, "value");
    }

    /** What bytes are recognised as. */
    public enum Encoding {
        /** One whole JSON document; a number alone is one. */
        JSON,
        /** UTF-8 without control characters. */
        TEXT,
        /** Anything else. */
        BINARY,
        /** No bytes. */
        EMPTY;

        /** The word of the command line's output. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
