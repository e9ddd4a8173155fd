package io.fieldloom.ui.traffic;

import io.fieldloom.engine.traffic.TopicRow;
import io.fieldloom.engine.traffic.TrafficStore;
import io.fieldloom.ui.kit.Badge;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.Mark;
import io.fieldloom.ui.kit.rows.RowShape;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** How rows of traffic are drawn. A payload that just came is bright for a moment. */
final class TrafficColumns implements RowShape<TopicRow> {
    private static final double PAYLOAD = 128;
    private static final double RATE = 52;
    private static final long FRESH_MILLIS = 350;

    private final TrafficStore store;
    private final InstantSource clock;

    TrafficColumns(TrafficStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    List<Column<TopicRow>> columns() {
        return List.of(
                Column.text("Topic", 0, this::paintTopic),
                Column.<TopicRow>text("Last payload", PAYLOAD, this::paintPayload).keep(2),
                Column.<TopicRow>number("msg/s", RATE, TrafficColumns::paintRate).keep(1));
    }

    private void paintTopic(TopicRow row, Cell cell) {
        cell.text(row.label()).tone(row.deleted() ? Tone.DIM : Tone.NORMAL);
        if (row.retained()) {
            cell.mark(Mark.DOT, Tone.OFF);
        }
        if (row.expandable()) {
            cell.badge(Badge.pill(Presentation.count(row.topicCount())));
        }
        cell.tip(() -> tip(row));
    }

    private void paintPayload(TopicRow row, Cell cell) {
        if (row.deleted()) {
            cell.text(TopicWords.DELETED).tone(Tone.DIM);
            return;
        }
        cell.text(row.preview()).mono().tone(isFresh(row) ? Tone.NORMAL : Tone.DIM);
    }

    private boolean isFresh(TopicRow row) {
        return clock.millis() - row.lastTime().toEpochMilli() < FRESH_MILLIS;
    }

    private static void paintRate(TopicRow row, Cell cell) {
        cell.text(Presentation.rate(row.rate())).tone(row.rate() < 0.05 ? Tone.DIM : Tone.NORMAL);
    }

    private String tip(TopicRow row) {
        StringBuilder words = new StringBuilder(row.topic()).append('\n');
        words.append(Presentation.count(row.count(), "message", "messages"));
        if (row.expandable()) {
            words.append(" in ").append(Presentation.count(row.topicCount(), "topic", "topics"));
        }
        words.append(", the last ")
                .append(Presentation.age(Duration.between(row.lastTime(), clock.instant())))
                .append(" ago");
        if (row.isTopic()) {
            store.topic(row.topic())
                    .ifPresent(
                            view ->
                                    words.append("\nFirst seen ")
                                            .append(Times.local(view.firstTime()))
                                            .append('\n')
                                            .append(TopicWords.retained(view)));
        }
        return words.toString();
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
