package io.fieldloom.ui.traffic;

import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.engine.payload.DecodedPayload.Encoding;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.engine.traffic.TopicRow;
import io.fieldloom.engine.traffic.TopicView;
import io.fieldloom.ui.kit.Badge;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.rows.RowCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The two lines above a topic's payload: which topic, and what its message is. FX thread only. */
final class TopicHeader {
    private static final int NAME_LEVELS = 2;

    private final Label name = new Label();
    private final Tooltip nameTip = new Tooltip();
    private final Label facts = new Label();
    private final Tooltip factsTip = new Tooltip();
    private final Label origin = Badge.warning("").label();
    private final Label numbers = new Label();
    private final Tooltip numbersTip = new Tooltip();
    private final ToggleButton history = new ToggleButton("History");
    private final HBox second;
    private final VBox box;
    private String topic = "";

    TopicHeader(Runnable copyPayload, Runnable onHistory, Runnable onClose) {
        name.getStyleClass().add("mono");
        name.setMinWidth(60);
        name.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        name.setTooltip(nameTip);
        facts.setMaxWidth(Double.MAX_VALUE);
        facts.setAlignment(Pos.CENTER_RIGHT);
        HBox.setHgrow(facts, Priority.ALWAYS);
        facts.getStyleClass().add("dim");
        facts.setMinWidth(Region.USE_PREF_SIZE);
        facts.setTooltip(factsTip);
        Button copyTopic = icon(Icon.COPY, "Copy the topic", () -> RowCopy.put(topic));
        Button close = icon(Icon.CLOSE, "Close", onClose);
        HBox first = new HBox(4, name, copyTopic, facts, close);
        first.getStyleClass().add("detail-header");
        numbers.getStyleClass().add("dim");
        numbers.setMinWidth(0);
        numbers.setMaxWidth(Double.MAX_VALUE);
        numbers.setTooltip(numbersTip);
        HBox.setHgrow(numbers, Priority.ALWAYS);
        origin.setMinWidth(Region.USE_PREF_SIZE);
        origin.setTooltip(
                new Tooltip("This value does not come from the real device; its sender says so"));
        history.getStyleClass().add("quiet");
        history.setMinWidth(Region.USE_PREF_SIZE);
        history.setTooltip(new Tooltip("Show the messages that are kept of this topic"));
        history.setOnAction(event -> onHistory.run());
        Button copy = new Button("Copy");
        copy.getStyleClass().add("quiet");
        copy.setMinWidth(Region.USE_PREF_SIZE);
        copy.setTooltip(new Tooltip("Copy the payload as it came; bytes in base64"));
        copy.setOnAction(event -> copyPayload.run());
        second = new HBox(4, origin, numbers, copy, history);
        second.getStyleClass().add("topic-numbers");
        box = new VBox(first, second);
        box.setMinHeight(Region.USE_PREF_SIZE);
    }

    private static Button icon(Icon icon, String words, Runnable action) {
        Button button = new Button();
        button.setGraphic(icon.node());
        button.getStyleClass().add("ghost");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setTooltip(new Tooltip(words));
        button.setAccessibleText(words);
        button.setOnAction(event -> action.run());
        return button;
    }

    Node node() {
        return box;
    }

    boolean wantsHistory() {
        return history.isSelected();
    }

    void topic(String whole) {
        topic = whole;
        List<String> levels = Topic.levels(whole);
        int from = Math.max(0, levels.size() - NAME_LEVELS);
        name.setText(String.join("/", levels.subList(from, levels.size())));
        nameTip.setText(whole);
    }

    /** Says nothing: no message came yet. */
    void blank() {
        set(facts, "");
        set(numbers, "");
        factsTip.setText("");
        numbersTip.setText("");
        origin.setManaged(false);
        origin.setVisible(false);
    }

    /** Says what a message is. */
    void message(Message message, Encoding encoding, TopicView view) {
        String kept = message.retained() ? " · retained" : " · live";
        boolean deletes = TopicWords.deletes(message) && view.payloadKept();
        set(
                facts,
                (deletes ? TopicWords.DELETED : word(encoding))
                        + " · QoS "
                        + message.qos()
                        + (deletes ? "" : kept));
        factsTip.setText(TopicWords.retained(view));
        boolean unreal = message.origin() != null;
        origin.setManaged(unreal);
        origin.setVisible(unreal);
        origin.setText(unreal ? message.origin() : "");
        numbersTip.setText(
                "Received "
                        + Times.local(message.time())
                        + "\n"
                        + Times.utc(message.time())
                        + "\nFirst seen "
                        + Times.local(view.firstTime())
                        + ", "
                        + Presentation.count(view.count(), "message", "messages")
                        + " since");
    }

    private static String word(Encoding encoding) {
        return switch (encoding) {
            case JSON -> "JSON";
            case TEXT -> "Text";
            case BINARY -> "Binary";
            case EMPTY -> "Empty";
        };
    }

    /** Size, age and rate; they move even when no message comes. */
    void numbers(Message message, TopicView view, Instant now) {
        Duration age = Duration.between(message.time(), now);
        set(
                numbers,
                Presentation.bytes(message.payload().length)
                        + " · "
                        + Presentation.age(age)
                        + " ago · "
                        + Presentation.rate(view.rate())
                        + " msg/s");
    }

    void history(int kept) {
        String text = kept < 2 ? "History" : "History " + Presentation.count(kept);
        if (!text.equals(history.getText())) {
            history.setText(text);
        }
        second.setVisible(true);
        second.setManaged(true);
    }

    /** A branch has no message of its own. */
    void branch(TopicRow row) {
        set(
                facts,
                Presentation.count(row.topicCount(), "topic", "topics")
                        + " · "
                        + Presentation.rate(row.rate())
                        + " msg/s");
        factsTip.setText(Presentation.count(row.count(), "message", "messages") + " so far");
        second.setVisible(false);
        second.setManaged(false);
    }

    private static void set(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
        }
    }
}
