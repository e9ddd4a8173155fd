package io.fieldloom.app.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text under each other, each column as wide as its widest cell, but for cells so long that
 * they would push all others off the screen.
 */
final class Columns {
    private static final String GAP = "  ";
    private static final int WIDEST = 60;

    private final List<String[]> rows = new ArrayList<>();

    void row(String... cells) {
        rows.add(cells);
    }

    void print(PrintStream out) {
        int most = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        int[] widths = new int[most];
        for (String[] row : rows) {
            for (int at = 0; at < row.length; at++) {
                int width = row[at].codePointCount(0, row[at].length());
                widths[at] = Math.max(widths[at], Math.min(width, WIDEST));
            }
        }
        for (String[] row : rows) {
            out.println(line(row, widths));
        }
    }

    /** One row with columns of given widths; the last cell is not padded. */
    static String line(String[] cells, int... widths) {
        StringBuilder line = new StringBuilder();
        for (int at = 0; at < cells.length; at++) {
            String cell = cells[at];
            line.append(cell);
            if (at < cells.length - 1) {
                int width = cell.codePointCount(0, cell.length());
                line.append(" ".repeat(Math.max(0, widths[at] - width))).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }
}
