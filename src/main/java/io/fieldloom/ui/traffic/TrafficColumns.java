package io.fieldloom.ui.traffic;

import io.fieldloom.engine.traffic.TopicRow;
import io.fieldloom.ui.kit.Badge;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.RowShape;
import java.util.List;

/** How rows of traffic are drawn. */
final class TrafficColumns implements RowShape<TopicRow> {
    private static final double PAYLOAD = 150;
    private static final double RATE = 52;

    List<Column<TopicRow>> columns() {
        return List.of(
                Column.text("Topic", 0, TrafficColumns::paintTopic),
                Column.<TopicRow>text("Last payload", PAYLOAD, TrafficColumns::paintPayload)
                        .keep(1),
                Column.<TopicRow>number("msg/s", RATE, TrafficColumns::paintRate).keep(2));
    }

    private static void paintTopic(TopicRow row, Cell cell) {
        cell.text(row.label());
        boolean counts = row.expandable() && (row.depth() == 0 || !row.expanded());
        if (counts) {
            cell.badge(Badge.pill(Presentation.count(row.topicCount())));
        }
        cell.tip(
                row.topic()
                        + "\n"
                        + Presentation.count(row.count(), "message", "messages")
                        + (row.expandable()
                                ? " in " + Presentation.count(row.topicCount(), "topic", "topics")
                                : "")
                        + (row.retained() ? "\nThe broker keeps its last value" : ""));
    }

    private static void paintPayload(TopicRow row, Cell cell) {
        cell.text(row.preview()).mono().tone(Tone.DIM);
    }

    private static void paintRate(TopicRow row, Cell cell) {
        cell.text(Presentation.rate(row.rate())).tone(row.rate() < 0.05 ? Tone.DIM : Tone.NORMAL);
    }

    @Override
    public String path(TopicRow row) {
        return row.topic();
    }

    @Override
    public int depth(TopicRow row) {
        return row.depth();
    }

    @Override
    public boolean isBranch(TopicRow row) {
        return row.expandable();
    }

    @Override
    public boolean isOpen(TopicRow row) {
        return row.expanded();
    }

    @Override
    public String name(TopicRow row) {
        return row.label();
    }
}
