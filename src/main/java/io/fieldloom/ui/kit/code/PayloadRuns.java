package io.fieldloom.ui.kit.code;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.fieldloom.engine.payload.DecodedPayload.Encoding;
import io.fieldloom.engine.payload.PayloadDecoder;
import io.fieldloom.engine.payload.PayloadText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Colours a payload as {@link PayloadText} lays it out, a JSON one with a field a line. Pure. */
public final class PayloadRuns {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNumberLength(10_000).build())
                    .build();

    private PayloadRuns() {}

    public static List<Run> of(byte[] payload) {
        Encoding encoding = PayloadDecoder.decode(payload).encoding();
        return switch (encoding) {
            case EMPTY -> List.of(new Run("(empty)", Run.Ink.DIM));
            case JSON -> json(payload);
            case TEXT, BINARY -> List.of(new Run(PayloadText.pretty(payload), Run.Ink.PLAIN));
        };
    }

    private static List<Run> json(byte[] payload) {
        try (JsonParser parser = JSON.createParser(payload)) {
            JsonLayout layout = new JsonLayout(parser);
            layout.value(parser.nextToken(), 0);
            return layout.runs();
        } catch (IOException e) {
            throw new UncheckedIOException("the decoder said that it is JSON", e);
        }
    }
}
