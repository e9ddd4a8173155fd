package io.fieldloom.ui.registers;

import io.fieldloom.domain.Names;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.engine.device.modbus.RegisterReadings.Reading;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** Makes a tag of what was found: its name, and how it is read. */
final class TagForm {
    private final RegistersServices services;
    private final String device;
    private final TextField name = new TextField();
    private final TextField unit = new TextField();
    private final ComboBox<Reading> how = new ComboBox<>();
    private final Label fault = new Label();
    private Button add;

    TagForm(RegistersServices services, String device) {
        this.services = services;
        this.device = device;
    }

    /**
     * @param readings what can be made of the registers
     * @param chosen the one that is proposed
     */
    void show(List<Reading> readings, Reading chosen) {
        name.setAccessibleText("Name");
        unit.setAccessibleText("Unit");
        unit.setPromptText("none");
        how.setAccessibleText("Read as");
        how.getItems().setAll(readings);
        how.setConverter(new Words());
        how.setMaxWidth(Double.MAX_VALUE);
        how.setValue(chosen);
        fault.setWrapText(true);
        Tone.BAD.paint(fault);
        DialogPane dialog =
                new DialogPane(
                        "Add a tag to " + device,
                        new VBox(
                                6,
                                named("Name", name),
                                name,
                                named("Read as", how),
                                how,
                                named("Unit", unit),
                                unit,
                                fault));
        dialog.cancelButton("Cancel");
        add = dialog.actionButton("Add tag", this::add);
        dialog.focusFirst(name);
        name.textProperty().addListener(observable -> check());
        check();
        services.kit().dialogs().show(dialog);
    }

    private static Label named(String text, javafx.scene.Node field) {
        Label label = new Label(text);
        label.getStyleClass().add("dim");
        label.setLabelFor(field);
        return label;
    }

    private Optional<Device> now() {
        return Optional.ofNullable(services.project().get().devices().get(device));
    }

    private void check() {
        String typed = name.getText().strip();
        Optional<String> wrong = Names.fault(typed);
        if (wrong.isEmpty() && now().map(one -> one.tags().containsKey(typed)).orElse(false)) {
            wrong = Optional.of(device + " has a tag '" + typed + "' already; choose another name");
        }
        fault.setText(typed.isEmpty() ? "" : wrong.orElse(""));
        add.setDisable(wrong.isPresent());
    }

    private void add() {
        String tag = name.getText().strip();
        String measured = unit.getText().strip();
        TagSpec made =
                new TagSpec(
                        tag,
                        how.getValue().address().text(),
                        null,
                        null,
                        measured.isEmpty() ? null : measured,
                        null,
                        null,
                        null);
        now().ifPresent(
                        old ->
                                services.edits()
                                        .make(
                                                new Edit.PutDevice(
                                                        old.withTags(old.tags().plus(tag, made))),
                                                change ->
                                                        services.kit()
                                                                .notifications()
                                                                .tell(
                                                                        "Added " + tag + " to "
                                                                                + device)));
    }

    /** A reading as it is chosen: {@code float32 CDAB: 72.41}. */
    private static final class Words extends StringConverter<Reading> {
        @Override
        public String toString(Reading reading) {
            if (reading == null) {
                return "";
            }
            ModbusAddress address = reading.address();
            String type =
                    address.bit() >= 0
                            ? "bit " + address.bit()
                            : (address.type().word() + " " + address.order()).strip();
            return type + ": " + Presentation.value(reading.value());
        }

        @Override
        public Reading fromString(String text) {
            throw new UnsupportedOperationException("the choice is not typed");
        }
    }
}
