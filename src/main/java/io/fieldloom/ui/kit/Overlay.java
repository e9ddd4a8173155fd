package io.fieldloom.ui.kit;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The root of the window: its content, above it the notifications, and above all while there is one
 * a veil with a dialog. Dialogs lie in the window, so that none gets lost behind it and all of them
 * look the same everywhere.
 */
public final class Overlay {
    private final StackPane root = new StackPane();
    private final StackPane content = new StackPane();
    private final StackPane veil = new StackPane();
    private final VBox toasts = new VBox();
    private final FocusTrap trap = new FocusTrap(veil);
    private Node before;

    public Overlay() {
        veil.getStyleClass().add("veil");
        veil.setVisible(false);
        toasts.getStyleClass().add("toasts");
        toasts.setPickOnBounds(false);
        toasts.setAlignment(Pos.BOTTOM_RIGHT);
        root.getChildren().addAll(content, veil, toasts);
        root.sceneProperty()
                .addListener(
                        (observable, was, scene) -> {
                            if (scene != null) {
                                trap.watch(scene);
                                scene.focusOwnerProperty()
                                        .addListener((owner, old, now) -> focused(now));
                            }
                        });
    }

    /** Puts the window's content below everything else. */
    public void content(Node node) {
        content.getChildren().setAll(node);
    }

    public StackPane root() {
        return root;
    }

    /**
     * Puts a pane above the content and keeps the keyboard in it.
     *
     * @param onEscape what the escape key does
     */
    void raise(Node pane, Node focus, Pos place, Runnable onEscape) {
        StackPane.setAlignment(pane, place);
        veil.getChildren().setAll(pane);
        veil.setVisible(true);
        veil.toFront(); // no message covers what one is asked
        // What lies in a scroll pane is in the scene only after its skin is made.
        veil.applyCss();
        veil.layout();
        trap.close(focus, onEscape);
    }

    private void focused(Node owner) {
        if (!isRaised() && owner != null && !FocusTrap.isWithin(owner, toasts)) {
            before = owner;
        }
    }

    /** Takes a toast away; the focus that was in it goes back to where the work is. */
    void removeToast(Node toast) {
        Node owner = root.getScene() == null ? null : root.getScene().getFocusOwner();
        if (owner != null && before != null && FocusTrap.isWithin(owner, toast)) {
            before.requestFocus();
        }
        toasts.getChildren().remove(toast);
    }

    /** Takes the pane away; the focus goes back to where it was. */
    void lower() {
        trap.open();
        veil.setVisible(false);
        veil.getChildren().clear();
        toasts.toFront();
        if (before != null) {
            before.requestFocus();
        }
    }

    boolean isRaised() {
        return veil.isVisible();
    }

    Pane toasts() {
        return toasts;
    }
}
