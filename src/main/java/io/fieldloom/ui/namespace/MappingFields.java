package io.fieldloom.ui.namespace;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.mapping.PayloadFormat;
import io.fieldloom.domain.project.Project;
import io.fieldloom.ui.kit.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * The fields of one mapping. A text is taken by Enter and by going on to another place of the
 * window, never by the window losing the keyboard, for then somebody looks something up; Escape
 * drops it; choices are taken at once. Each is taken alone, so that a half-typed one is no part of
 * another's edit. FX thread only.
 */
final class MappingFields {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");
    private static final double SHORT = 52;

    /**
     * A choice.
     *
     * @param value what it is; null stands for the project's default
     * @param words how it reads when it is chosen
     * @param listed how it reads in the list
     */
    private record Choice<T>(T value, String words, String listed) {
        static <T> Choice<T> of(T value, String words) {
            return new Choice<>(value, words, words);
        }

        @Override
        public String toString() {
            return listed;
        }
    }

    /** Shows a default dim, and short. */
    private static final class Chosen<T> extends ListCell<Choice<T>> {
        @Override
        protected void updateItem(Choice<T> choice, boolean empty) {
            super.updateItem(choice, empty);
            setText(empty || choice == null ? "" : choice.words());
            boolean byDefault = choice != null && choice.value() == null;
            (byDefault ? Tone.DIM : Tone.NORMAL).paint(this);
        }
    }

    /**
     * A field that is typed into.
     *
     * @param of what it shows of a mapping
     * @param with the mapping with what was typed
     */
    private record Typed(
            TextField field,
            Function<Mapping, String> of,
            BiFunction<Mapping, String, Mapping> with) {
        String text() {
            return field.getText().strip();
        }

        Mapping into(Mapping mapping) {
            return with.apply(mapping, text());
        }
    }

    private final Runnable typed;
    private final Consumer<UnaryOperator<Mapping>> taken;
    private final Runnable left;
    private final TextField transform = text("value", "Transform: an expression over value");
    private final TextField round = text("", "Decimals to round to, after the transform");
    private final TextField unit = text("", "Unit that is published");
    private final ComboBox<Choice<PayloadFormat>> payload = new ComboBox<>();
    private final ComboBox<Choice<Integer>> qos = new ComboBox<>();
    private final ComboBox<Choice<Boolean>> retain = new ComboBox<>();
    private final ComboBox<Choice<String>> broker = new ComboBox<>();
    private final CheckBox enabled = new CheckBox("Runs");
    private final List<Typed> texts =
            List.of(
                    new Typed(
                            transform,
                            mapping -> orEmpty(mapping.transform()),
                            (mapping, text) -> mapping.withTransform(orNull(text))),
                    new Typed(
                            round,
                            mapping -> orEmpty(mapping.round()),
                            (mapping, text) -> mapping.withRound(decimals(text, mapping.round()))),
                    new Typed(
                            unit,
                            mapping -> orEmpty(mapping.unit()),
                            (mapping, text) -> mapping.withUnit(orNull(text))));
    private final VBox box = new VBox(6);
    private Mapping shown;
    private Project shownIn;
    private boolean filling;

