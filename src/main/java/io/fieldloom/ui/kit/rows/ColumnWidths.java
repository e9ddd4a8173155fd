package io.fieldloom.ui.kit.rows;

import java.util.List;

/** Shares a row's width between its columns. Pure arithmetic. */
final class ColumnWidths {
    /** Under this much room for names the least important column goes. */
    static final double LEAST_TREE = 150;

    static final double GAP = 8;

    private ColumnWidths() {}

    /**
     * The width of each column, 0 for a hidden one; the first takes what is left. Columns go, the
     * smallest {@link Column#keep} first, until the first has room enough.
     */
    static <R> double[] share(double total, List<Column<R>> columns) {
        double[] widths = new double[columns.size()];
        double rest = total;
        for (int at = 1; at < widths.length; at++) {
            widths[at] = columns.get(at).width();
            rest -= widths[at] + GAP;
        }
        while (rest < LEAST_TREE) {
            int least = leastKept(widths, columns);
            if (least < 0) {
                break;
            }
            rest += widths[least] + GAP;
            widths[least] = 0;
        }
        if (widths.length > 0) {
            widths[0] = Math.max(0, rest);
        }
        return widths;
    }

    private static <R> int leastKept(double[] widths, List<Column<R>> columns) {
        int least = -1;
        for (int at = 1; at < widths.length; at++) {
            boolean less = least < 0 || columns.get(at).keep() < columns.get(least).keep();
            if (widths[at] > 0 && less) {
                least = at;
            }
        }
        return least;
    }
}
