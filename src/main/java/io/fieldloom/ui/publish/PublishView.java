package io.fieldloom.ui.publish;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.mqtt.PublishAnswer;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.PublishGuard;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.UiTasks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * Publishes a message that was typed. On a broker of somebody else the guard asks first; deleting a
 * retained message is always asked for. FX thread only.
 */
public final class PublishView extends StackPane {
    private static final KeyCombination SEND =
            new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);
    private static final double FORM_SHARE = 0.6;

    private final UiKit kit;
    private final PublishGuard guard;
    private final PublishDesk desk;
    private final TopicField topic;
    private final PayloadEditor payload = new PayloadEditor();
    private final ComboBox<Integer> qos = new ComboBox<>();
    private final CheckBox retain = new CheckBox("Retain");
    private final ComboBox<String> broker = new ComboBox<>();
    private final Label message = new Label();
    private final Command send;
    private final SentList history;
    private List<String> brokers = List.of();
    private String defaultBroker = "";
    private int lastNumber;

    public PublishView(UiKit kit, PublishGuard guard, PublishDesk desk) {
        this.kit = kit;
        this.guard = guard;
        this.desk = desk;
        topic = new TopicField(desk);
        history = new SentList(this::reuse);
        send =
                Command.named("publish.send", "Publish", "Publish")
                        .icon(Icon.PUBLISH)
                        .when(this::canSend)
                        .does(this::ask);
        SplitPane split = new SplitPane(form(), history.node());
        split.setDividerPositions(FORM_SHARE);
        getStyleClass().add("publish-view");
        getChildren().add(split);
        topic.node().textProperty().addListener(observable -> check());
        payload.onChange(this::check);
        retain.selectedProperty().addListener(observable -> check());
        broker.valueProperty().addListener(observable -> check());
        addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (SEND.match(event)) {
                        event.consume();
                        send.run();
                    }
                });
        kit.ticker().every(Ticker.CALM, this::pull);
        showBrokers();
        check();
    }

    private Region form() {
        qos.getItems().setAll(0, 1, 2);
        qos.setValue(1);
        qos.setAccessibleText("Quality of service");
        qos.setButtonCell(new QosCell());
        qos.setCellFactory(list -> new QosCell());
        qos.setTooltip(new Tooltip("0: sent once, no answer. 1: at least once. 2: exactly once"));
        retain.setTooltip(new Tooltip("The broker keeps it for those who subscribe later"));
        retain.setMinWidth(Region.USE_PREF_SIZE);
        broker.setAccessibleText("Broker");
        broker.setMinWidth(110);
        Button button = new Button("Publish");
        button.getStyleClass().add("primary");
        button.setTooltip(new Tooltip("Publish  (" + SEND.getDisplayText() + ")"));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.disableProperty().bind(send.disabledProperty());
        button.setOnAction(event -> send.run());
        topic.node().setMinWidth(120);
        qos.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(topic.node(), Priority.ALWAYS);
        HBox line = new HBox(8, topic.node(), qos, retain, broker, button);
        line.setAlignment(Pos.CENTER_LEFT);
        message.setMinWidth(0);
        message.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(message, Priority.ALWAYS);
        HBox below = new HBox(8, message, payload.format());
        below.setAlignment(Pos.CENTER_LEFT);
        VBox.setVgrow(payload.node(), Priority.ALWAYS);
        VBox form = new VBox(6, line, payload.node(), below);
        form.getStyleClass().add("publish-form");
        form.setMinWidth(0);
        return form;
    }

    /** Fills the form, as from a message that was seen, and puts the cursor into its payload. */
    public void fill(String newTopic, String newPayload, int newQos, boolean newRetain) {
        topic.show(newTopic);
        payload.show(newPayload);
        qos.setValue(newQos);
        retain.setSelected(newRetain);
        check();
        payload.node().requestFocus();
    }

    /** Puts the cursor where typing begins. */
    @Override
    public void requestFocus() {
        topic.node().requestFocus();
    }

    private void reuse(Sent sent) {
        if (brokers.contains(sent.broker())) {
            broker.setValue(sent.broker());
        }
        fill(sent.topic(), sent.payload(), sent.qos(), sent.retain());
    }

    private void pull() {
        if (getScene() != null) {
            showBrokers();
            send.refresh();
        }
    }

    /** Offers the project's brokers; what was chosen stays, unless the default changed. */
    private void showBrokers() {
        List<String> now = new ArrayList<>(List.of(Broker.EMBEDDED));
        desk.project().brokers().keySet().stream()
                .filter(name -> !now.contains(name))
                .forEach(now::add);
        String standard = desk.project().defaults().broker();
        if (now.equals(brokers) && standard.equals(defaultBroker)) {
            return;
        }
        boolean moved = !standard.equals(defaultBroker);
        brokers = now;
        defaultBroker = standard;
        String chosen = broker.getValue();
        broker.getItems().setAll(now);
        String wanted = moved || !now.contains(chosen) ? standard : chosen;
        broker.setValue(now.contains(wanted) ? wanted : Broker.EMBEDDED);
    }

    private boolean canSend() {
        return !topic.topic().isEmpty() && topic.fault().isEmpty() && broker.getValue() != null;
    }

    private boolean deletes() {
        return payload.text().isEmpty() && retain.isSelected();
    }

    private void check() {
        send.refresh();
        String fault = topic.fault();
        if (!fault.isEmpty()) {
            say("Topic: " + fault, Tone.BAD);
        } else if (deletes()) {
            say("Empty and retained: this deletes the retained message of the topic", Tone.WARN);
        } else {
            say(payload.words(), payload.tone());
        }
    }

    private void say(String words, Tone tone) {
        message.setText(words);
        message.setTooltip(new Tooltip(words));
        tone.paint(message);
    }

    private void ask() {
        String name = broker.getValue();
        Optional<BrokerUrl> url = desk.url(name);
        if (url.isEmpty()) {
            say(name + " is not running yet. Try again in a moment", Tone.BAD);
            return;
        }
        Publication publication =
                new Publication(
                        topic.topic(),
                        payload.text().getBytes(StandardCharsets.UTF_8),
                        qos.getValue(),
                        retain.isSelected(),
                        null,
                        0);
        String text = payload.text();
        boolean deletes = deletes();
        PublishGuard.Step step =
                new PublishGuard.Step(
                        deletes ? "Delete retained message" : "Publish",
                        deletes
                                ? "This deletes the retained message of " + publication.topic()
                                : "This publishes to " + publication.topic(),
                        name,
                        url.get(),
                        () ->
                                desk.isRetained(name, publication.topic())
                                        ? List.of(publication.topic())
                                        : List.of(),
                        List.of());
        if (!deletes) {
            guard.ask(step, () -> publish(name, publication, text));
        } else if (guard.isOpen(url.get())) {
            confirmDelete(name, publication, () -> publish(name, publication, text));
        } else {
            // the guard's own question names the deletion
            guard.ask(step, () -> publish(name, publication, text));
        }
    }

    private void confirmDelete(String name, Publication publication, Runnable then) {
        kit.dialogs()
                .confirm(
                        "Delete the retained message?",
                        "An empty message that is retained deletes what "
                                + name
                                + " keeps for "
                                + publication.topic()
                                + ". Who subscribes later gets nothing.",
                        "Delete retained message",
                        true,
                        then);
    }

    private void publish(String name, Publication publication, String text) {
        Sent sent =
                new Sent(
                        ++lastNumber,
                        Instant.now(),
                        name,
                        publication.topic(),
                        text,
                        publication.qos(),
                        publication.retain(),
                        "sending…",
                        Tone.DIM);
        history.put(sent);
        kit.tasks()
                .follow(
                        "Publishing to " + publication.topic(),
                        desk.send(name, publication),
                        code -> history.put(answered(sent, new PublishAnswer(code, publication))),
                        failure ->
                                history.put(
                                        sent.with(
                                                new UiTasks.Failure("", failure).words(),
                                                Tone.BAD)));
    }

    private static Sent answered(Sent sent, PublishAnswer answer) {
        return sent.with(answer.words(), answer.isTaken() ? Tone.OK : Tone.BAD);
    }

    /** Says {@code QoS 1}. */
    private static final class QosCell extends javafx.scene.control.ListCell<Integer> {
        @Override
        protected void updateItem(Integer level, boolean isEmpty) {
            super.updateItem(level, isEmpty);
            setText(isEmpty || level == null ? "" : "QoS " + level);
        }
    }
}
