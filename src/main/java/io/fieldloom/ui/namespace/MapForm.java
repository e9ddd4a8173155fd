package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/**
 * Asks to which topic a tag is to be mapped, or below which one objects and several tags are. It
 * proposes one, so that Enter is enough, and completes levels that are there. FX thread only.
 */
final class MapForm {
    private static final int MOST_LEVELS = 6;
    private static final int MOST_NAMED = 4;

    /** More tags than these are not planned with every key. */
    private static final int MOST_PLANNED = 500;

    private final NamespaceServices services;
    private final NamespaceRows index;
    private final Dragged dragged;
    private final String proposed;
    private final TextField topic = new TextField();
    private final FlowPane levels = new FlowPane(6, 2);
    private final Label remark = new Label();
    private Button action;

    /**
     * @param parent the level that is proposed, empty for the top
     */
    MapForm(NamespaceServices services, NamespaceRows index, Dragged dragged, String parent) {
        this.services = services;
        this.index = index;
        this.dragged = dragged;
        proposed = isForOne() ? topicBelow(parent) : parent;
        topic.getStyleClass().add("mono");
        topic.setText(proposed);
        remark.setWrapText(true);
        levels.setMinHeight(22);
        topic.textProperty().addListener(observable -> look());
        topic.caretPositionProperty().addListener(observable -> showLevels());
        topic.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    /** Whether the whole topic is asked for, and not only the level above. */
    boolean isForOne() {
        return dragged.items().size() == 1 && !dragged.items().get(0).branch();
    }

    void show(Consumer<String> then) {
        Label prompt = new Label(isForOne() ? "Its topic" : "Below which topic?");
        prompt.setLabelFor(topic);
        topic.setAccessibleText(prompt.getText());
        VBox content = new VBox(6, prompt, topic, levels, remark);
        DialogPane dialog = new DialogPane("Map " + dragged.words(), content);
        dialog.cancelButton("Cancel");
        action = dialog.actionButton("Map", () -> then.accept(wanted()));
        dialog.focusFirst(topic);
        look();
        services.kit().dialogs().show(dialog);
        // The name is what one types over; the levels before it mostly stay.
        topic.selectRange(isForOne() ? proposed.lastIndexOf('/') + 1 : 0, proposed.length());
    }

    /** The topic that the naming rules give the first of the tags below another one. */
    private String topicBelow(String parent) {
        DeviceItem first = dragged.items().get(0);
        List<Mapping> made =
                TagMapping.plan(project(), dragged.items(), List.of(first), parent).mappings();
        return made.isEmpty() ? Topic.child(parent, name()) : made.get(0).topic();
    }

    private Project project() {
        return services.editor().project();
    }

    /** What is meant: behind a last slash comes the tag's own name. */
    private String wanted() {
        String text = topic.getText().strip();
        if (!text.endsWith("/")) {
            return text;
        }
        String above = text.substring(0, text.length() - 1);
        return isForOne() ? Topic.child(above, name()) : above;
    }

    private String name() {
        return TagMapping.level(dragged.items().get(0).name());
    }

    private void look() {
        String text = wanted();
        Optional<String> fault = fault(text);
        // What nobody has typed yet is no mistake of theirs.
        boolean typed = !text.equals(proposed);
        action.setDisable(fault.isPresent());
        (fault.isPresent() && typed ? Tone.BAD : Tone.DIM).paint(remark);
        remark.setText(fault.map(Presentation::sentence).orElseGet(() -> outcome(text)));
        showLevels();
    }

    private Optional<String> fault(String text) {
        if (!isForOne()) {
            return text.isEmpty() ? Optional.empty() : Topic.fault(text);
        }
        Mapping there = project().mappings().get(text);
        if (there == null) {
            return Topic.fault(text);
        }
        boolean same = there.source().equals(dragged.items().get(0).ref());
        return Optional.of(
                same
                        ? "it is mapped there already; choose another name to map it twice"
                        : "it carries " + SourceName.of(there.source()) + " already");
    }

    private String outcome(String text) {
        if (isForOne()) {
            boolean numbered = text.equals(proposed) && !Topic.name(text).equals(name());
            return numbered
                    ? name() + " is taken there, hence the number"
                    : topic.getText().strip().equals(text) ? "" : "It becomes " + text;
        }
        List<DeviceItem> items = dragged.items();
        if (items.size() > MOST_PLANNED || items.stream().anyMatch(DeviceItem::branch)) {
            return "They become " + Topic.child(text, name()) + "/…, those taken with a number";
        }
        return planned(text, items);
    }

    /** The very topics that result: a name that is taken gets a number. */
    private String planned(String parent, List<DeviceItem> items) {
        TagMapping.Plan plan = TagMapping.plan(project(), items, items, parent);
        Set<String> plain = new HashSet<>();
        items.forEach(item -> plain.add(TagMapping.level(item.name())));
        List<String> names = new ArrayList<>();
        List<String> numbered = new ArrayList<>();
        for (Mapping each : plan.mappings()) {
            String name = Topic.name(each.topic());
            (plain.contains(name) ? names : numbered).add(name);
        }
        StringBuilder words = new StringBuilder();
        if (!names.isEmpty()) {
            words.append("They become ").append(Topic.child(parent, listed(names))).append(". ");
        }
        if (!numbered.isEmpty()) {
            words.append("With a number, for the name is taken: ")
                    .append(listed(numbered))
                    .append(". ");
        }
        if (plan.there() > 0) {
            words.append(Presentation.count(plan.there())).append(" mapped there already. ");
        }
        return words.toString().strip();
    }

    private static String listed(List<String> names) {
        int rest = names.size() - MOST_NAMED;
        return String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())))
                + (rest > 0 ? " and " + Presentation.count(rest) + " more" : "");
    }

    /** What is typed up to the cursor, from its last slash on, is a level that may be there. */
    private void showLevels() {
        String typed = typed();
        List<String> found = found(typed);
        levels.getChildren().clear();
        for (String name : found) {
            Button level = new Button(name);
            level.getStyleClass().add("link");
            level.setFocusTraversable(false);
            level.setOnAction(event -> take(name));
            levels.getChildren().add(level);
        }
        if (!found.isEmpty()) {
            Label how = new Label("Tab takes the first");
            how.getStyleClass().add("dim");
            levels.getChildren().add(how);
        }
    }

    private List<String> found(String typed) {
        String beginning = Topic.name(typed);
        return index.levels(Topic.parent(typed), beginning, MOST_LEVELS).stream()
                .filter(name -> !name.equals(beginning))
                .toList();
    }

    private String typed() {
        // The cursor follows a shorter text a moment later.
        int end = Math.min(topic.getCaretPosition(), topic.getLength());
        return topic.getText().substring(0, end);
    }

    private void key(KeyEvent event) {
        if (event.getCode() != KeyCode.TAB || event.isShiftDown()) {
            return;
        }
        List<String> found = found(typed());
        if (!found.isEmpty()) {
            event.consume();
            take(found.get(0));
        }
    }

    /** Completes a level and goes on behind it, for the next one. */
    private void take(String name) {
        String typed = typed();
        int slash = topic.getText().indexOf('/', typed.length());
        String rest = slash < 0 ? "/" : topic.getText().substring(slash);
        String before = Topic.child(Topic.parent(typed), name);
        topic.setText(before + rest);
        topic.positionCaret(before.length() + 1);
        topic.requestFocus();
    }
}
