package io.fieldloom.ui.kit.rows;

import java.util.function.Consumer;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;

/**
 * The field that lies over a row while its name is changed: Enter or leaving it takes, Escape does
 * not.
 */
final class RowEditor {
    private boolean done;

    TextField begin(String text, Consumer<String> commit, Runnable after) {
        done = false;
        TextField field = new TextField(text);
        field.getStyleClass().add("row-editor");
        field.setManaged(false);
        field.setAccessibleText("New name");
        field.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.ESCAPE) {
                        event.consume();
                        end(field, event.getCode() == KeyCode.ENTER ? commit : null);
                        after.run();
                    }
                });
        field.focusedProperty()
                .addListener(
                        (observable, before, focused) -> {
                            if (!focused) {
                                end(field, commit);
                            }
                        });
        return field;
    }

    private void end(TextField field, Consumer<String> commit) {
        if (done) {
            return;
        }
        done = true;
        if (field.getParent() instanceof Pane pane) {
            pane.getChildren().remove(field);
        }
        if (commit != null) {
            commit.accept(field.getText());
        }
    }
}
