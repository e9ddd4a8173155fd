package io.fieldloom.ui.kit;

import java.util.Optional;
import java.util.function.Predicate;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One dialog: a title, content and buttons that carry their action's name. */
public final class DialogPane {
    private static final double WIDTH = 460;
    private static final double ROOM_FOR_WORDS = 42;
    private static final String DANGER = "danger";

    private final Region box;
    private final HBox buttons = new HBox();
    private double reserve;
    private Node first;
    private Runnable onCancel = () -> {};
    private Runnable close = () -> {};

    private DialogPane(Region box) {
        this.box = box;
    }

    /** A pane that brings its own look and has no buttons. */
    static DialogPane of(Region pane, Node first) {
        DialogPane dialog = new DialogPane(pane);
        dialog.first = first;
        return dialog;
    }

    public DialogPane(String title, Node content) {
        VBox lines = new VBox();
        box = lines;
        Label heading = new Label(title);
        heading.getStyleClass().add("dialog-title");
        heading.setWrapText(true);
        ScrollPane body = new Body(content);
        body.getStyleClass().add("dialog-body");
        body.setFitToWidth(true);
        body.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(body, Priority.ALWAYS);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.getStyleClass().add("dialog-buttons");
        box.getStyleClass().add("dialog");
        lines.getChildren().addAll(heading, body, buttons);
        box.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        box.setPrefWidth(WIDTH);
        box.setAccessibleRole(AccessibleRole.DIALOG);
        box.setAccessibleText(title);
        box.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    }

    /**
     * Enter presses the button that has the focus, else the default one; a red one only gets the
     * focus, so that a second Enter is what agrees. Not left to the scene, which knows the default
     * button only after a layout: a quick Enter would be lost.
     */
    private void pressed(KeyEvent event) {
        if (event.getCode() != KeyCode.ENTER) {
            return;
        }
        button(Node::isFocused)
                .or(() -> button(Button::isDefaultButton))
                .ifPresentOrElse(
                        button -> {
                            event.consume();
                            button.fire();
                        },
                        () ->
                                button(button -> button.getStyleClass().contains(DANGER))
                                        .ifPresent(
                                                button -> {
                                                    event.consume();
                                                    button.requestFocus();
                                                }));
    }

    private Optional<Button> button(Predicate<Button> wanted) {
        return buttons.getChildren().stream()
                .map(Button.class::cast)
                .filter(button -> !button.isDisabled() && wanted.test(button))
                .findFirst();
    }

    /** Makes it wider than a question needs. */
    public DialogPane width(double pixels) {
        box.setPrefWidth(pixels);
        box.setMaxWidth(pixels);
        return this;
    }

    /**
     * Keeps room for two lines that it may have to say, so that its buttons stay where they are
     * when it says them.
     */
    public DialogPane keepsRoomForWords() {
        reserve = ROOM_FOR_WORDS;
        return this;
    }

    /** What has the focus when it opens; otherwise the last button. */
    public void focusFirst(Node node) {
        first = node;
    }

    /** What Escape and the cancel button do besides closing. */
    public void onCancel(Runnable action) {
        onCancel = action;
    }

    public Button cancelButton(String name) {
        return button(name, this::cancel);
    }

    /** The button that Enter presses. */
    public Button actionButton(String name, Runnable action) {
        Button button = closing(name, action);
        button.getStyleClass().add("primary");
        button.setDefaultButton(true);
        return button;
    }

    /** A button that closes the dialog and then acts. */
    public Button closing(String name, Runnable action) {
        return button(
                name,
                () -> {
                    close.run();
                    action.run();
                });
    }

    /** As {@link #actionButton}, in the colour of danger, and one Enter alone does not press it. */
    public Button dangerButton(String name, Runnable action) {
        return red(closing(name, action));
    }

    /** As {@link #dangerButton}, but leaves the dialog open, for it says what came of it. */
    public Button stayingDangerButton(String name, Runnable action) {
        return red(button(name, action));
    }

    private static Button red(Button button) {
        button.getStyleClass().add(DANGER);
        return button;
    }

    /** A button that leaves the dialog open. */
    public Button button(String name, Runnable action) {
        Button button = new Button(name);
        button.setOnAction(event -> action.run());
        buttons.getChildren().add(button);
        if (first == null) {
            first = button;
        }
        return button;
    }

    /** Closes it as Escape does. */
    public void cancel() {
        close.run();
        onCancel.run();
    }

    /** Whether it is open; a person may have closed it before an answer came. */
    public boolean isShown() {
        return box.getScene() != null;
    }

    /** Closes it and does nothing else. */
    public void close() {
        close.run();
    }

    Node node() {
        return box;
    }

    void closesWith(Runnable closer) {
        close = closer;
    }

    Node first() {
        return first == null ? box : first;
    }

    /**
     * Scrolls only when the window is too low: it knows how high wrapped text makes its content.
     */
    private final class Body extends ScrollPane {
        private double atFirst = -1;

        Body(Node content) {
            super(content);
        }

        @Override
        protected double computePrefHeight(double width) {
            Insets around = box.getInsets();
            double inside = box.getPrefWidth() - around.getLeft() - around.getRight();
            double wanted = Math.ceil(getContent().prefHeight(inside));
            if (atFirst < 0 && getScene() != null) {
                atFirst = wanted;
            }
            return Math.max(wanted, atFirst + reserve);
        }
    }
}
