package io.fieldloom.ui.kit.chart;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.Region;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;

/**
 * A line without axes, small enough for a row. A value holds until the next one comes; each pixel
 * shows the least and the most of its time, so that no peak is lost. FX thread only.
 */
public final class Sparkline extends Region {
    private static final double MARGIN = 3;

    private final Path path = new Path();
    private TimeSeries points = new TimeSeries(1);
    private long from;
    private long to;

    public Sparkline() {
        getStyleClass().add("sparkline");
        setManaged(false);
        setMouseTransparent(true);
        path.setManaged(false);
        getChildren().add(path);
    }

    /** Shows what a series was between two times, in epoch milliseconds. */
    public void show(TimeSeries series, long first, long last) {
        points = series;
        from = first;
        to = last;
        draw();
    }

    @Override
    protected void layoutChildren() {
        draw();
    }

    private void draw() {
        double width = getWidth();
        int columns = (int) width;
        if (columns < 2 || to <= from || points.size() == 0) {
            path.getElements().clear();
            return;
        }
        // The value that was there at the beginning came before it.
        int first = Math.max(0, points.firstFrom(from) - 1);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int at = first; at < points.size(); at++) {
            double value = points.value(at);
            if (Double.isFinite(value)) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        path.getElements().setAll(elements(first, columns, new Range(least, most)));
    }

    private List<PathElement> elements(int first, int columns, Range range) {
        List<PathElement> line = new ArrayList<>();
        boolean begun = false;
        int at = first;
        double held = Double.NaN;
        for (int column = 0; column < columns; column++) {
            long end = from + Math.round((column + 1.0) / columns * (to - from));
            double least = held;
            double most = held;
            boolean last = column == columns - 1;
            while (at < points.size() && (points.time(at) < end || last)) {
                held = finite(points.value(at++));
                least = Double.isNaN(least) ? held : Math.min(least, orElse(held, least));
                most = Double.isNaN(most) ? held : Math.max(most, orElse(held, most));
            }
            if (Double.isNaN(held)) {
                begun = false;
                continue;
            }
            double y = y(held, range);
            line.add(begun ? new LineTo(column, y) : new MoveTo(column, y));
            if (most > least) {
                line.add(new LineTo(column, y(least, range)));
                line.add(new LineTo(column, y(most, range)));
                line.add(new LineTo(column, y));
            } else if (!begun) {
                line.add(new LineTo(column + 1.0, y));
            }
            begun = true;
        }
        return line;
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private static double orElse(double value, double otherwise) {
        return Double.isNaN(value) ? otherwise : value;
    }

    private double y(double value, Range range) {
        double room = Math.max(1, getHeight() - 2 * MARGIN);
        double share = range.span() > 0 ? (value - range.least()) / range.span() : 0.5;
        return MARGIN + room * (1 - share);
    }

    private record Range(double least, double most) {
        double span() {
            return most - least;
        }
    }
}
