package io.fieldloom.ui.publish;

import io.fieldloom.domain.namespace.Topic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import org.controlsfx.control.textfield.AutoCompletionBinding;
import org.controlsfx.control.textfield.TextFields;

/** The topic to publish to, completed from the design and from what was seen. */
final class TopicField {
    private static final int MOST = 12;

    private final TextField field = new TextField();
    private final PublishDesk desk;

    TopicField(PublishDesk desk) {
        this.desk = desk;
        field.setPromptText("Topic, e.g. acme/prague/bottling/line-1/state");
        field.setAccessibleText("Topic");
        field.getStyleClass().add("mono");
        field.setTooltip(new Tooltip("Where the message goes; no wildcards"));
        AutoCompletionBinding<String> completion =
                TextFields.bindAutoCompletion(field, request -> suggestions(request.getUserText()));
        completion.setVisibleRowCount(8);
        completion.setDelay(120);
        completion.prefWidthProperty().bind(field.widthProperty());
    }

    TextField node() {
        return field;
    }

    String topic() {
        return field.getText();
    }

    void show(String topic) {
        field.setText(topic);
    }

    /** Why it cannot be published to; empty when it can, and while nothing is typed. */
    String fault() {
        return field.getText().isEmpty() ? "" : Topic.fault(field.getText()).orElse("");
    }

    /** Topics of the design first, for they are what is meant; on a background thread. */
    private List<String> suggestions(String typed) {
        String wanted = typed.strip();
        if (wanted.isEmpty()) {
            return List.of();
        }
        Set<String> found = new LinkedHashSet<>();
        for (String topic : desk.project().mappings().tailMap(wanted, true).keySet()) {
            if (!topic.startsWith(wanted) || found.size() >= MOST) {
                break;
            }
            found.add(topic);
        }
        String lower = wanted.toLowerCase(Locale.ROOT);
        for (String topic : desk.topicsSeen(wanted, MOST)) {
            if (topic.toLowerCase(Locale.ROOT).contains(lower)) {
                found.add(topic);
            }
        }
        boolean complete = found.size() == 1 && found.contains(wanted);
        return complete
                ? List.of()
                : new ArrayList<>(found).subList(0, Math.min(MOST, found.size()));
    }
}
