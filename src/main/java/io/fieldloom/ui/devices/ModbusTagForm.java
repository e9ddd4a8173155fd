package io.fieldloom.ui.devices;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.ModbusAddress.Type;
import io.fieldloom.domain.tag.ModbusNotation;
import io.fieldloom.domain.tag.ModbusNotation.Reading;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.tag.TagWords;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Changes one tag of a Modbus device: what it is called, where it is and how it is read. */
final class ModbusTagForm {
    private static final List<String> TYPES =
            Arrays.stream(Type.values())
                    .filter(type -> type != Type.BOOL && type != Type.STRING)
                    .map(Type::word)
                    .toList();

    private final DevicesServices services;
    private final TagEdits edits;
    private final Device device;
    private final TagSpec before;
    private final TextField name = new TextField();
    private final TextField address = new TextField();
    private final ComboBox<String> type = new ComboBox<>();
    private final ComboBox<String> order = new ComboBox<>();
    private final TextField scale = new TextField();
    private final TextField offset = new TextField();
    private final TextField unit = new TextField();
    private final TextField interval = new TextField();
    private final TextField description = new TextField();
    private final Label understood = Form.message();
    private final Label fault = Form.message();
    private Button save;
    private boolean filling;

    ModbusTagForm(DevicesServices services, TagEdits edits, Device device, TagSpec before) {
        this.services = services;
        this.edits = edits;
        this.device = device;
        this.before = before;
    }

    void show() {
        name.setText(before.name());
        scale.setText(before.scale().toPlainString());
        offset.setText(before.offset().toPlainString());
        unit.setText(before.unit());
        unit.setPromptText("none");
        interval.setText(before.interval() == null ? "" : Durations.format(before.interval()));
        interval.setPromptText(Durations.format(device.interval()) + ", the device's");
        description.setText(before.description());
        order.setAccessibleText("Order");
        fill(before.address());
        Form form = new Form();
        form.line("Name", name);
        form.line("Address", new VBox(4, address, understood));
        form.line("Type", new HBox(8, type, order));
        form.line("Scale", scale);
        form.line("Offset", offset);
        form.line("Unit", unit);
        form.line("Read every", interval);
        form.line("Description", description);
        address.setAccessibleText("Address");
        DialogPane dialog =
                new DialogPane(
                        "Change " + before.name() + " of " + device.name(),
                        new VBox(12, form, fault));
        dialog.cancelButton("Cancel");
        save =
                dialog.button(
                        "Save",
                        () ->
                                edits.change(
                                        device.name(),
                                        before,
                                        wanted(),
                                        dialog::close,
                                        refused -> Form.say(fault, Tone.BAD, refused)));
        save.getStyleClass().add("primary");
        save.setDefaultButton(true);
        dialog.focusFirst(name);
        Stream.of(name, address, scale, offset, unit, interval, description)
                .forEach(field -> field.textProperty().addListener(changed -> check()));
        type.valueProperty().addListener(changed -> typeChosen());
        order.valueProperty().addListener(changed -> check());
        check();
        services.kit().dialogs().show(dialog);
    }

    /** Takes an address apart; one that the file brought and cannot be read stays as it is. */
    private void fill(String text) {
        filling = true;
        type.getItems().setAll(TYPES);
        try {
            ModbusAddress now = ModbusAddress.parse(text);
            address.setText(place(now));
            if (now.type() != Type.BOOL) {
                String word = word(now);
                if (now.type() == Type.STRING) {
                    type.getItems().add(word);
                }
                type.setValue(word);
                order.getItems().setAll(now.type().orders());
                order.setValue(now.order());
            }
        } catch (MalformedException e) {
            address.setText(text);
        }
        filling = false;
    }

    private static String place(ModbusAddress address) {
        String bit = address.bit() < 0 ? "" : "." + address.bit();
        return address.table().word() + ":" + address.address() + bit;
    }

    private static String word(ModbusAddress address) {
        return address.type() == Type.STRING
                ? "string[" + address.registers() + "]"
                : address.type().word();
    }

    /** The orders of the type, the same place among them as before. */
    private void typeChosen() {
        if (filling || type.getValue() == null) {
            return;
        }
        filling = true;
        int place = Math.max(0, order.getSelectionModel().getSelectedIndex());
        List<String> orders = ModbusAddress.parse("holding:0:" + type.getValue()).type().orders();
        order.getItems().setAll(orders);
        order.getSelectionModel().select(place < orders.size() ? place : 0);
        filling = false;
        check();
    }

    /** The address as it will be; a type that is typed with it counts, and is shown. */
    private Reading address() {
        Reading typed = ModbusNotation.parse(address.getText());
        ModbusAddress place = typed.address();
        boolean isPlain = place.type() == Type.UINT16 && !address.getText().contains(":uint16");
        if (!isPlain || type.getValue() == null) {
            return typed;
        }
        String first = ModbusAddress.parse("holding:0:" + type.getValue()).type().orders().get(0);
        boolean swapped = order.getValue() != null && !order.getValue().equals(first);
        return new Reading(
                ModbusAddress.parse(
                        place(place)
                                + ":"
                                + type.getValue()
                                + (swapped ? ":" + order.getValue() : "")),
                typed.how());
    }

    private TagSpec wanted() {
        return new TagSpec(
                name.getText().strip(),
                address().address().text(),
                number(scale, BigDecimal.ONE),
                number(offset, BigDecimal.ZERO),
                textOrNull(unit),
                every(),
                before.monitoring(),
                textOrNull(description));
    }

    private Duration every() {
        String text = interval.getText().strip();
        return text.isEmpty() ? null : Durations.parse(text);
    }

    private static BigDecimal number(TextField field, BigDecimal otherwise) {
        String text = field.getText().strip();
        return text.isEmpty() ? otherwise : TagWords.number(text);
    }

    private static String textOrNull(TextField field) {
        String text = field.getText() == null ? "" : field.getText().strip();
        return text.isEmpty() ? null : text;
    }

    private void check() {
        if (filling) {
            return;
        }
        Optional<String> wrong = edits.nameFault(device.name(), before.name(), name.getText());
        try {
            ModbusAddress now = address().address();
            boolean isBit = now.type() == Type.BOOL;
            type.setDisable(isBit);
            order.setDisable(isBit || order.getItems().size() < 2);
            Form.say(understood, Tone.DIM, now.text() + ", in manuals " + now.manualNotation());
            if (wrong.isEmpty() && wanted().scale().signum() == 0) {
                wrong = Optional.of("A scale of 0 would make every value 0.");
            }
        } catch (MalformedException e) {
            Form.say(understood, Tone.DIM, "");
            wrong = wrong.or(() -> Optional.of(Presentation.sentence(e.getMessage())));
        }
        Form.say(fault, Tone.BAD, wrong.orElse(""));
        save.setDisable(wrong.isPresent());
    }
}
