package io.fieldloom.ui.kit;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The root of the window: its content, above it a veil with at most one dialog, above that the
 * notifications. Dialogs lie in the window, so that none gets lost behind it and all of them look
 * the same everywhere.
 */
public final class Overlay {
    private final StackPane root = new StackPane();
    private final StackPane veil = new StackPane();
    private final VBox toasts = new VBox();

    public Overlay(Node content) {
        veil.getStyleClass().add("veil");
        veil.setVisible(false);
        toasts.getStyleClass().add("toasts");
        toasts.setPickOnBounds(false);
        toasts.setAlignment(Pos.BOTTOM_RIGHT);
        root.getChildren().addAll(content, veil, toasts);
    }

    public StackPane root() {
        return root;
    }

    /** Puts a pane above the content and keeps the keyboard in it. */
    void raise(Node pane, Pos place) {
        StackPane.setAlignment(pane, place);
        root.getChildren().get(0).setDisable(true);
        veil.getChildren().setAll(pane);
        veil.setVisible(true);
    }

    /** Takes the pane away. */
    void lower() {
        veil.setVisible(false);
        veil.getChildren().clear();
        root.getChildren().get(0).setDisable(false);
    }

    Node veil() {
        return veil;
    }

    boolean isRaised() {
        return veil.isVisible();
    }

    Pane toasts() {
        return toasts;
    }
}
