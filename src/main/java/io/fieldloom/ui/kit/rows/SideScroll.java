package io.fieldloom.ui.kit.rows;

import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.control.ScrollBar;

/**
 * Scrolls columns that do not all fit, a whole column at a time; the first one stays where it is.
 */
final class SideScroll<R> {
    private final List<Column<R>> columns;
    private final ScrollBar bar = new ScrollBar();
    private double room;

    /**
     * @param moved told when other columns are to be shown
     */
    SideScroll(List<Column<R>> columns, Runnable moved) {
        this.columns = columns;
        bar.setOrientation(Orientation.HORIZONTAL);
        bar.setManaged(false);
        bar.setUnitIncrement(1);
        bar.setBlockIncrement(3);
        bar.valueProperty().addListener(observable -> moved.run());
    }

    ScrollBar bar() {
        return bar;
    }

    /** Whether some columns do not fit into a width. */
    boolean isNeeded(double width) {
        return ColumnWidths.lastStart(width, columns) > 1;
    }

    /** The widths of what is shown of the columns in this room, 0 for the others. */
    double[] widths(double total) {
        room = total;
        int last = ColumnWidths.lastStart(total, columns);
        bar.setMin(1);
        bar.setMax(last);
        bar.setVisibleAmount(Math.max(1, last * (1 - (double) (last - 1) / columns.size())));
        bar.setVisible(last > 1);
        if (bar.getValue() > last || bar.getValue() < 1) {
            bar.setValue(Math.max(1, Math.min(last, bar.getValue())));
        }
        return ColumnWidths.from((int) Math.round(bar.getValue()), total, columns);
    }

    /** Moves by some columns, to the right where positive. */
    void by(int count) {
        double to = Math.round(bar.getValue()) + count;
        bar.setValue(Math.max(bar.getMin(), Math.min(bar.getMax(), to)));
    }

    /** Brings a column on screen. */
    void show(int column) {
        int first = (int) Math.round(bar.getValue());
        if (column < first && column > 0) {
            by(column - first);
        }
        while (first < column && ColumnWidths.from(first, room, columns)[column] <= 0) {
            first++;
        }
        by(first - (int) Math.round(bar.getValue()));
    }
}
