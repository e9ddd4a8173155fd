package io.fieldloom.ui.traffic;

import io.fieldloom.engine.traffic.Message;
import io.fieldloom.ui.kit.chart.TimeChart;
import io.fieldloom.ui.kit.chart.TimeSeries;
import io.fieldloom.ui.kit.code.PayloadText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of one topic over time. Fieldloom's own payloads have them in {@code value}; of
 * others the first few fields that are numbers are drawn. FX thread only.
 */
final class TopicCharts {
    private static final int MOST_LINES = 4;
    private static final int MOST_POINTS = 20_000;
    private static final String VALUE = "value";

    private final TimeChart chart = new TimeChart("Numbers of the topic over time");
    private final Map<String, TimeSeries> lines = new LinkedHashMap<>();

    TimeChart node() {
        return chart;
    }

    /** Begins with another topic. */
    void start(List<Message> history) {
        lines.clear();
        chart.clear();
        if (history.isEmpty()) {
            return;
        }
        Message last = history.get(history.size() - 1);
        Map<String, Double> fields = PayloadText.numbers(last.payload());
        fields.keySet().stream()
                .filter(way -> !fields.containsKey(VALUE) || way.equals(VALUE))
                .limit(MOST_LINES)
                .forEach(
                        way -> {
                            TimeSeries points = new TimeSeries(MOST_POINTS);
                            lines.put(way, points);
                            chart.add(way, points);
                        });
        history.forEach(this::add);
    }

    boolean hasNumbers() {
        return !lines.isEmpty();
    }

    void add(Message message) {
        if (lines.isEmpty()) {
            return;
        }
        Map<String, Double> fields = PayloadText.numbers(message.payload());
        long time = message.time().toEpochMilli();
        lines.forEach((way, points) -> points.add(time, fields.getOrDefault(way, Double.NaN)));
    }

    void repaint() {
        chart.repaint();
    }
}
