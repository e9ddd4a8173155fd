package io.fieldloom.ui.kit.rows;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * The line of column titles; the edge between two titles drags the width of the one that does not
 * grow.
 */
final class ColumnHeader<R> extends Region {
    private static final double GRIP = 7;

    private final List<Column<R>> columns;
    private final Runnable changed;
    private final List<Label> titles = new ArrayList<>();
    private final List<Region> grips = new ArrayList<>();
    private double[] widths = {};
    private double dragStart;
    private double widthStart;

    ColumnHeader(List<Column<R>> columns, Runnable changed) {
        this.columns = columns;
        this.changed = changed;
        getStyleClass().add("column-titles");
        for (Column<R> column : columns) {
            Label title = new Label(column.title());
            title.setManaged(false);
            title.setAlignment(column.isNumber() ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
            titles.add(title);
            getChildren().add(title);
        }
        for (int at = 1; at < columns.size(); at++) {
            Region grip = grip(at);
            grips.add(grip);
            getChildren().add(grip);
        }
    }

    private Region grip(int edge) {
        int growing = ColumnWidths.growing(columns);
        boolean rightOfGrowing = edge > growing;
        Column<R> column = columns.get(rightOfGrowing ? edge : edge - 1);
        int sign = rightOfGrowing ? -1 : 1;
        Region grip = new Region();
        grip.getStyleClass().add("column-grip");
        grip.setManaged(false);
        grip.setCursor(Cursor.H_RESIZE);
        grip.addEventHandler(
                MouseEvent.MOUSE_PRESSED,
                event -> {
                    dragStart = event.getSceneX();
                    widthStart = column.width();
                    event.consume();
                });
        grip.addEventHandler(
                MouseEvent.MOUSE_DRAGGED,
                event -> {
                    double most =
                            Math.max(
                                    Column.LEAST,
                                    column.width() + widths[growing] - ColumnWidths.LEAST_GROWING);
                    double moved = sign * (event.getSceneX() - dragStart);
                    column.width(Math.min(most, widthStart + moved));
                    changed.run();
                    event.consume();
                });
        return grip;
    }

    void widths(double[] shared) {
        widths = shared;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double x = VirtualRows.SIDE;
        for (int at = 0; at < titles.size() && at < widths.length; at++) {
            boolean hidden = widths[at] <= 0;
            titles.get(at).setVisible(!hidden);
            if (at > 0) {
                grips.get(at - 1).setVisible(!hidden);
                grips.get(at - 1).resizeRelocate(x - ColumnWidths.GAP, 0, GRIP, getHeight());
            }
            if (!hidden) {
                titles.get(at).resizeRelocate(x, 0, widths[at], getHeight());
                x += widths[at] + ColumnWidths.GAP;
            }
        }
    }
}
