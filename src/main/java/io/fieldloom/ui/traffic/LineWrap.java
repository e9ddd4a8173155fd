package io.fieldloom.ui.traffic;

import java.util.Arrays;

/** Which part of which line stands in each row of a page that is so many characters wide. */
record LineWrap(int columns, int[] starts) {
    static final LineWrap NONE = new LineWrap(0, new int[1]);

    static LineWrap of(PayloadLines lines, int columns) {
        int[] starts = new int[lines.count() + 1];
        for (int line = 0; line < lines.count(); line++) {
            int rows = Math.max(1, (lines.length(line) + columns - 1) / columns);
            starts[line + 1] = starts[line] + rows;
        }
        return new LineWrap(columns, starts);
    }

    int rows() {
        return starts[starts.length - 1];
    }

    int line(int row) {
        int found = Arrays.binarySearch(starts, row);
        return found >= 0 ? found : -found - 2;
    }

    /** The first character of a row within its line. */
    int column(int row) {
        return (row - starts[line(row)]) * columns;
    }
}
