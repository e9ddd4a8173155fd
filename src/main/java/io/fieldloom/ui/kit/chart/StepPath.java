package io.fieldloom.ui.kit.chart;

import java.util.function.DoubleUnaryOperator;
import java.util.function.LongToDoubleFunction;

/**
 * The way of a pen along values of which each holds until the next: nothing is drawn that the
 * source never said. What was not known is a gap. All values of one pixel column are drawn as their
 * least and most, so that no peak is lost. Pure.
 */
final class StepPath {
    private StepPath() {}

    /** What draws. */
    interface Pen {
        void moveTo(double x, double y);

        void lineTo(double x, double y);
    }

    /**
     * @param until how long the newest value holds
     */
    static void trace(
            TimeSeries points, long until, LongToDoubleFunction x, DoubleUnaryOperator y, Pen pen) {
        double held = Double.NaN;
        int at = 0;
        while (at < points.size()) {
            double column = Math.rint(x.applyAsDouble(points.time(at)));
            if (Double.isFinite(held)) {
                pen.lineTo(column, y.applyAsDouble(held));
            }
            double least = held;
            double most = held;
            double last = held;
            while (at < points.size() && Math.rint(x.applyAsDouble(points.time(at))) == column) {
                last = points.value(at++);
                if (Double.isFinite(last)) {
                    least = Double.isFinite(least) ? Math.min(least, last) : last;
                    most = Double.isFinite(most) ? Math.max(most, last) : last;
                }
            }
            if (Double.isFinite(least)) {
                if (!Double.isFinite(held)) {
                    pen.moveTo(column, y.applyAsDouble(least));
                }
                pen.lineTo(column, y.applyAsDouble(least));
                pen.lineTo(column, y.applyAsDouble(most));
            }
            if (Double.isFinite(last)) {
                pen.lineTo(column, y.applyAsDouble(last));
            }
            held = last;
        }
        if (Double.isFinite(held)) {
            pen.lineTo(Math.rint(x.applyAsDouble(until)), y.applyAsDouble(held));
        }
    }
}
