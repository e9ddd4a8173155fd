package io.fieldloom.ui.devices;

import io.fieldloom.ui.kit.Tone;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** Lines of a name and what belongs to it. */
final class Form extends GridPane {
    private static final double NAMES = 96;
    private int lines;

    Form() {
        setHgap(10);
        setVgap(8);
        ColumnConstraints names = new ColumnConstraints(NAMES);
        names.setHalignment(HPos.LEFT);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        getColumnConstraints().addAll(names, fields);
    }

    /** Adds a line. */
    Form line(String name, Node field) {
        return line(new Label(name), field);
    }

    /** Adds a line whose name changes with what is chosen elsewhere. */
    Form line(Label label, Node field) {
        label.getStyleClass().add("dim");
        label.setLabelFor(field);
        if (field.getAccessibleText() == null) {
            field.setAccessibleText(label.getText());
        }
        GridPane.setValignment(label, VPos.TOP);
        label.setPadding(new javafx.geometry.Insets(4, 0, 0, 0));
        addRow(lines++, label, field);
        return this;
    }

    /** Adds a line of text that can be read and not changed. */
    Form text(String name, String text, boolean mono) {
        Label value = new Label(text);
        value.setWrapText(true);
        value.setPadding(new javafx.geometry.Insets(4, 0, 0, 0));
        if (mono) {
            value.getStyleClass().add("mono");
        }
        return line(name, value);
    }

    /** A paragraph for what went well or wrong; it takes no room while it is empty. */
    static Label message() {
        Label label = new Label();
        label.setWrapText(true);
        label.managedProperty().bind(label.textProperty().isNotEmpty());
        label.visibleProperty().bind(label.managedProperty());
        return label;
    }

    static void say(Label message, Tone tone, String text) {
        message.setText(text);
        tone.paint(message);
    }
}
