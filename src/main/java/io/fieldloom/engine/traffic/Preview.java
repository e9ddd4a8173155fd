package io.fieldloom.engine.traffic;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** A payload as one short line. */
final class Preview {
    private static final int LONGEST = 200;

    private Preview() {}

    /** Text up to its first {@value #LONGEST} characters; anything else by its size. */
    static String of(byte[] payload) {
        if (payload.length == 0) {
            return "";
        }
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(LONGEST);
        CoderResult result = decoder.decode(ByteBuffer.wrap(payload), text, true);
        text.flip();
        boolean isCut = result.isOverflow();
        if (result.isError()) {
            return binary(payload);
        }
        StringBuilder line = new StringBuilder(text.length());
        boolean gap = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                gap = true;
                continue;
            }
            if (Character.isISOControl(c)) {
                return binary(payload);
            }
            if (gap && line.length() > 0) {
                line.append(' ');
            }
            gap = false;
            line.append(c);
        }
        if (isCut) {
            line.setLength(Math.min(line.length(), LONGEST - 1));
            line.append('…');
        }
        return line.toString();
    }

    private static String binary(byte[] payload) {
        return payload.length + (payload.length == 1 ? " byte" : " bytes") + ", binary";
    }
}
