package io.fieldloom.ui.traffic;

import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.chart.TimeChart;
import io.fieldloom.ui.kit.chart.TimeSeries;
import io.fieldloom.ui.kit.code.JsonFields;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * One number of a topic over time: the payload itself, its field {@code value}, or the field that
 * was chosen. It begins with the messages that are kept and goes on while one looks. FX thread
 * only.
 */
final class TopicChart {
    private static final int MOST_POINTS = 20_000;

    /** What is read of the past on the spot; the newest count first. */
    private static final long MOST_BYTES = 1_000_000;

    /** Numbers of larger payloads are not looked for ten times a second. */
    private static final int LARGEST = 64 * 1024;

    private static final String VALUE = "value";

    /** How much of the past is drawn. */
    private enum Range {
        ALL("All", Duration.ZERO),
        HOUR("1 h", Duration.ofHours(1)),
        MINUTES("10 min", Duration.ofMinutes(10)),
        MINUTE("1 min", Duration.ofMinutes(1));

        private final String word;
        private final Duration span;

        Range(String word, Duration span) {
            this.word = word;
            this.span = span;
        }

        Range next() {
            return values()[(ordinal() + 1) % values().length];
        }
    }

    private final TimeChart chart = new TimeChart("A number of the topic over time");
    private final Label field = new Label();
    private final Label sums = new Label();
    private final Button rangeButton = new Button();
    private final VBox box = new VBox();
    private final TimeSeries all = new TimeSeries(MOST_POINTS);
    private final TimeSeries drawn = new TimeSeries(MOST_POINTS);
    private Range range = Range.ALL;
    private String way;
    private boolean stale;

    TopicChart() {
        field.getStyleClass().addAll("mono", "dim");
        field.setMinWidth(0);
        sums.getStyleClass().addAll("mono", "dim");
        sums.setMinWidth(0);
        sums.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(sums, Priority.ALWAYS);
        rangeButton.getStyleClass().add("quiet");
        rangeButton.setMinWidth(Region.USE_PREF_SIZE);
        rangeButton.setTooltip(new Tooltip("How much of the past is drawn; click for less"));
        rangeButton.setOnAction(event -> show(range.next()));
        HBox line = new HBox(8, field, sums, rangeButton);
        line.getStyleClass().add("chart-line");
        chart.add("", drawn);
        chart.setMinHeight(70);
        chart.setPrefHeight(88);
        VBox.setVgrow(chart, Priority.ALWAYS);
        box.getStyleClass().add("topic-chart");
        box.setMinHeight(Region.USE_PREF_SIZE);
        box.getChildren().addAll(line, chart);
        show(Range.ALL);
    }

    Node node() {
        return box;
    }

    private void show(Range other) {
        range = other;
        rangeButton.setText(other.word);
        stale = true;
        repaint();
    }

    /** Begins with another topic; a field that was chosen stays where the topic has it. */
    void start(List<Message> kept) {
        way = kept.isEmpty() ? null : wayIn(kept.get(kept.size() - 1)).orElse(null);
        fill(kept);
    }

    private Optional<String> wayIn(Message message) {
        Map<String, Double> numbers = numbers(message);
        if (way != null && numbers.containsKey(way)) {
            return Optional.of(way);
        }
        for (String usual : List.of("", VALUE)) {
            if (numbers.containsKey(usual)) {
                return Optional.of(usual);
            }
        }
        return numbers.keySet().stream().filter(each -> !isTime(each)).findFirst();
    }

    /** A time as a number makes a straight line, which tells nobody anything. */
    private static boolean isTime(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return small.contains("time") || small.equals("ts") || small.endsWith(".ts");
    }

    private static Map<String, Double> numbers(Message message) {
        return message.payload().length > LARGEST
                ? Map.of()
                : JsonFields.numbers(message.payload());
    }

    /** Draws another field. Whether it is a number in the newest message. */
    boolean choose(String other, List<Message> kept) {
        if (kept.isEmpty() || !numbers(kept.get(kept.size() - 1)).containsKey(other)) {
            return false;
        }
        way = other;
        fill(kept);
        return true;
    }

    private void fill(List<Message> kept) {
        all.clear();
        int from = kept.size();
        long bytes = 0;
        while (from > 0 && bytes < MOST_BYTES) {
            bytes += kept.get(--from).payload().length;
        }
        kept.subList(from, kept.size()).forEach(this::add);
        String name = way == null || way.isEmpty() ? "" : way;
        field.setText(name);
        field.setManaged(!name.isEmpty());
        stale = true;
        repaint();
    }

    /** Whether there is a line to draw: one number makes none. */
    boolean isWorthALook() {
        return way != null && all.size() > 1;
    }

    void add(Message message) {
        if (way != null) {
            Double number = numbers(message).get(way);
            all.add(message.time().toEpochMilli(), number == null ? Double.NaN : number);
            stale = true;
        }
    }

    /** Draws what came since the last time. */
    void repaint() {
        if (!stale) {
            return;
        }
        stale = false;
        drawn.clear();
        int from =
                range == Range.ALL || all.size() == 0
                        ? 0
                        : all.firstFrom(all.time(all.size() - 1) - range.span.toMillis());
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double last = Double.NaN;
        for (int at = from; at < all.size(); at++) {
            double value = all.value(at);
            drawn.add(all.time(at), value);
            if (Double.isFinite(value)) {
                least = Math.min(least, value);
                most = Math.max(most, value);
                last = value;
            }
        }
        sums.setText(least > most ? "" : words(last, least, most));
        chart.repaint();
    }

    private String words(double last, double least, double most) {
        long span = drawn.time(drawn.size() - 1) - drawn.time(0);
        return number(last)
                + "   min "
                + number(least)
                + "   max "
                + number(most)
                + "   "
                + Times.span(Duration.ofMillis(span));
    }

    private static String number(double value) {
        return Presentation.value(Value.of(value));
    }
}
