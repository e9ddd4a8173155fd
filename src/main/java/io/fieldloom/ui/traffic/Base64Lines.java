package io.fieldloom.ui.traffic;

import io.fieldloom.ui.kit.code.Run;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Bytes in base64, in lines that fit the column. */
record Base64Lines(byte[] bytes, int shown) implements PayloadLines {
    private static final int BYTES_A_LINE = 42;

    @Override
    public int count() {
        return (shown + BYTES_A_LINE - 1) / BYTES_A_LINE;
    }

    @Override
    public int length(int line) {
        return (Math.min(shown - line * BYTES_A_LINE, BYTES_A_LINE) + 2) / 3 * 4;
    }

    @Override
    public List<Run> runs(int line) {
        int from = line * BYTES_A_LINE;
        byte[] part = Arrays.copyOfRange(bytes, from, Math.min(shown, from + BYTES_A_LINE));
        return List.of(new Run(Base64.getEncoder().encodeToString(part), Run.Ink.STRING));
    }
}
