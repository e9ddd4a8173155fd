package io.fieldloom.ui.devices;

import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.GuardedCall;
import io.fieldloom.engine.device.Methods.Argument;
import io.fieldloom.engine.device.Methods.Method;
import io.fieldloom.engine.device.Methods.Outcome;
import io.fieldloom.engine.device.Methods.Owner;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiTasks;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/**
 * Calls one method: a field for each argument with its type and what the server says about it, and
 * what came back. Only for an armed device. FX thread only.
 */
final class CallForm {
    private static final double WIDE = 560;
    private static final double MOST_HEIGHT = 380;
    private static final List<String> SWITCH = List.of("true", "false");

    private final DevicesServices services;
    private final TreeRow.OfNode node;
    private final GuardedCall guard;
    private final VBox content = new VBox(12);
    private final Label result = Form.message();
    private final Form outputs = new Form();
    private final List<Supplier<String>> fields = new ArrayList<>();
    private Supplier<String> object = () -> null;
    private Method method;
    private Button call;

    CallForm(DevicesServices services, DeviceLink link, TreeRow.OfNode node) {
        this.services = services;
        this.node = node;
        guard = GuardedCall.over(link, services.audit(), services.pool(), Clock.systemUTC());
    }

    void show() {
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setMaxHeight(MOST_HEIGHT);
        DialogPane dialog =
                new DialogPane("Call " + node.name(), new VBox(12, scroll, result, outputs))
                        .width(WIDE);
        dialog.cancelButton("Close");
        call = dialog.stayingDangerButton("Call " + node.name(), this::call);
        call.setDisable(true);
        outputs.managedProperty().bind(outputs.visibleProperty());
        outputs.setVisible(false);
        Form.say(result, Tone.DIM, "Asking " + node.device() + " what it takes…");
        services.kit().dialogs().show(dialog);
        services.kit()
                .tasks()
                .follow(
                        "Look into " + node.name(),
                        guard.method(node.item().address()),
                        this::described,
                        this::failed);
    }

    private void described(Method known) {
        method = known;
        Form.say(
                result,
                known.executable() ? Tone.DIM : Tone.WARN,
                known.executable()
                        ? ""
                        : "The server says that it may not be called, at least not by this user.");
        Form form = new Form();
        form.text("Device", node.device(), false);
        form.text("Method", known.address(), true);
        if (!known.description().isEmpty()) {
            form.text("Purpose", known.description(), false);
        }
        if (known.objects().size() > 1) {
            form.line("Object", chooseObject());
        } else if (known.objects().size() == 1) {
            form.text("Object", known.objects().get(0).name(), false);
        }
        form.text("Gives", known.outputs().isEmpty() ? "nothing" : types(known.outputs()), false);
        content.getChildren().setAll(form);
        Node first = null;
        for (Argument argument : known.inputs()) {
            Node field = field(argument);
            first = first == null ? field : first;
        }
        call.setDisable(false);
        (first == null ? call : first).requestFocus();
    }

    private Node chooseObject() {
        ComboBox<String> choice = new ComboBox<>();
        choice.getItems().addAll(method.objects().stream().map(CallForm::text).toList());
        choice.setPromptText("Which one? Several objects share this method");
        choice.setMaxWidth(Double.MAX_VALUE);
        object =
                () -> {
                    int chosen = choice.getSelectionModel().getSelectedIndex();
                    return chosen < 0 ? null : method.objects().get(chosen).address();
                };
        return choice;
    }

    private static String text(Owner owner) {
        return owner.name() + "  " + owner.address();
    }

    private static String types(List<Argument> arguments) {
        return String.join(
                ", ", arguments.stream().map(one -> one.name() + " " + one.typeText()).toList());
    }

    private Node field(Argument argument) {
        Label name = new Label(argument.name());
        name.getStyleClass().add("strong");
        Label about =
                new Label(
                        argument.typeText()
                                + (argument.rank() == 1 ? ", such as [1, 2, 3]" : "")
                                + (argument.description().isEmpty()
                                        ? ""
                                        : " · " + argument.description()));
        about.getStyleClass().add("dim");
        about.setWrapText(true);
        List<String> choices =
                argument.type().equals("Boolean") && argument.rank() < 0
                        ? SWITCH
                        : argument.rank() < 0 ? argument.choices() : List.of();
        Node field = choices.isEmpty() ? textField() : choiceField(choices);
        field.setAccessibleText(argument.name());
        field.setAccessibleHelp(about.getText());
        name.setLabelFor(field);
        content.getChildren().add(new VBox(3, name, field, about));
        return field;
    }

    private Node textField() {
        TextField field = new TextField();
        field.getStyleClass().add("mono");
        fields.add(field::getText);
        return field;
    }

    private Node choiceField(List<String> choices) {
        ComboBox<String> field = new ComboBox<>();
        field.getItems().addAll(choices);
        field.setEditable(choices != SWITCH);
        field.setMaxWidth(Double.MAX_VALUE);
        fields.add(
                () -> {
                    String typed = field.isEditable() ? field.getEditor().getText() : null;
                    String chosen = typed == null ? field.getValue() : typed;
                    return chosen == null ? "" : chosen;
                });
        return field;
    }

    private void call() {
        if (!services.armed().isArmed(node.device())) {
            Form.say(result, Tone.BAD, node.device() + " is not armed any more.");
            return;
        }
        String target = object.get();
        if (method.objects().size() > 1 && target == null) {
            Form.say(result, Tone.BAD, "Choose the object that it is to be called on.");
            return;
        }
        call.setDisable(true);
        outputs.setVisible(false);
        Form.say(result, Tone.DIM, "Calling…");
        services.kit()
                .tasks()
                .follow(
                        "Call " + node.name(),
                        guard.propose(method, target, fields.stream().map(Supplier::get).toList())
                                .thenCompose(guard::carryOut),
                        this::called,
                        this::failed);
    }

    private void called(Outcome outcome) {
        call.setDisable(false);
        boolean bad = outcome.status().isBad();
        String words = outcome.words(method);
        Form.say(
                result,
                bad ? Tone.BAD : Tone.OK,
                bad
                        ? "The server did not do it: " + words + "."
                        : words + ". " + node.name() + " was called.");
        outputs.getChildren().clear();
        List<Value> values = outcome.outputs();
        for (int i = 0; i < values.size(); i++) {
            String name =
                    i < method.outputs().size()
                            ? method.outputs().get(i).name()
                            : "output " + (i + 1);
            outputs.text(name, Presentation.exact(values.get(i)), true);
        }
        outputs.setVisible(!values.isEmpty());
    }

    private void failed(Throwable failure) {
        call.setDisable(method == null);
        Form.say(result, Tone.BAD, new UiTasks.Failure("Call " + node.name(), failure).words());
    }
}
