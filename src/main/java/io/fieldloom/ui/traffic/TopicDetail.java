package io.fieldloom.ui.traffic;

import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.engine.traffic.TopicView;
import io.fieldloom.engine.traffic.TrafficStore;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.code.CodeView;
import io.fieldloom.ui.kit.code.PayloadText;
import io.fieldloom.ui.kit.rows.RowCopy;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * One topic: its payload laid out, with the values before, its numbers over time, and the messages
 * that are kept. Pulls once a beat, whatever the rate. FX thread only.
 */
final class TopicDetail {
    private static final int NAME_LEVELS = 2;
    private static final double LEAST_NAME = 180;
    private static final double CHARACTER = 7.2;
    private static final String RETAINED = " · retained";

    private final TrafficStore store;
    private final VBox box = new VBox();
    private final Label name = new Label();
    private final Label facts = new Label();
    private final ToggleButton historyToggle = new ToggleButton();
    private final CodeView payload = new CodeView("Payload");
    private final TopicCharts charts = new TopicCharts();
    private final HistoryList history = new HistoryList(this::showEntry);
    private final SplitPane withHistory = new SplitPane();
    private final VBox body = new VBox();
    private String topic;
    private long count;
    private boolean still;
    private boolean following = true;

    /**
     * @param clear deletes the retained message of a topic
     */
    TopicDetail(TrafficStore store, Consumer<String> clear) {
        this.store = store;
        box.getStyleClass().add("detail");
        box.setMinHeight(0);
        name.getStyleClass().add("mono");
        facts.getStyleClass().add("dim");
        facts.setMinWidth(0);
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        historyToggle.setGraphic(Icon.HISTORY.node());
        historyToggle.getStyleClass().add("ghost");
        historyToggle.setAccessibleText("History");
        historyToggle.setTooltip(new Tooltip("Show the messages that are kept of this topic"));
        historyToggle.setMinWidth(Region.USE_PREF_SIZE);
        historyToggle.setOnAction(
                event -> {
                    following = true;
                    arrange();
                });
        Button copy = icon(Icon.COPY, "Copy the payload", () -> RowCopy.put(payload.text()));
        Button delete = icon(Icon.TRASH, "Delete the retained message", () -> clear.accept(topic));
        delete.visibleProperty().bind(facts.textProperty().map(text -> text.contains(RETAINED)));
        delete.managedProperty().bind(delete.visibleProperty());
        HBox header = new HBox(4, name, facts, historyToggle, copy, delete);
        header.getStyleClass().add("detail-header");
        withHistory.setOrientation(Orientation.VERTICAL);
        VBox.setVgrow(body, Priority.ALWAYS);
        VBox.setVgrow(payload, Priority.ALWAYS);
        VBox.setVgrow(withHistory, Priority.ALWAYS);
        payload.setMinHeight(40);
        charts.node().setMinHeight(70);
        charts.node().setPrefHeight(112);
        box.getChildren().addAll(header, body);
    }

    private static Button icon(Icon icon, String words, Runnable action) {
        Button button = new Button();
        button.setGraphic(icon.node());
        button.getStyleClass().add("ghost");
        button.setTooltip(new Tooltip(words));
        button.setAccessibleText(words);
        button.setOnAction(event -> action.run());
        return button;
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
        store.lookAt(other);
        List<String> levels = Topic.levels(other);
        int from = Math.max(0, levels.size() - NAME_LEVELS);
        name.setText(String.join("/", levels.subList(from, levels.size())));
        name.setTooltip(new Tooltip(other));
        name.setMinWidth(Math.min(LEAST_NAME, name.getText().length() * CHARACTER));
        count = 0;
        following = true;
        charts.start(store.history(other));
        arrange();
        pull();
    }

    private void arrange() {
        body.getChildren().clear();
        if (historyToggle.isSelected()) {
            withHistory.getItems().setAll(history.node(), payload);
            body.getChildren().add(withHistory);
            count = 0;
            pull();
        } else {
            withHistory.getItems().clear();
            if (charts.hasNumbers()) {
                body.getChildren().add(charts.node());
            }
            body.getChildren().add(payload);
        }
    }

    /** Lets it stand still, or follow again. */
    void pause(boolean pause) {
        still = pause;
        count = pause ? count : 0;
    }

    /** Shows the newest message, if there is one. */
    void pull() {
        if (topic == null || still && count > 0) {
            return;
        }
        Optional<TopicView> view = store.topic(topic);
        if (view.isEmpty()) {
            payload.show(List.of());
            facts.setText("no message yet");
            return;
        }
        TopicView now = view.get();
        if (now.count() != count) {
            follow(now);
        }
    }

    private void follow(TopicView now) {
        long fresh = now.count() - count;
        boolean restarted = fresh < 0 || count == 0;
        count = now.count();
        List<Message> kept = store.history(topic);
        if (restarted) {
            boolean had = charts.hasNumbers();
            charts.start(kept);
            if (had != charts.hasNumbers() && !historyToggle.isSelected()) {
                arrange();
            }
        } else {
            kept.stream().skip(Math.max(0, kept.size() - fresh)).forEach(charts::add);
        }
        charts.repaint();
        Message last = now.last();
        byte[] before = kept.size() < 2 ? null : kept.get(kept.size() - 2).payload();
        PayloadText.Layout layout = PayloadText.of(last.payload(), before);
        facts.setText(facts(layout.kind(), last, now));
        if (historyToggle.isSelected()) {
            history.show(kept, now.count());
        }
        if (following) {
            payload.show(layout.runs());
        }
    }

    private static String facts(PayloadText.Kind kind, Message last, TopicView view) {
        String what = view.payloadKept() ? kind.word() : "not kept";
        String origin = last.origin() == null ? "" : " · " + last.origin();
        return what + " · QoS " + last.qos() + (view.retained() ? RETAINED : "") + origin;
    }

    private void showEntry(HistoryList.Entry entry) {
        following = false;
        payload.show(PayloadText.of(entry.message().payload(), entry.before()).runs());
    }
}
