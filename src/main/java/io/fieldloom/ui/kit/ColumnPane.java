package io.fieldloom.ui.kit;

import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * One column of the workbench: a header line with title, counts and actions, a filter, the content,
 * and below it a detail that is there while something is chosen.
 */
public final class ColumnPane extends VBox {
    private static final double CONTENT_SHARE = 0.62;

    private final Label counts = new Label();
    private final HBox actions = new HBox();
    private final TextField filter = new TextField();
    private final StackPane body = new StackPane();
    private final SplitPane split = new SplitPane();
    private final Node content;
    private Node empty;
    private Node detail;
    private Node note;
    private double share = CONTENT_SHARE;

    /**
     * @param title what the column is
     * @param filterPrompt what may be typed in the filter
     * @param content usually the rows
     */
    public ColumnPane(String title, String filterPrompt, Node content) {
        this.content = content;
        getStyleClass().add("column-pane");
        setMinWidth(0);
        Label heading = heading(title);
        counts.getStyleClass().add("dim");
        HBox.setHgrow(counts, Priority.ALWAYS);
        counts.setMaxWidth(Double.MAX_VALUE);
        counts.setMinWidth(0);
        actions.setAlignment(Pos.CENTER_RIGHT);
        actions.setMinWidth(Region.USE_PREF_SIZE);
        HBox header = new HBox(6, heading, counts, actions);
        header.getStyleClass().add("column-header");

        filter.setPromptText(filterPrompt);
        filter.setAccessibleText(title + ": " + filterPrompt);
        filter.getStyleClass().add("filter-field");
        filter.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE && !filter.getText().isEmpty()) {
                        filter.clear();
                        event.consume();
                    } else if (event.getCode() == KeyCode.DOWN) {
                        content.requestFocus();
                        event.consume();
                    }
                });
        StackPane filterLine = new StackPane(filter);
        filterLine.getStyleClass().add("filter-line");

        body.getChildren().add(content);
        split.setOrientation(Orientation.VERTICAL);
        split.getItems().add(body);
        VBox.setVgrow(split, Priority.ALWAYS);
        getChildren().addAll(header, filterLine, split);
    }

    /** What stands in a column's place until the column is made: its heading. */
    public static Node announced(String title) {
        HBox header = new HBox(heading(title));
        header.getStyleClass().add("column-header");
        VBox column = new VBox(header);
        column.getStyleClass().add("column-pane");
        column.setMinWidth(0);
        return column;
    }

    private static Label heading(String title) {
        Label heading = new Label(title);
        heading.getStyleClass().add("strong");
        heading.setMinWidth(Region.USE_PREF_SIZE);
        return heading;
    }

    /** The focus belongs to the content. */
    @Override
    public void requestFocus() {
        content.requestFocus();
    }

    /** Counts beside the title: {@code 186 topics · 2 problems}. */
    public void counts(String text) {
        if (!text.equals(counts.getText())) {
            counts.setText(text);
        }
    }

    /** Adds an action to the header line. */
    public Button action(Command command) {
        Button button = new Button(command.title());
        button.getStyleClass().add("quiet");
        button.setTooltip(new Tooltip(command.tip()));
        button.disableProperty().bind(command.disabledProperty());
        button.setOnAction(event -> command.run());
        actions.getChildren().add(button);
        return button;
    }

    /** Calls back with the filter's text on every change. */
    public void onFilter(Consumer<String> change) {
        filter.textProperty().addListener((observable, before, after) -> change.accept(after));
    }

    /** Puts the cursor into the filter. */
    public void focusFilter() {
        filter.requestFocus();
    }

    /**
     * Shows an empty state over the content, which has no rows, or with null none. The content
     * stays in its place: it keeps the focus and its keys, and things can be dropped on it.
     */
    public void empty(Node state) {
        if (state != empty) {
            body.getChildren().remove(empty);
            empty = state;
            if (state != null) {
                body.getChildren().add(state);
            }
        }
    }

    /** Shows a line between filter and content, or with null none. */
    public void note(Node line) {
        if (line != note) {
            getChildren().remove(note);
            note = line;
            if (line != null) {
                getChildren().add(getChildren().indexOf(split), line);
            }
        }
    }

    /** How much of the height the content has beside a detail, 0 to 1. */
    public double contentShare() {
        return split.getDividerPositions().length > 0 ? split.getDividerPositions()[0] : share;
    }

    /** Gives the content a part of the height when a detail is shown. */
    public void contentShare(double part) {
        share = part;
    }

    /** Shows a detail below the content, or with null none. */
    public void detail(Node node) {
        if (node == detail) {
            return;
        }
        share = contentShare();
        detail = node;
        // The content stays in its place: taken out and put back it would lose focus and menus.
        split.getItems().removeIf(each -> each != body);
        if (node != null) {
            split.getItems().add(node);
            split.setDividerPositions(share);
        }
    }
}
