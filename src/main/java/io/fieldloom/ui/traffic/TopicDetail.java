package io.fieldloom.ui.traffic;

import io.fieldloom.engine.payload.DecodedPayload.Encoding;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.engine.traffic.TopicRow;
import io.fieldloom.engine.traffic.TopicView;
import io.fieldloom.engine.traffic.TrafficStore;
import io.fieldloom.ui.kit.UiTasks;
import io.fieldloom.ui.kit.rows.RowCopy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * One topic: its payload with what changed, a number over time, and the messages that are kept.
 * Pulls once a beat, whatever the rate; stands still on a message that was chosen from the history.
 * FX thread only.
 */
final class TopicDetail {
    private static final String NOTHING_YET = "No message yet";
    private static final String GONE =
            "The topic is gone: its retained value was deleted, and no message came since.";
    private static final double HISTORY_SHARE = 0.45;

    /** Below that there is no room for chart and history both. */
    private static final double ROOMY = 330;

    private final TrafficStore store;
    private final InstantSource clock;
    private final TopicHeader header;
    private final TopicChart chart = new TopicChart();
    private final PayloadPane payload;
    private final HistoryList history = new HistoryList(this::freeze, this::compareWith);
    private final Label standing = new Label();
    private final Button follow = new Button("Follow");
    private final HBox standLine = new HBox(8, standing, follow);
    private final SplitPane withHistory = new SplitPane();
    private final VBox body = new VBox();
    private final VBox box = new VBox();
    private String topic;
    private TopicView view;
    private Message last;
    private long count;
    private HistoryList.Entry frozen;
    private HistoryList.Entry base;
    private boolean still;
    private String none = NOTHING_YET;

    TopicDetail(TrafficStore store, UiTasks tasks, InstantSource clock, Runnable onClose) {
        this.store = store;
        this.clock = clock;
        header = new TopicHeader(this::copyPayload, this::arrange, onClose);
        payload = new PayloadPane(tasks, page -> showFacts(), this::chartField);
        box.getStyleClass().add("detail");
        box.setMinHeight(0);
        withHistory.setOrientation(Orientation.VERTICAL);
        withHistory.setDividerPositions(HISTORY_SHARE);
        VBox.setVgrow(withHistory, Priority.ALWAYS);
        VBox.setVgrow(payload, Priority.ALWAYS);
        VBox.setVgrow(body, Priority.ALWAYS);
        body.setMinHeight(0);
        standing.setMinWidth(0);
        standing.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(standing, Priority.ALWAYS);
        follow.getStyleClass().add("link");
        follow.setMinWidth(Region.USE_PREF_SIZE);
        follow.setOnAction(event -> release());
        standLine.getStyleClass().add("column-note");
        standLine.setMinHeight(Region.USE_PREF_SIZE);
        box.getChildren().addAll(header.node(), body);
        box.heightProperty().addListener((height, before, now) -> arrange());
    }

    Node node() {
        return box;
    }

    /** Shows another topic. */
    void show(String other) {
        if (other.equals(topic)) {
            return;
        }
        topic = other;
        none = NOTHING_YET;
        store.lookAt(other);
        frozen = null;
        base = null;
        history.release();
        header.topic(other);
        payload.begin();
        restart();
        pull();
    }

    /** Shows nothing any more. */
    void forget() {
        topic = null;
        frozen = null;
        base = null;
        history.release();
        restart();
        arrange();
    }

    /** Shows a branch, which has no message of its own. */
    void showBranch(TopicRow row) {
        if (topic == null || !topic.equals(row.topic())) {
            topic = row.topic();
            header.topic(topic);
            restart();
            arrange();
        }
        header.branch(row);
        payload.say("Messages come to the topics below. Choose one.");
    }

    /** All that is shown is pulled again. */
    private void restart() {
        view = null;
        last = null;
        count = 0;
        header.blank();
        chart.start(List.of());
    }

    private boolean hasRoom() {
        return box.getHeight() <= 0 || box.getHeight() >= ROOMY;
    }

