package io.fieldloom.engine.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fieldloom.engine.payload.DecodedPayload.Encoding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Recognises what a payload is: JSON when the whole of it is one valid document, else text, else
 * binary. Numbers keep all their digits. Pure functions.
 */
public final class PayloadDecoder {
    private static final ObjectReader DOCUMENT =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build()
                    .readerFor(JsonNode.class);

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private PayloadDecoder() {}

    public static DecodedPayload decode(byte[] payload) {
        if (payload.length == 0) {
            return new DecodedPayload(Encoding.EMPTY, NullNode.getInstance());
        }
        Optional<String> text = text(payload);
        if (text.isEmpty()) {
            return new DecodedPayload(
                    Encoding.BINARY, TextNode.valueOf(Base64.getEncoder().encodeToString(payload)));
        }
        return json(text.get())
                .map(document -> new DecodedPayload(Encoding.JSON, document))
                .orElseGet(() -> new DecodedPayload(Encoding.TEXT, TextNode.valueOf(text.get())));
    }

    /** The number that a chart shows: the payload itself, or its field {@code value}. */
    public static OptionalDouble number(byte[] payload) {
        DecodedPayload decoded = decode(payload);
        JsonNode value = decoded.value();
        if (decoded.encoding() == Encoding.JSON) {
            JsonNode found = value.isObject() ? value.path("value") : value;
            return found.isNumber()
                    ? OptionalDouble.of(found.doubleValue())
                    : OptionalDouble.empty();
        }
        if (decoded.encoding() == Encoding.TEXT) {
            String text = value.textValue().strip();
            return NUMBER.matcher(text).matches()
                    ? OptionalDouble.of(Double.parseDouble(text))
                    : OptionalDouble.empty();
        }
        return OptionalDouble.empty();
    }

    /**
     * The payload's text, or empty when it is none. Its encoding is UTF-8 and never guessed: two
     * binary bytes would make a fine UTF-16 document otherwise.
     */
    public static Optional<String> text(byte[] payload) {
        String text;
        try {
            text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(payload))
                            .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty(); // that is the answer
        }
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                return Optional.empty();
            }
        }
        return Optional.of(text);
    }

    private static Optional<JsonNode> json(String text) {
        if (!mayBeJson(text)) {
            return Optional.empty();
        }
        try {
            JsonNode document = DOCUMENT.readValue(text);
            return document == null || document.isMissingNode()
                    ? Optional.empty()
                    : Optional.of(document);
        } catch (JsonProcessingException e) {
            return Optional.empty(); // that is the answer
        }
    }

    /** Spares most texts the cost of an exception. */
    private static boolean mayBeJson(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c >= '0' && c <= '9' || "{[\"-tfn".indexOf(c) >= 0;
            }
        }
        return false;
    }
}