    /**
     * @param typed something was changed that is not taken yet
     * @param taken one field is to become part of the design: what it does to the mapping
     * @param left the person goes back to where they came from
     */
    MappingFields(Runnable typed, Consumer<UnaryOperator<Mapping>> taken, Runnable left) {
        this.typed = typed;
        this.taken = taken;
        this.left = left;
        transform.getStyleClass().add("mono");
        round.setPrefWidth(SHORT);
        unit.setPrefWidth(SHORT);
        texts.forEach(this::listen);
        dress(payload, 70, Mapping::withPayload);
        dress(qos, 46, Mapping::withQos);
        dress(retain, 58, Mapping::withRetain);
        dress(broker, 132, Mapping::withBroker);
        enabled.selectedProperty()
                .addListener(
                        observable -> chosen(mapping -> mapping.withEnabled(enabled.isSelected())));
        enabled.setMinWidth(Region.USE_PREF_SIZE);
        enabled.setTooltip(new Tooltip("Whether this mapping publishes while the mappings run"));
        HBox wide = labelled("Transform", transform);
        HBox.setHgrow(wide, Priority.ALWAYS);
        HBox.setHgrow(transform, Priority.ALWAYS);
        HBox first = new HBox(10, wide, labelled("Round", round), labelled("Unit", unit));
        first.setAlignment(Pos.CENTER_LEFT);
        FlowPane second =
                new FlowPane(
                        8,
                        6,
                        labelled("Payload", payload),
                        labelled("QoS", qos),
                        labelled("Retain", retain),
                        labelled("Broker", broker));
        second.setRowValignment(VPos.CENTER);
        box.getStyleClass().add("detail-fields");
        box.getChildren().addAll(first, second);
    }

    private static TextField text(String prompt, String spoken) {
        TextField field = new TextField();
        field.setPromptText(prompt);
        field.setAccessibleText(spoken);
        field.setTooltip(new Tooltip(spoken));
        field.getStyleClass().add("small");
        return field;
    }