    private void arrange() {
        boolean listed = header.wantsHistory() && view != null;
        List<Node> parts = new ArrayList<>();
        if (chart.isWorthALook() && (!listed || hasRoom())) {
            parts.add(chart.node());
        }
        if (frozen != null || base != null) {
            parts.add(standLine);
        }
        if (listed) {
            if (withHistory.getItems().isEmpty()) {
                withHistory.getItems().setAll(payload, history.node());
                showHistory(store.history(topic));
            }
            parts.add(withHistory);
        } else {
            withHistory.getItems().clear();
            parts.add(payload);
        }
        if (!parts.equals(body.getChildren())) {
            body.getChildren().setAll(parts);
        }
    }

    /** Lets it stand still, or follow again. */
    void pause(boolean pause) {
        still = pause;
    }

    /** Shows the newest message, if there is one. */
    void pull() {
        if (topic == null || still && view != null) {
            return;
        }
        Optional<TopicView> found = store.topic(topic);
        if (found.isEmpty()) {
            if (view != null) {
                none = TopicWords.deletes(last) ? GONE : NOTHING_YET;
                restart();
                arrange();
            }
            payload.say(none);
            return;
        }
        TopicView now = found.get();
        boolean isNew = view == null || now.count() != count;
        boolean wasCleared = view != null && now.count() < count;
        view = now;
        if (isNew) {
            take(wasCleared);
        }
        header.numbers(shownMessage(), view, clock.instant());
    }

    private void take(boolean wasCleared) {
        List<Message> kept = store.history(topic);
        boolean isFirst = last == null || wasCleared;
        if (isFirst) {
            chart.start(kept);
        } else {
            kept.subList(firstNew(kept), kept.size()).forEach(chart::add);
        }
        chart.repaint();
        count = view.count();
        last = kept.get(kept.size() - 1);
        header.history(kept.size());
        arrange();
        if (!withHistory.getItems().isEmpty()) {
            showHistory(kept);
        }
        if (frozen == null) {
            showLast(kept);
        }
    }

    /** Messages have no number: those behind the one that was the last are new. */
    private int firstNew(List<Message> kept) {
        for (int at = kept.size() - 1; at >= 0; at--) {
            if (kept.get(at).equals(last)) {
                return at + 1;
            }
        }
        return 0;
    }

    private void showHistory(List<Message> kept) {
        history.show(kept);
    }

    private void showLast(List<Message> kept) {
        if (!view.payloadKept()) {
            payload.say("The payload was not kept: the memory for payloads is full.");
            return;
        }
        byte[] before = kept.size() < 2 ? null : kept.get(kept.size() - 2).payload();
        payload.show(last.payload(), base == null ? before : base.message().payload());
        showFacts();
    }

    private Message shownMessage() {
        return frozen == null ? last : frozen.message();
    }

    private void showFacts() {
        if (view != null && last != null) {
            Encoding encoding = payload.page().encoding();
            header.message(shownMessage(), encoding, view);
        }
    }

    private void freeze(HistoryList.Entry entry) {
        frozen = entry;
        stand();
    }

    private void compareWith(HistoryList.Entry entry) {
        base = entry;
        stand();
    }

    private void release() {
        frozen = null;
        base = null;
        history.release();
        stand();
    }

    /** Shows what was chosen, and how to get on. */
    private void stand() {
        String words = "";
        if (frozen != null) {
            words = "Message of " + Times.local(frozen.message().time());
        }
        if (base != null) {
            words += words.isEmpty() ? "Compared" : ", compared";
            words += " with " + Times.local(base.message().time());
        }
        standing.setText(words);
        arrange();
        if (view == null) {
            return;
        }
        if (frozen == null) {
            showLast(store.history(topic));
        } else {
            payload.show(
                    frozen.message().payload(),
                    base == null ? frozen.before() : base.message().payload());
            showFacts();
        }
        header.numbers(shownMessage(), view, clock.instant());
    }

    private void chartField(String way) {
        if (topic != null && chart.choose(way, store.history(topic))) {
            arrange();
        }
    }

    private void copyPayload() {
        if (view != null) {
            RowCopy.put(PayloadWords.copied(shownMessage().payload()));
        }
    }
}
