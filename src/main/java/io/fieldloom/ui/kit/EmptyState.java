package io.fieldloom.ui.kit;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;

/** What a pane shows while there is nothing in it: what will be here, and what to do for that. */
public final class EmptyState extends VBox {
    private static final double WIDTH = 320;

    public EmptyState(Icon icon, String headline, String advice, Command... commands) {
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
        setMinSize(0, 0);
        // What lies below takes drops and clicks.
        setPickOnBounds(false);
        Node picture = icon.node();
        picture.setScaleX(1.8);
        picture.setScaleY(1.8);
        picture.setMouseTransparent(true);
        Label title = line(headline, "empty-title");
        Label text = line(advice, "empty-text");
        getChildren().addAll(picture, title, text);
        for (Command command : commands) {
            Button button = new Button(command.title());
            button.setOnAction(event -> command.run());
            button.disableProperty().bind(command.disabledProperty());
            getChildren().add(button);
        }
    }

    private static Label line(String text, String styleClass) {
        Label label = new Label(text);
        label.getStyleClass().add(styleClass);
        label.setWrapText(true);
        label.setTextAlignment(TextAlignment.CENTER);
        label.setAlignment(Pos.CENTER);
        label.setMaxWidth(WIDTH);
        label.setMouseTransparent(true);
        return label;
    }
}
