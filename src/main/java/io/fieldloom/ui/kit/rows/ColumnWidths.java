package io.fieldloom.ui.kit.rows;

import java.util.List;

/** Shares a row's width between its columns. Pure arithmetic. */
final class ColumnWidths {
    /** Under this much room for the growing column the least important other one goes. */
    static final double LEAST_GROWING = 120;

    static final double GAP = 8;

    private ColumnWidths() {}

    /** The place of the column that takes what the others leave. */
    static <R> int growing(List<Column<R>> columns) {
        for (int at = 0; at < columns.size(); at++) {
            if (columns.get(at).isGrowing()) {
                return at;
            }
        }
        return 0;
    }

    /**
     * The width of each column, 0 for a hidden one; the growing one takes what is left. Columns
     * shrink and go, the smallest {@link Column#keep} first, until that one has room enough. The
     * first never goes.
     */
    static <R> double[] share(double total, List<Column<R>> columns) {
        double[] widths = new double[columns.size()];
        if (widths.length == 0) {
            return widths;
        }
        int growing = growing(columns);
        double rest = total - GAP * (widths.length - 1);
        for (int at = 0; at < widths.length; at++) {
            widths[at] = at == growing ? 0 : columns.get(at).width();
            rest -= widths[at];
        }
        double wanted = columns.get(growing).leastOr(LEAST_GROWING);
        while (rest < wanted) {
            int least = leastKept(widths, columns);
            if (least < 0) {
                break;
            }
            double shrunk = widths[least] - (wanted - rest);
            if (shrunk >= columns.get(least).leastOr(widths[least])) {
                widths[least] = shrunk;
                rest = wanted;
            } else {
                rest += widths[least] + GAP;
                widths[least] = 0;
            }
        }
        widths[growing] = Math.max(0, rest);
        return widths;
    }

    /**
     * The widths of the first column and of as many as fit beside it from another one on, 0 for the
     * others; these share what is left, so that no room stays empty.
     *
     * @param start the place of the column that follows the first
     */
    static <R> double[] from(int start, double total, List<Column<R>> columns) {
        double[] widths = new double[columns.size()];
        widths[0] = columns.get(0).width();
        double rest = total - widths[0];
        int end = start;
        while (end < widths.length && columns.get(end).width() + GAP <= rest) {
            widths[end] = columns.get(end).width();
            rest -= widths[end] + GAP;
            end++;
        }
        for (int at = start; at < end; at++) {
            widths[at] += Math.max(0, rest) / (end - start);
        }
        return widths;
    }

    /** The last place to start {@link #from} that leaves no room behind the last column. */
    static <R> int lastStart(double total, List<Column<R>> columns) {
        double rest = total - columns.get(0).width();
        int start = columns.size();
        while (start > 1 && columns.get(start - 1).width() + GAP <= rest) {
            rest -= columns.get(start - 1).width() + GAP;
            start--;
        }
        return Math.max(1, Math.min(start, columns.size() - 1));
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
