package io.fieldloom.ui.frames;

import io.fieldloom.engine.device.FrameLog.Direction;
import io.fieldloom.engine.device.FrameLog.Frame;
import io.fieldloom.ui.kit.Presentation;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One frame as it is shown.
 *
 * @param number counts up within a recording
 */
record FrameLine(long number, Frame frame) {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    String id() {
        return Long.toString(number);
    }

    boolean isSent() {
        return frame.direction() == Direction.SENT;
    }

    String direction() {
        return isSent() ? "→" : "←";
    }

    String bytes() {
        return HEX.formatHex(frame.bytes());
    }

    /** Milliseconds from the question to this answer; empty for a question. */
    String roundTrip() {
        Duration took = frame.roundTrip();
        return took == null ? "" : String.format(Locale.ROOT, "%.1f ms", took.toNanos() / 1e6);
    }

    /** As a line of text, for a report. */
    String text() {
        return Presentation.clock(frame.time())
                + "\t"
                + (isSent() ? "sent" : "received")
                + "\t"
                + roundTrip()
                + "\t"
                + frame.meaning()
                + "\t"
                + bytes();
    }
}
