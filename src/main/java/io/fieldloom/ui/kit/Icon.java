package io.fieldloom.ui.kit;

import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.SVGPath;

/**
 * The window's icons, as strokes on a field of 16 by 16. Paths, not an icon font: the fonts' first
 * use took 140 to 240 ms of the start.
 */
public enum Icon {
    ADD("M8 3v10M3 8h10"),

    BROKER(
            "M3 4.5c0-1 2.2-1.7 5-1.7s5 .7 5 1.7-2.2 1.7-5 1.7-5-.7-5-1.7ZM3 4.5v7c0 1 2.2 1.7 5 1.7s5-.7 5-1.7v-7M3 8c0 1 2.2 1.7 5 1.7S13 9 13 8"),
    CHART("M2.5 2.5v11h11M5 10.5l2.5-3 2 1.6L13 5"),
    CHECK("M3 8.5 6.5 12 13 4.5"),
    CHEVRON_DOWN("M4 6.2 8 10.2 12 6.2"),
    CLEAR("M10.5 3.5 13 6 7 12.5H4.5L3 11ZM7.2 6.6 10 9.6M7 13.5h6"),
    CLOSE("M4 4 12 12M12 4 4 12"),
    COPY("M6 6h7.5v7.5H6ZM3.5 10H2.5V2.5H10v1"),
    DEVICE("M2.5 4h11v8h-11ZM5 7v2M8 7v2M11 7v2"),
    EDIT("M10.8 3 13 5.2 5.4 12.8 2.8 13.2 3.2 10.6Z"),
    FILE("M4 2.5h5l3.5 3.5v7.5H4ZM9 2.5V6h3.5"),
    FOLDER("M2 12.5v-9h4.2L7.7 5H14v7.5Z"),
    HISTORY("M8 2.6a5.4 5.4 0 1 1-5 3.4M2.6 2.8v3.4H6M8 5.4V8.2L10 9.4"),
    INFO("M8 2.2a5.8 5.8 0 1 0 .01 0ZM8 7.2V11M8 5v.2"),
    LEVEL("M3 3h4v3H3ZM9 10h4v3H9ZM5 6v5.5h4"),
    LOCK("M4 7.5h8v6H4ZM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5"),
    MAP("M2.5 8h9M8.5 4.5 12 8 8.5 11.5M13.5 3v10"),
    MENU("M2.5 4.5h11M2.5 8h11M2.5 11.5h11"),
    MOON("M13 9.6A5.4 5.4 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6Z"),
    MORE("M3.5 8h.1M8 8h.1M12.5 8h.1"),
    PAUSE("M5.5 3.5v9M10.5 3.5v9"),
    PLAY("M5 3.2 12.5 8 5 12.8Z", true),
    PUBLISH("M8 13V3.5M4 7 8 3l4 4"),
    REDO("M13 6.5H6a3.2 3.2 0 0 0 0 6.5h4M10 3.5l3 3-3 3"),
    RELOAD("M13 8a5 5 0 1 1-1.5-3.6M13 2.5v3h-3"),
    SAVE("M3 3h8l2 2v8H3ZM5.5 3v3.2h4.5V3M5 13V9.3h6V13"),
    SEARCH("M7 2.8a4.2 4.2 0 1 0 .01 0ZM10.2 10.2l3.3 3.3"),
    STOP("M4.5 4.5h7v7h-7Z", true),
    SUN(
            "M8 5.2a2.8 2.8 0 1 0 .01 0ZM8 1.8v1.2M8 13v1.2M1.8 8H3M13 8h1.2M3.6 3.6l.9.9M11.5 11.5l.9.9M12.4 3.6l-.9.9M4.5 11.5l-.9.9"),
    TRASH("M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5"),
    UNDO("M3 6.5h7a3.2 3.2 0 0 1 0 6.5H6M6 3.5l-3 3 3 3"),
    UNLOCK("M4 7.5h8v6H4ZM5.5 7.5V5a2.5 2.5 0 0 1 4.9-.6"),
    WARNING("M8 2.5 14.2 13.5H1.8ZM8 6.5v3.2M8 11.6v.2"),
    WRITE("M2.5 13.5h11M10 2.8 12.2 5 6.6 10.6l-2.8.6.6-2.8Z");

    private static final double FIELD = 16;

    private final String path;
    private final boolean filled;

    Icon(String path) {
        this(path, false);
    }

    Icon(String path, boolean filled) {
        this.path = path;
        this.filled = filled;
    }

    /** A new node that shows it, in the colour of the text around it. */
    public Node node() {
        SVGPath shape = new SVGPath();
        shape.setContent(path);
        shape.getStyleClass().add(filled ? "icon-fill" : "icon-stroke");
        StackPane field = new StackPane(shape);
        field.getStyleClass().add("icon");
        field.setMinSize(FIELD, FIELD);
        field.setPrefSize(FIELD, FIELD);
        field.setMaxSize(FIELD, FIELD);
        return field;
    }
}
