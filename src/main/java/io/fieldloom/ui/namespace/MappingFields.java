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
 * The fields of one mapping. Texts are taken by Enter or by leaving them, choices at once. FX
 * thread only.
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

    private final Runnable typed;
    private final Runnable taken;
    private final Runnable left;
    private final TextField transform = text("value", "Transform: an expression over value");
    private final TextField round = text("", "Decimals to round to, after the transform");
    private final TextField unit = text("", "Unit that is published");
    private final ComboBox<Choice<PayloadFormat>> payload = new ComboBox<>();
    private final ComboBox<Choice<Integer>> qos = new ComboBox<>();
    private final ComboBox<Choice<Boolean>> retain = new ComboBox<>();
    private final ComboBox<Choice<String>> broker = new ComboBox<>();
    private final CheckBox enabled = new CheckBox("Runs");
    private final Label fault = new Label();
    private final VBox box = new VBox(6);
    private Mapping shown;
    private Project shownIn;
    private boolean filling;

    /**
     * @param typed something was changed that is not taken yet
     * @param taken something is to become part of the design
     * @param left the person goes back to where they came from
     */
    MappingFields(Runnable typed, Runnable taken, Runnable left) {
        this.typed = typed;
        this.taken = taken;
        this.left = left;
        transform.getStyleClass().add("mono");
        round.setPrefWidth(SHORT);
        unit.setPrefWidth(SHORT);
        List.of(transform, round, unit).forEach(this::listen);
        dress(payload, 70);
        dress(qos, 46);
        dress(retain, 58);
        dress(broker, 132);
        enabled.selectedProperty().addListener(observable -> chosen());
        enabled.setMinWidth(Region.USE_PREF_SIZE);
        enabled.setTooltip(new Tooltip("Whether this mapping publishes while the mappings run"));
        HBox wide = labelled("Transform", transform);
        HBox.setHgrow(wide, Priority.ALWAYS);
        HBox.setHgrow(transform, Priority.ALWAYS);
        HBox first = new HBox(10, wide, labelled("Round", round), labelled("Unit", unit));
        first.setAlignment(Pos.CENTER_LEFT);
        fault.setWrapText(true);
        fault.setMinHeight(Region.USE_PREF_SIZE);
        fault.setVisible(false);
        fault.managedProperty().bind(fault.visibleProperty());
        Tone.BAD.paint(fault);
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
        box.getChildren().addAll(first, fault, second);
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

    private <T> void dress(ComboBox<Choice<T>> box, double width) {
        box.setPrefWidth(width);
        box.getStyleClass().add("small");
        box.setButtonCell(new Chosen<>());
        box.valueProperty().addListener(observable -> chosen());
        box.setTooltip(new Tooltip("Dim: the project's default"));
    }

    private void listen(TextField field) {
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
                            if (!focused) {
                                taken.run();
                            }
                        });
        field.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        taken.run();
                        event.consume();
                    } else if (event.getCode() == KeyCode.ESCAPE) {
                        drop();
                        event.consume();
                    }
                });
    }

    /** What is typed, else the whole panel. */
    private void drop() {
        if (isEdited()) {
            fill(shown, shownIn);
            typed.run();
        } else {
            left.run();
        }
    }

    private void chosen() {
        if (!filling) {
            typed.run();
            taken.run();
        }
    }

    Node node() {
        return box;
    }

    /** Says below a field what is wrong with it, and that it is not part of the design. */
    void showFaults(Optional<String> transformFault) {
        transform.pseudoClassStateChanged(WRONG, transformFault.isPresent());
        round.pseudoClassStateChanged(WRONG, roundFault().isPresent());
        Optional<String> first =
                transformFault.map(words -> "Transform: " + words).or(this::roundFault);
        fault.setVisible(first.isPresent());
        fault.setText(
                first.map(words -> words + (isEdited() ? ". Not taken yet." : ".")).orElse(""));
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

    /** Shows a mapping; what is being typed is lost. */
    void fill(Mapping mapping, Project project) {
        shown = mapping;
        shownIn = project;
        filling = true;
        transform.setText(mapping.transform() == null ? "" : mapping.transform());
        round.setText(mapping.round() == null ? "" : mapping.round().toString());
        unit.setText(mapping.unit() == null ? "" : mapping.unit());
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
        return shown != null && (roundFault().isPresent() || !draft().equals(shown));
    }

    /** Why the decimals are not a number, or empty. */
    Optional<String> roundFault() {
        String text = round.getText().strip();
        return text.isEmpty() || text.matches("\\d{1,2}")
                ? Optional.empty()
                : Optional.of("Round is a number of decimals, 0 to 15");
    }

    /** The mapping as the fields stand. */
    Mapping draft() {
        String decimals = round.getText().strip();
        return shown.withTransform(orNull(transform))
                .withRound(
                        decimals.isEmpty() || roundFault().isPresent()
                                ? null
                                : Integer.valueOf(decimals))
                .withUnit(orNull(unit))
                .withPayload(value(payload))
                .withQos(value(qos))
                .withRetain(value(retain))
                .withBroker(value(broker))
                .withEnabled(enabled.isSelected());
    }

    private static String orNull(TextField field) {
        return field.getText().isBlank() ? null : field.getText().strip();
    }

    private static <T> T value(ComboBox<Choice<T>> box) {
        return box.getValue() == null ? null : box.getValue().value();
    }
}