    private static HBox labelled(String name, Node field) {
        Label label = new Label(name);
        label.getStyleClass().add("dim");
        label.setLabelFor(field);
        label.setMinWidth(Region.USE_PREF_SIZE);
        HBox box = new HBox(6, label, field);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private <T> void dress(
            ComboBox<Choice<T>> box, double width, BiFunction<Mapping, T, Mapping> with) {
        box.setPrefWidth(width);
        box.getStyleClass().add("small");
        box.setButtonCell(new Chosen<>());
        box.valueProperty()
                .addListener(observable -> chosen(mapping -> with.apply(mapping, value(box))));
        box.setTooltip(new Tooltip("Dim: the project's default"));
    }

    private void listen(Typed text) {
        TextField field = text.field();
        field.textProperty()
                .addListener(
                        observable -> {
                            if (!filling) {
                                typed.run();
                            }
                        });
        field.focusedProperty()
                .addListener(
                        (observable, before, focused) -> {
                            // Where the whole window has lost it, the field still owns it there.
                            boolean goesOn =
                                    field.getScene() != null
                                            && field.getScene().getFocusOwner() != field;
                            if (!focused && goesOn) {
                                take(text);
                            }
                        });
        field.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        take(text);
                        event.consume();
                    } else if (event.getCode() == KeyCode.ESCAPE) {
                        drop();
                        event.consume();
                    }
                });
    }

    private void take(Typed text) {
        boolean wrong = text.field() == round && roundFault().isPresent();
        if (shown != null && !wrong) {
            taken.accept(text::into);
        }
    }

    /** What is typed, else the whole panel. */
    private void drop() {
        if (isEdited()) {
            fill(shown, shownIn, false);
            typed.run();
        } else {
            left.run();
        }
    }

    private void chosen(UnaryOperator<Mapping> change) {
        if (!filling && shown != null) {
            typed.run();
            taken.accept(change);
        }
    }

    Node node() {
        return box;
    }

    /** Marks the fields whose texts cannot be part of the design. */
    void markFaults(boolean transformIsWrong) {
        transform.pseudoClassStateChanged(WRONG, transformIsWrong);
        round.pseudoClassStateChanged(WRONG, roundFault().isPresent());
    }

    /** Switches the mapping on and off. */
    Node toggle() {
        return enabled;
    }

    void focus() {
        transform.requestFocus();
    }

    void disable(boolean readOnly) {
        box.setDisable(readOnly);
        enabled.setDisable(readOnly);
    }

    /** Shows a mapping. What is being typed stays where it is the same mapping, else it is lost. */
    void fill(Mapping mapping, Project project) {
        fill(mapping, project, shown != null && shown.topic().equals(mapping.topic()));
    }

    private void fill(Mapping mapping, Project project, boolean keepDrafts) {
        Mapping before = shown;
        shown = mapping;
        shownIn = project;
        filling = true;
        for (Typed text : texts) {
            String now = text.of().apply(mapping);
            boolean isDraft =
                    keepDrafts && now.equals(text.of().apply(before)) && !text.text().equals(now);
            if (!isDraft) {
                text.field().setText(now);
            }
        }
        String own = project.unitOf(mapping.withUnit(null));
        unit.setPromptText(own == null ? "" : own);
        choices(
                payload,
                mapping.payload(),
                byDefault(project.defaults().payload().word()),
                List.of(
                        Choice.of(PayloadFormat.JSON, "json"),
                        Choice.of(PayloadFormat.PLAIN, "plain")));
        choices(
                qos,
                mapping.qos(),
                byDefault(Integer.toString(project.defaults().qos())),
                List.of(Choice.of(0, "0"), Choice.of(1, "1"), Choice.of(2, "2")));
        choices(
                retain,
                mapping.retain(),
                byDefault(project.defaults().retain() ? "yes" : "no"),
                List.of(Choice.of(true, "yes"), Choice.of(false, "no")));
        brokers(mapping, project);
        enabled.setSelected(mapping.enabled());
        filling = false;
    }

    private void brokers(Mapping mapping, Project project) {
        List<Choice<String>> names = new ArrayList<>();
        names.add(Choice.of(Broker.EMBEDDED, Broker.EMBEDDED));
        project.brokers().keySet().forEach(name -> names.add(Choice.of(name, name)));
        boolean known =
                mapping.broker() == null
                        || names.stream().anyMatch(each -> each.value().equals(mapping.broker()));
        if (!known) {
            names.add(Choice.of(mapping.broker(), mapping.broker() + " (unknown)"));
        }
        String byDefault = "default: " + project.defaults().broker();
        choices(broker, mapping.broker(), Choice.of(null, byDefault), names);
    }

    private static <T> Choice<T> byDefault(String words) {
        return new Choice<>(null, words, words + " (default)");
    }

    private static <T> void choices(
            ComboBox<Choice<T>> box, T value, Choice<T> byDefault, List<Choice<T>> others) {
        List<Choice<T>> all = new ArrayList<>();
        all.add(byDefault);
        all.addAll(others);
        box.getItems().setAll(all);
        all.stream()
                .filter(choice -> Objects.equals(choice.value(), value))
                .findFirst()
                .ifPresent(box::setValue);
    }

    /** Whether something typed is not part of the design. */
    boolean isEdited() {
        return shown != null
                && texts.stream().anyMatch(text -> !text.text().equals(text.of().apply(shown)));
    }

    /** Why the decimals are not a number, or empty. */
    Optional<String> roundFault() {
        String text = round.getText().strip();
        return text.isEmpty() || text.matches("\\d|1[0-5]")
                ? Optional.empty()
                : Optional.of("Round is a number of decimals, 0 to 15");
    }

    /** The mapping as the fields stand. */
    Mapping draft() {
        Mapping draft = shown;
        for (Typed text : texts) {
            draft = text.into(draft);
        }
        return draft.withPayload(value(payload))
                .withQos(value(qos))
                .withRetain(value(retain))
                .withBroker(value(broker))
                .withEnabled(enabled.isSelected());
    }

    /** The number that is typed, none for an empty text; of a faulty one what was there before. */
    private Integer decimals(String text, Integer before) {
        if (roundFault().isPresent()) {
            return before;
        }
        return text.isEmpty() ? null : Integer.valueOf(text);
    }

    private static String orEmpty(Object value) {
        return value == null ? "" : value.toString();
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static <T> T value(ComboBox<Choice<T>> box) {
        return box.getValue() == null ? null : box.getValue().value();
    }
}
