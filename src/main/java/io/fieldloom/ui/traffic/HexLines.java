package io.fieldloom.ui.traffic;

import io.fieldloom.engine.payload.PayloadDiff.Change;
import io.fieldloom.ui.kit.code.Run;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Bytes as hexadecimal pairs and characters, eight a line for a narrow column; those that differ
 * from the message before stand out.
 */
final class HexLines implements PayloadLines {
    private static final int A_LINE = 8;
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] now;
    private final byte[] before;
    private final int end;

    /**
     * @param before the payload before, or null
     * @param shown how many bytes are shown
     */
    HexLines(byte[] now, byte[] before, int shown) {
        this.now = now;
        this.before = before;
        this.end = shown;
    }

    @Override
    public int count() {
        return (end + A_LINE - 1) / A_LINE;
    }

    @Override
    public int length(int line) {
        return 8 + 3 * A_LINE + 1 + Math.min(A_LINE, end - line * A_LINE);
    }

    @Override
    public List<Run> runs(int line) {
        int from = line * A_LINE;
        int to = Math.min(end, from + A_LINE);
        List<Run> runs = new ArrayList<>();
        runs.add(new Run(String.format("%06x  ", from), Run.Ink.DIM));
        StringBuilder pairs = new StringBuilder();
        StringBuilder readable = new StringBuilder();
        boolean differs = false;
        for (int at = from; at < to; at++) {
            if (differs(at) != differs) {
                add(runs, pairs, differs);
                differs = !differs;
            }
            pairs.append(HEX.toHexDigits(now[at])).append(' ');
            readable.append(now[at] >= ' ' && now[at] < 0x7f ? (char) now[at] : '.');
        }
        pairs.append("   ".repeat(A_LINE - (to - from))).append(' ');
        add(runs, pairs, differs);
        runs.add(new Run(readable.toString(), Run.Ink.STRING));
        return runs;
    }

    private static void add(List<Run> runs, StringBuilder pairs, boolean differs) {
        if (!pairs.isEmpty()) {
            runs.add(new Run(pairs.toString(), differs ? Run.Ink.BEFORE : Run.Ink.PLAIN));
            pairs.setLength(0);
        }
    }

    private boolean differs(int at) {
        return before != null && (at >= before.length || before[at] != now[at]);
    }

    @Override
    public Change change(int line) {
        for (int at = line * A_LINE; at < Math.min(end, (line + 1) * A_LINE); at++) {
            if (differs(at)) {
                return Change.CHANGED;
            }
        }
        return Change.SAME;
    }
}
