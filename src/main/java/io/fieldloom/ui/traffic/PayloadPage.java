package io.fieldloom.ui.traffic;

import io.fieldloom.engine.payload.DecodedPayload.Encoding;
import io.fieldloom.engine.payload.PayloadDecoder;
import io.fieldloom.engine.payload.PayloadDiff;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One payload laid out for reading. Made on any thread; a large one takes its time.
 *
 * @param encoding what it is; of a cut one only whether it begins as text
 * @param lines what to show
 * @param shown how many bytes of it are shown
 * @param size how many bytes it has
 */
record PayloadPage(Encoding encoding, PayloadLines lines, int shown, int size) {
    static final PayloadPage NONE = new PayloadPage(Encoding.EMPTY, PayloadLines.NONE, 0, 0);

    /** More is not laid out unasked: nobody reads it, and it would be done ten times a second. */
    static final int MOST = 1_000_000;

    static final int FIRST_PART = 64 * 1024;

    /** How to lay it out. */
    record Wish(boolean whole, boolean base64) {
        static final Wish FIRST = new Wish(false, false);
    }

    /**
     * @param before the payload to compare with, or null
     */
    static PayloadPage of(byte[] now, byte[] before, Wish wish) {
        if (now.length > MOST && !wish.whole()) {
            return cut(now, wish);
        }
        Encoding encoding = PayloadDecoder.decode(now).encoding();
        if (encoding == Encoding.BINARY) {
            return binary(now, before, now.length, wish);
        }
        byte[] old = before != null && before.length > MOST && !wish.whole() ? null : before;
        DiffLines lines = new DiffLines(PayloadDiff.of(old, now), encoding == Encoding.JSON);
        return new PayloadPage(encoding, lines, now.length, now.length);
    }

    private static PayloadPage binary(byte[] now, byte[] before, int shown, Wish wish) {
        PayloadLines lines =
                wish.base64() ? new Base64Lines(now, shown) : new HexLines(now, before, shown);
        return new PayloadPage(Encoding.BINARY, lines, shown, now.length);
    }

    private static PayloadPage cut(byte[] now, Wish wish) {
        Optional<String> text = textOf(Arrays.copyOf(now, FIRST_PART));
        if (text.isEmpty()) {
            return binary(now, null, FIRST_PART, wish);
        }
        List<String> lines = List.of(text.get().replace("\t", "    ").split("\\R", -1));
        return new PayloadPage(Encoding.TEXT, new PlainLines(lines), FIRST_PART, now.length);
    }

    /** The text that bytes begin with; the last character may be cut through. */
    static Optional<String> textOf(byte[] bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        boolean malformed =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes), text, false)
                        .isError();
        text.flip();
        boolean readable =
                text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t');
        return malformed || !readable ? Optional.empty() : Optional.of(text.toString());
    }

    boolean isCut() {
        return shown < size;
    }
}
