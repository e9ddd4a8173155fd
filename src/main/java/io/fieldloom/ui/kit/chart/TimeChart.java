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
import java.util.stream.IntStream;
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
 * once a beat. Lines of one unit share a scale; where there are several scales, each line fills the
 * height and a legend tells its scale. FX thread only.
 */
public final class TimeChart extends Region {
    private static final StyleablePropertyFactory<TimeChart> STYLES =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneId.systemDefault());
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final DateTimeFormatter DAYS =
            DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneId.systemDefault());
    private static final long DAY_MILLIS = 86_400_000;
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

    /** How near in pixels the mouse must come to a sample. */
    private static final double SNAP = 12;

    /** Grid lines where no axis has labels. */
    private static final int PARTS = 4;

    /** How many lines have a colour of their own. */
    public static final int COLOURS = 8;

    /** A line, what it is called, what shares its scale, and its colour. */
    private record Line(String name, String axis, TimeSeries points, int colour) {}

    private final Canvas canvas = new Canvas();
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, StyleableProperty<Paint>> paints = new HashMap<>();
    private final StyleableProperty<Paint> grid = paint("grid", "-fl-grid");
    private final StyleableProperty<Paint> text = paint("text", "-fl-text");
    private final StyleableProperty<Paint> ground = paint("ground", "-fl-ground");
    private final List<StyleableProperty<Paint>> colours =
            IntStream.rangeClosed(1, COLOURS)
                    .mapToObj(number -> paint("line" + number, "-fl-line-" + number))
                    .toList();
    private final Map<String, Scale> scales = new HashMap<>();
    private double mouseX = -1;
    private long from;
    private long to;
    private long until;
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

    /** Adds the only line. */
    public void add(String name, TimeSeries points) {
        add(name, "", points, 0);
    }

    /**
     * Adds a line.
     *
     * @param unit what it is measured in, or the empty text: then nothing shares its scale
     * @param colour which of the {@link #COLOURS}, 0 the first
     */
    public void add(String name, String unit, TimeSeries points, int colour) {
        String axis = unit.isEmpty() ? "line " + lines.size() : "in " + unit;
        lines.add(new Line(name, axis, points, colour));
    }

    /** Lets the newest values hold until a moment, for nothing else came since. */
    public void holdUntil(long epochMillis) {
        until = epochMillis;
    }

    /** From where to where the height goes for a line, when its scale is not at the left. */
    public String scaleOf(int line) {
        Scale scale = scales.get(lines.get(line).axis());
        return scale == null || scales.size() < 2 ? "" : scale.words();
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
            draw(g, lines.get(at), width, height);
        }
        if (mouseX >= left && mouseX <= width - RIGHT) {
            drawCrosshair(g, width, height);
        }
    }

    /** Fits the axes to the data; false when there is none. */
    private boolean fit(double width, double height) {
        Map<String, double[]> ranges = new HashMap<>();
        from = Long.MAX_VALUE;
        to = until;
        for (Line line : lines) {
            TimeSeries points = line.points();
            for (int at = 0; at < points.size(); at++) {
                double value = points.value(at);
                if (Double.isFinite(value)) {
                    double[] range =
                            ranges.computeIfAbsent(line.axis(), any -> new double[] {value, value});
                    range[0] = Math.min(range[0], value);
                    range[1] = Math.max(range[1], value);
                }
            }
            if (points.size() > 0) {
                from = Math.min(from, points.time(0));
                to = Math.max(to, points.time(points.size() - 1));
            }
        }
        scales.clear();
        ranges.forEach(
                (axis, range) ->
                        scales.put(axis, Scale.around(range[0], range[1], height > 200 ? 5 : 3)));
        if (scales.isEmpty()) {
            return false;
        }
        from = Math.min(from, to - LEAST_SPAN_MILLIS);
        left = scales.size() == 1 ? LEAST_LEFT : RIGHT;
        if (scales.size() == 1) {
            Scale scale = scales.values().iterator().next();
            for (int line = 0; line < scale.lines(); line++) {
                left = Math.max(left, width(scale.label(line)) + LABEL_GAP);
            }
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

    private double y(Scale scale, double value, double height) {
        return y((value - scale.low()) / (scale.high() - scale.low()), height);
    }

    private static double y(double part, double height) {
        return height - BOTTOM - part * (height - TOP - BOTTOM);
    }

    private Paint colour(int line) {
        return colours.get(lines.get(line).colour() % COLOURS).getValue();
    }

    private void drawGrid(GraphicsContext g, double width, double height) {
        g.setStroke(grid.getValue());
        g.setLineWidth(1);
        g.setFill(text.getValue());
        g.setTextAlign(TextAlignment.LEFT);
        g.setTextBaseline(VPos.CENTER);
        Scale only = scales.size() == 1 ? scales.values().iterator().next() : null;
        int parts = only == null ? PARTS : only.lines() - 1;
        for (int line = 0; line <= parts; line++) {
            double at = Math.round(y((double) line / parts, height)) + 0.5;
            g.strokeLine(left - 4, at, width - RIGHT, at);
            if (only != null) {
                g.fillText(only.label(line), 8, at, left - LABEL_GAP + 2);
            }
        }
        g.setTextBaseline(VPos.BOTTOM);
        long step = Scale.timeStep(to - from, (int) Math.max(2, (width - left) / 90));
        DateTimeFormatter form = to - from > DAY_MILLIS ? DAYS : step < 60_000 ? SECONDS : MINUTES;
        for (long time = (from + step - 1) / step * step; time <= to; time += step) {
            double at = x(time, width);
            String label = form.format(Instant.ofEpochMilli(time));
            double half = width(label) / 2;
            g.setTextAlign(TextAlignment.CENTER);
            g.fillText(
                    label, Math.min(Math.max(at, left + half - 4), width - half - 2), height - 3);
        }
    }

    private void draw(GraphicsContext g, Line line, double width, double height) {
        Scale scale = scales.get(line.axis());
        if (scale == null) {
            return;
        }
        g.beginPath();
        StepPath.trace(
                line.points(),
                to,
                time -> x(time, width),
                value -> y(scale, value, height),
                new Stroke(g));
        g.stroke();
    }

    private record Stroke(GraphicsContext g) implements StepPath.Pen {
        @Override
        public void moveTo(double x, double y) {
            g.moveTo(x, y);
        }

        @Override
        public void lineTo(double x, double y) {
            g.lineTo(x, y);
        }
    }

    private void drawCrosshair(GraphicsContext g, double width, double height) {
        long wanted = from + (long) ((mouseX - left) / (width - left - RIGHT) * (to - from));
        long time = nearest(wanted, width);
        double at = Math.round(x(time, width)) + 0.5;
        g.setStroke(text.getValue());
        g.setLineWidth(1);
        g.setLineDashes(3, 3);
        g.strokeLine(at, TOP - 4, at, height - BOTTOM);
        g.setLineDashes();
        StringBuilder words = new StringBuilder(Presentation.clock(Instant.ofEpochMilli(time)));
        for (int line = 0; line < lines.size(); line++) {
            TimeSeries points = lines.get(line).points();
            int point = points.firstFrom(time + 1) - 1;
            if (point >= 0 && Double.isFinite(points.value(point))) {
                double value = points.value(point);
                g.setFill(colour(line));
                double y = y(scales.get(lines.get(line).axis()), value, height);
                g.fillOval(at - 3.5, y - 3, 6, 6);
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

    /** The sample under the mouse; between samples the mouse's own time, for values hold. */
    private long nearest(long wanted, double width) {
        long best = wanted;
        long reach = (long) (SNAP * (to - from) / (width - left - RIGHT));
        for (Line line : lines) {
            TimeSeries points = line.points();
            int after = points.firstFrom(wanted);
            for (int at = Math.max(0, after - 1); at <= Math.min(after, points.size() - 1); at++) {
                long away = Math.abs(points.time(at) - wanted);
                if (away < reach) {
                    best = points.time(at);
                    reach = away;
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
