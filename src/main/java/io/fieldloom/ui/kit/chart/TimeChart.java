package io.fieldloom.ui.kit.chart;

import io.fieldloom.domain.value.Value;
import io.fieldloom.ui.kit.Presentation;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/**
 * Lines over time with grid, axis labels and a crosshair under the mouse. Drawn when asked, at most
 * once a beat; more points than pixels are drawn as their least and most, so that no peak is lost.
 * FX thread only.
 */
public final class TimeChart extends Region {
    private static final StyleablePropertyFactory<TimeChart> STYLES =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneId.systemDefault());
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final Font SMALL = Font.font("Inter", 10);
    private static final double LEAST_LEFT = 30;

    /** From a label to the lines. */
    private static final double LABEL_GAP = 14;

    /** More of the width is not for labels, however long the numbers. */
    private static final double MOST_LEFT = 0.4;

    private static final double RIGHT = 8;
    private static final double TOP = 12;
    private static final double BOTTOM = 20;
    private static final long LEAST_SPAN_MILLIS = 10_000;

    /** A line and what it is called. */
    private record Line(String name, TimeSeries points) {}

    private final Canvas canvas = new Canvas();
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, StyleableProperty<Paint>> paints = new HashMap<>();
    private final StyleableProperty<Paint> grid = paint("grid", "-fl-grid");
    private final StyleableProperty<Paint> text = paint("text", "-fl-text");
    private final StyleableProperty<Paint> ground = paint("ground", "-fl-ground");
    private final List<StyleableProperty<Paint>> colours =
            List.of(
                    paint("line1", "-fl-line-1"),
                    paint("line2", "-fl-line-2"),
                    paint("line3", "-fl-line-3"),
                    paint("line4", "-fl-line-4"));
    private double mouseX = -1;
    private long from;
    private long to;
    private Scale scale = new Scale(0, 1, 2);
    private double left = LEAST_LEFT;

    public TimeChart(String name) {
        getStyleClass().add("time-chart");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(name);
        canvas.setManaged(false);
        getChildren().add(canvas);
        setMinSize(120, 70);
        addEventHandler(MouseEvent.MOUSE_MOVED, event -> hover(event.getX()));
        addEventHandler(MouseEvent.MOUSE_EXITED, event -> hover(-1));
        for (StyleableProperty<Paint> paint : paints.values()) {
            if (paint instanceof ObservableValue<?> colour) {
                colour.addListener(observable -> requestLayout());
            }
        }
    }

    private StyleableProperty<Paint> paint(String property, String css) {
        StyleableProperty<Paint> made =
                STYLES.createStyleablePaintProperty(
                        this, property, css, chart -> chart.paints.get(css), Color.GRAY);
        paints.put(css, made);
        return made;
    }

    /** Adds a line; at most four have colours of their own. */
    public void add(String name, TimeSeries points) {
        lines.add(new Line(name, points));
    }

    public void clear() {
        lines.clear();
    }

    private void hover(double x) {
        mouseX = x;
        repaint();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        repaint();
    }

    @Override
    protected double computePrefHeight(double width) {
        return 120;
    }

    @Override
    protected double computePrefWidth(double height) {
        return 320;
    }

    /** Draws what the series hold now. */
    public void repaint() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        double width = canvas.getWidth();
        double height = canvas.getHeight();
        if (width < LEAST_LEFT + RIGHT + 10 || height < TOP + BOTTOM + 10) {
            return;
        }
        g.setFill(ground.getValue());
        g.fillRect(0, 0, width, height);
        g.setFont(SMALL);
        if (!fit(width, height)) {
            g.setFill(text.getValue());
            g.setTextAlign(TextAlignment.CENTER);
            g.setTextBaseline(VPos.CENTER);
            g.fillText("No numbers yet", width / 2, height / 2);
            return;
        }
        drawGrid(g, width, height);
        for (int at = 0; at < lines.size(); at++) {
            g.setStroke(colour(at));
            g.setLineWidth(1.6);
            draw(g, lines.get(at).points(), width, height);
        }
        if (mouseX >= left && mouseX <= width - RIGHT) {
            drawCrosshair(g, width, height);
        }
    }

    /** Fits the axes to the data; false when there is none. */
    private boolean fit(double width, double height) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        from = Long.MAX_VALUE;
        to = Long.MIN_VALUE;
        for (Line line : lines) {
            TimeSeries points = line.points();
            for (int at = 0; at < points.size(); at++) {
                double value = points.value(at);
                if (Double.isFinite(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
            if (points.size() > 0) {
                from = Math.min(from, points.time(0));
                to = Math.max(to, points.time(points.size() - 1));
            }
        }
        if (least > most) {
            return false;
        }
        from = Math.min(from, to - LEAST_SPAN_MILLIS);
        scale = Scale.around(least, most, height > 200 ? 5 : 3);
        left = LEAST_LEFT;
        for (int line = 0; line < scale.lines(); line++) {
            left = Math.max(left, width(scale.label(line)) + LABEL_GAP);
        }
        left = Math.min(left, width * MOST_LEFT);
        return true;
    }

    private static double width(String label) {
        Text text = new Text(label);
        text.setFont(SMALL);
        return Math.ceil(text.getLayoutBounds().getWidth());
    }

    private double x(long time, double width) {
        return left + (double) (time - from) / (to - from) * (width - left - RIGHT);
    }

    private double y(double value, double height) {
        return height
                - BOTTOM
                - (value - scale.low()) / (scale.high() - scale.low()) * (height - TOP - BOTTOM);
    }

    private Paint colour(int line) {
        return colours.get(line % colours.size()).getValue();
    }

    private void drawGrid(GraphicsContext g, double width, double height) {
        g.setStroke(grid.getValue());
        g.setLineWidth(1);
        g.setFill(text.getValue());
        g.setTextAlign(TextAlignment.LEFT);
        g.setTextBaseline(VPos.CENTER);
        for (int line = 0; line < scale.lines(); line++) {
            double at = Math.round(y(scale.low() + scale.step() * line, height)) + 0.5;
            g.strokeLine(left - 4, at, width - RIGHT, at);
            g.fillText(scale.label(line), 8, at, left - LABEL_GAP + 2);
        }
        g.setTextBaseline(VPos.BOTTOM);
        long step = Scale.timeStep(to - from, (int) Math.max(2, (width - left) / 90));
        DateTimeFormatter form = step < 60_000 ? SECONDS : MINUTES;
        for (long time = (from + step - 1) / step * step; time <= to; time += step) {
            double at = x(time, width);
            String label = form.format(Instant.ofEpochMilli(time));
            double half = width(label) / 2;
            g.setTextAlign(TextAlignment.CENTER);
            g.fillText(
                    label, Math.min(Math.max(at, left + half - 4), width - half - 2), height - 3);
        }
    }

    private void draw(GraphicsContext g, TimeSeries points, double width, double height) {
        int pixels = (int) (width - left - RIGHT);
        if (points.size() > 2 * pixels) {
            drawReduced(g, points, width, height);
            return;
        }
        g.beginPath();
        boolean pen = false;
        for (int at = 0; at < points.size(); at++) {
            double value = points.value(at);
            if (!Double.isFinite(value)) {
                pen = false;
            } else if (pen) {
                g.lineTo(x(points.time(at), width), y(value, height));
            } else {
                g.moveTo(x(points.time(at), width), y(value, height));
                pen = true;
            }
        }
        g.stroke();
    }

    private void drawReduced(GraphicsContext g, TimeSeries points, double width, double height) {
        g.beginPath();
        boolean pen = false;
        int at = 0;
        while (at < points.size()) {
            long column = (long) x(points.time(at), width);
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            while (at < points.size() && (long) x(points.time(at), width) == column) {
                double value = points.value(at++);
                if (Double.isFinite(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
            if (least > most) {
                pen = false;
                continue;
            }
            if (pen) {
                g.lineTo(column, y(most, height));
            } else {
                g.moveTo(column, y(most, height));
                pen = true;
            }
            g.lineTo(column, y(least, height));
        }
        g.stroke();
    }

    private void drawCrosshair(GraphicsContext g, double width, double height) {
        long wanted = from + (long) ((mouseX - left) / (width - left - RIGHT) * (to - from));
        long time = nearest(wanted);
        double at = Math.round(x(time, width)) + 0.5;
        g.setStroke(text.getValue());
        g.setLineWidth(1);
        g.setLineDashes(3, 3);
        g.strokeLine(at, TOP - 4, at, height - BOTTOM);
        g.setLineDashes();
        StringBuilder words = new StringBuilder(Presentation.clock(Instant.ofEpochMilli(time)));
        for (int line = 0; line < lines.size(); line++) {
            TimeSeries points = lines.get(line).points();
            int point = Math.min(points.firstFrom(time), points.size() - 1);
            if (point >= 0 && Double.isFinite(points.value(point))) {
                double value = points.value(point);
                g.setFill(colour(line));
                g.fillOval(x(points.time(point), width) - 3, y(value, height) - 3, 6, 6);
                words.append("   ");
                if (lines.size() > 1) {
                    words.append(lines.get(line).name()).append(' ');
                }
                words.append(Presentation.value(Value.of(value)));
            }
        }
        double half = width(words.toString()) / 2 + 6;
        double centre = Math.min(Math.max(at, left + half), width - RIGHT - half);
        g.setFill(ground.getValue());
        g.fillRect(centre - half, 0, half * 2, 14);
        g.setFill(text.getValue());
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.TOP);
        g.fillText(words.toString(), centre, 1);
    }

    private long nearest(long wanted) {
        long best = to;
        for (Line line : lines) {
            TimeSeries points = line.points();
            int after = points.firstFrom(wanted);
            for (int at = Math.max(0, after - 1); at <= Math.min(after, points.size() - 1); at++) {
                if (Math.abs(points.time(at) - wanted) < Math.abs(best - wanted)) {
                    best = points.time(at);
                }
            }
        }
        return best;
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return STYLES.getCssMetaData();
    }
}
