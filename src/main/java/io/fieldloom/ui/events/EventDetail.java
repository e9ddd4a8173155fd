package io.fieldloom.ui.events;

import io.fieldloom.engine.device.Events.Answer;
import io.fieldloom.engine.device.Events.Event;
import io.fieldloom.engine.device.Events.Field;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** All fields of one event, and what can be answered to it. FX thread only. */
final class EventDetail extends VBox {
    private final FlatRows<Field> index = new FlatRows<>(Field::name, Field::name);
    private final VirtualRows<Field> rows;
    private final Label title = new Label();
    private final Map<Answer, Button> answers = new EnumMap<>(Answer.class);
    private Event shown;

    /**
     * @param answer what a button of the answers does
     */
    EventDetail(BiConsumer<List<Event>, Answer> answer) {
        rows =
                new VirtualRows<>(
                        "Fields of the event",
                        index,
                        index,
                        List.of(
                                Column.<Field>text(
                                                "Field",
                                                150,
                                                (line, cell) -> cell.text(line.name()))
                                        .least(90),
                                Column.<Field>text(
                                                "Value",
                                                0,
                                                (line, cell) ->
                                                        cell.text(Presentation.exact(line.value()))
                                                                .mono()
                                                                .tip(EventLine.field(line)))
                                        .grows()));
        RowCopy<Field> copy = new RowCopy<>(rows, EventLine::field);
        rows.menu(
                chosen ->
                        CommandRegistry.items(
                                List.of(
                                        Command.named("events.copy-value", "Events", "Copy value")
                                                .icon(Icon.COPY)
                                                .when(() -> !chosen.isEmpty())
                                                .does(() -> RowCopy.put(values(chosen))),
                                        Command.named(
                                                        "events.copy-field",
                                                        "Events",
                                                        "Copy name and value")
                                                .when(() -> !chosen.isEmpty())
                                                .does(() -> copy.copySelectedOr(chosen)))));
        VBox.setVgrow(rows, Priority.ALWAYS);
        getStyleClass().add("detail");
        setMinSize(0, 0);
        getChildren().addAll(header(answer), rows);
        show(null);
    }

    private HBox header(BiConsumer<List<Event>, Answer> answer) {
        title.getStyleClass().add("strong");
        title.setMinWidth(0);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        HBox header = new HBox(4, title);
        header.getStyleClass().add("detail-header");
        for (Answer each : Answer.values()) {
            Button button = new Button(AnswerWords.title(each) + "…");
            button.getStyleClass().add("quiet");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setOnAction(event -> answer.accept(List.of(shown), each));
            Tip.set(button, AnswerWords.purpose(each));
            button.managedProperty().bind(button.visibleProperty());
            answers.put(each, button);
            header.getChildren().add(button);
        }
        return header;
    }

    private static String values(List<Field> fields) {
        return fields.stream()
                .map(field -> Presentation.exact(field.value()))
                .collect(Collectors.joining("\n"));
    }

    /** Shows an event, or none. */
    void show(Event event) {
        if (event != null && event == shown) {
            return;
        }
        shown = event;
        title.setText(event == null ? "" : event.message());
        answers.forEach(
                (answer, button) -> {
                    button.setVisible(event != null && event.alarm().isPresent());
                    button.setDisable(event == null || !event.takes(answer));
                });
        index.set(event == null ? List.of() : event.fields());
        rows.show(index);
    }
}
