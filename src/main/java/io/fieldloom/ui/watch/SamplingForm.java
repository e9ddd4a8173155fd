package io.fieldloom.ui.watch;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.tag.Deadband;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.Monitoring;
import io.fieldloom.domain.tag.WatchEntry;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Tone;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/**
 * How watched tags are sampled: interval, and what an OPC UA server does with their monitored
 * items. An empty field leaves it to the tag and its device.
 */
final class SamplingForm {
    private static final int MOST_QUEUED = 1_000_000;

    private final WatchServices services;
    private final List<WatchEntry> entries;
    private final TextField interval = new TextField();
    private final TextField queue = new TextField();
    private final TextField deadband = new TextField();
    private final ComboBox<Monitoring.Discard> discard = new ComboBox<>();
    private final ComboBox<Monitoring.Trigger> trigger = new ComboBox<>();
    private final Label fault = new Label();
    private Button apply;

    /**
     * @param entries at least one; all get the same
     */
    SamplingForm(WatchServices services, List<WatchEntry> entries) {
        this.services = services;
        this.entries = List.copyOf(entries);
    }

    void show() {
        deadband.setId("deadband");
        discard.getItems().add(null);
        discard.getItems().addAll(Monitoring.Discard.values());
        discard.setConverter(words(SamplingForm::words));
        trigger.getItems().add(null);
        trigger.getItems().addAll(Monitoring.Trigger.values());
        trigger.setConverter(words(SamplingForm::words));
        fill();
        fault.setWrapText(true);
        Tone.BAD.paint(fault);
        VBox lines = new VBox(10, named("Sampling interval", interval));
        if (anyOpcUa()) {
            HBox first = new HBox(10, named("Queue size", queue), named("A full queue", discard));
            HBox second =
                    new HBox(10, named("Deadband", deadband), named("Reported when", trigger));
            lines.getChildren().addAll(first, second);
        }
        lines.getChildren().add(fault);
        DialogPane dialog =
                new DialogPane(
                        entries.size() == 1
                                ? "Sampling of " + entries.get(0).name()
                                : "Sampling of " + entries.size() + " tags",
                        lines);
        dialog.cancelButton("Cancel");
        apply = dialog.actionButton("Apply", this::apply);
        dialog.focusFirst(interval);
        for (TextField field : List.of(interval, queue, deadband)) {
            field.textProperty().addListener(observable -> check());
        }
        check();
        services.kit().dialogs().show(dialog);
    }

    private boolean anyOpcUa() {
        return entries.stream()
                .map(entry -> services.project().get().devices().get(entry.source().device()))
                .filter(Objects::nonNull)
                .anyMatch(Device::isOpcUa);
    }

    private void fill() {
        interval.setPromptText("as its device, such as 250ms or 1s");
        queue.setPromptText("10");
        deadband.setPromptText("none, such as 0.5 or 5%");
        Duration every = common(WatchEntry::interval);
        interval.setText(every == null ? "" : Durations.format(every));
        Integer size = common(entry -> entry.monitoring().queue());
        queue.setText(size == null ? "" : size.toString());
        Deadband band = common(entry -> entry.monitoring().deadband());
        deadband.setText(band == null ? "" : band.toString());
        discard.setValue(common(entry -> entry.monitoring().discard()));
        trigger.setValue(common(entry -> entry.monitoring().trigger()));
    }

    /** What all have; null where they differ. */
    private <T> T common(Function<WatchEntry, T> part) {
        T first = part.apply(entries.get(0));
        return entries.stream().allMatch(entry -> Objects.equals(first, part.apply(entry)))
                ? first
                : null;
    }

    private static VBox named(String text, Node field) {
        Label label = new Label(text);
        label.getStyleClass().add("dim");
        label.setLabelFor(field);
        field.setAccessibleText(text);
        if (field instanceof ComboBox<?> box) {
            box.setMaxWidth(Double.MAX_VALUE);
        }
        VBox both = new VBox(4, label, field);
        both.setPrefWidth(200);
        HBox.setHgrow(both, Priority.ALWAYS);
        return both;
    }

    private static String words(Monitoring.Discard discard) {
        return discard == Monitoring.Discard.OLDEST ? "drops its oldest" : "replaces its newest";
    }

    private static String words(Monitoring.Trigger trigger) {
        return switch (trigger) {
            case STATUS -> "the status changes";
            case VALUE -> "value or status changes";
            case TIMESTAMP -> "value, status or time changes";
        };
    }

    private static <T> StringConverter<T> words(Function<T, String> words) {
        return new StringConverter<>() {
            @Override
            public String toString(T word) {
                return word == null ? "as usual" : words.apply(word);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("the choice is not typed");
            }
        };
    }

    private void check() {
        String wrong = "";
        try {
            interval();
            monitoring();
        } catch (MalformedException e) {
            wrong = e.getMessage();
        }
        fault.setText(wrong);
        apply.setDisable(!wrong.isEmpty());
    }

    private Duration interval() {
        String text = interval.getText().strip();
        if (text.isEmpty()) {
            return null;
        }
        Duration every = Durations.parse(text);
        if (every.isZero()) {
            throw new MalformedException("an interval is longer than nothing");
        }
        return every;
    }

    private Monitoring monitoring() {
        String size = queue.getText().strip();
        String band = deadband.getText().strip();
        return new Monitoring(
                size.isEmpty() ? null : size(size),
                discard.getValue(),
                band.isEmpty() ? null : Deadband.parse(band),
                trigger.getValue());
    }

    private static int size(String text) {
        if (!text.matches("\\d{1,7}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > MOST_QUEUED) {
            throw new MalformedException(
                    "a queue size is a number from 1 to 1,000,000, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private void apply() {
        Duration every = interval();
        Monitoring wishes = monitoring();
        List<Edit> edits =
                entries.stream()
                        .<Edit>map(
                                entry ->
                                        new Edit.PutWatch(
                                                new WatchEntry(
                                                        entry.name(),
                                                        entry.source(),
                                                        every,
                                                        wishes)))
                        .toList();
        services.edits()
                .make(
                        edits.size() == 1
                                ? edits.get(0)
                                : new Edit.Batch(
                                        "Change the sampling of " + edits.size() + " tags", edits),
                        change -> {});
    }
}
