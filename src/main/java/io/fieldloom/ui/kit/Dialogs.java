package io.fieldloom.ui.kit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Questions and forms, one at a time, in a pane above the window's content. Escape closes it, Enter
 * is the named action; the focus goes back to where it was. FX thread only.
 */
public final class Dialogs {
    private final Overlay overlay;
    private final Deque<DialogPane> waiting = new ArrayDeque<>();
    private DialogPane open;

    public Dialogs(Overlay overlay) {
        this.overlay = overlay;
    }

    /** Whether one is open. */
    public boolean isOpen() {
        return open != null;
    }

    /** Shows a dialog, after the one that is open now. */
    public void show(DialogPane dialog) {
        show(dialog, Pos.CENTER);
    }

    /** Shows a pane of a caller's own look in the place of a dialog; Escape closes it. */
    public void show(Region pane, Node first, Pos place) {
        show(DialogPane.of(pane, first), place);
    }

    /** Closes what is open. */
    public void dismiss() {
        if (open != null) {
            open.close();
        }
    }

    private void show(DialogPane dialog, Pos place) {
        dialog.closesWith(this::close);
        if (open != null) {
            waiting.add(dialog);
            return;
        }
        open = dialog;
        overlay.raise(dialog.node(), dialog.first(), place, dialog::cancel);
    }

    /** Asks before something that cannot be taken back; the button carries the action's name. */
    public void confirm(
            String title, String message, String action, boolean dangerous, Runnable then) {
        DialogPane dialog = new DialogPane(title, text(message));
        dialog.cancelButton("Cancel");
        if (dangerous) {
            dialog.dangerButton(action, then);
        } else {
            dialog.actionButton(action, then);
        }
        show(dialog);
    }

    /** Says something that a person must have read. */
    public void tell(String title, String message) {
        DialogPane dialog = new DialogPane(title, text(message));
        dialog.actionButton("Close", () -> {});
        show(dialog);
    }

    /**
     * Asks for one line of text.
     *
     * @param fault says why a text will not do, or empty when it does
     */
    public void ask(
            String title,
            String prompt,
            String text,
            String action,
            Function<String, Optional<String>> fault,
            Consumer<String> then) {
        TextField field = new TextField(text);
        field.setAccessibleText(prompt);
        Label why = new Label();
        why.setWrapText(true);
        Tone.BAD.paint(why);
        Label label = new Label(prompt);
        label.setLabelFor(field);
        label.setWrapText(true);
        SimpleBooleanProperty wrong = new SimpleBooleanProperty();
        Runnable check =
                () -> {
                    Optional<String> found = fault.apply(field.getText());
                    why.setText(found.orElse(""));
                    wrong.set(found.isPresent());
                };
        field.textProperty().addListener(observable -> check.run());
        check.run();
        DialogPane dialog = new DialogPane(title, new VBox(6, label, field, why));
        dialog.cancelButton("Cancel");
        dialog.actionButton(action, () -> then.accept(field.getText()))
                .disableProperty()
                .bind(wrong);
        dialog.focusFirst(field);
        show(dialog);
        field.selectAll();
    }

    /** A paragraph for a dialog. */
    public static Label text(String message) {
        Label label = new Label(message);
        label.setWrapText(true);
        label.setAccessibleRole(AccessibleRole.TEXT);
        return label;
    }

    private void close() {
        open = null;
        overlay.lower();
        DialogPane next = waiting.poll();
        if (next != null) {
            show(next);
        }
    }
}
