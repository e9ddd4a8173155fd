package io.fieldloom.ui.brokers;

import io.fieldloom.ui.kit.Dialogs;
import io.fieldloom.ui.kit.Tone;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A field with what is wrong in it below, once something was typed there. FX thread only. */
final class Checked extends VBox {
    private final TextField field;
    private final Supplier<Optional<String>> check;
    private final Label words = Dialogs.text("");
    private boolean touched;

    /**
     * @param line what is shown: the field, or a line with it
     * @param check why the text will not do, or empty when it will
     */
    Checked(TextField field, Region line, Supplier<Optional<String>> check) {
        super(4);
        this.field = field;
        this.check = check;
        Tone.BAD.paint(words);
        getChildren().addAll(line, words);
        field.textProperty().addListener(observable -> touched = true);
        field.focusedProperty()
                .addListener(
                        (observable, before, focused) -> {
                            touched |= before && !focused && !field.getText().isEmpty();
                            show(check.get());
                        });
        show(Optional.empty());
    }

    /** Checks again, and says what is wrong below the field. Whether it will do. */
    boolean check() {
        Optional<String> fault = check.get();
        show(fault);
        return fault.isEmpty();
    }

    private void show(Optional<String> fault) {
        boolean shown = fault.isPresent() && touched && !field.getText().isEmpty();
        words.setText(fault.orElse(""));
        words.setVisible(shown);
        words.setManaged(shown);
    }
}
