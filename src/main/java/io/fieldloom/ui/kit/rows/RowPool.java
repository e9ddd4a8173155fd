package io.fieldloom.ui.kit.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import javafx.scene.layout.Pane;

/**
 * The nodes of the rows on screen: as many as fit, each reused for whatever row scrolls into its
 * place.
 */
final class RowPool<R> {
    private final Pane body;
    private final RowShape<R> shape;
    private final List<Column<R>> columns;
    private final List<RowView<R>> views = new ArrayList<>();
    private double[] widths = {};

    RowPool(Pane body, RowShape<R> shape, List<Column<R>> columns) {
        this.body = body;
        this.shape = shape;
        this.columns = columns;
    }

    /** What a place holds; null where there is no row. */
    @FunctionalInterface
    interface Source<R> {
        R at(int place);
    }

    void widths(double[] shared) {
        widths = shared;
        views.forEach(view -> view.widths(shared));
    }

    double treeWidth() {
        return widths[0];
    }

    /**
     * Paints the rows from a scroll offset on.
     *
     * @return the path of the topmost row, or null
     */
    String paint(double offset, Source<R> rows, RowSelection<R> selection, IntPredicate isLead) {
        double height = body.getHeight();
        int needed = height <= 0 ? 0 : (int) Math.ceil(height / VirtualRows.ROW) + 1;
        while (views.size() < needed) {
            RowView<R> view = new RowView<>(shape, columns);
            view.widths(widths);
            views.add(view);
            body.getChildren().add(view);
        }
        int first = (int) (offset / VirtualRows.ROW);
        String top = null;
        for (int at = 0; at < views.size(); at++) {
            int place = first + at;
            RowView<R> view = views.get(place % views.size());
            R row = at < needed ? rows.at(place) : null;
            String path = row == null ? null : shape.path(row);
            if (at == 0) {
                top = path;
            }
            view.show(place, row, path != null && selection.contains(path), isLead.test(place));
            double y = Math.round(place * VirtualRows.ROW - offset);
            view.resizeRelocate(0, y, body.getWidth(), VirtualRows.ROW);
        }
        return top;
    }

    /** The view that shows a place, or null when it is not on screen. */
    RowView<R> at(int place) {
        if (views.isEmpty() || place < 0) {
            return null;
        }
        RowView<R> view = views.get(place % views.size());
        return view.place() == place && view.row() != null ? view : null;
    }
}
