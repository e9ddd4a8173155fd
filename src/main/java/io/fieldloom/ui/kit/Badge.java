package io.fieldloom.ui.kit;

import javafx.scene.control.Label;

/**
 * A short word in a frame.
 *
 * @param text what it says
 * @param kind which frame
 */
public record Badge(String text, Kind kind) {
    /** The frames. */
    public enum Kind {
        /** A round pill for a property: a protocol, a count, a state. */
        PILL("badge"),
        /** A filled pill for what must not be overlooked. */
        ALARM("alarm-badge"),
        /** A round pill for what waits for a decision. */
        WARNING("warning-badge"),
        /** A square frame for the ISA-95 level of a branch. */
        LEVEL("level-badge");

        private final String styleClass;

        Kind(String styleClass) {
            this.styleClass = styleClass;
        }

        public String styleClass() {
            return styleClass;
        }
    }

    public static Badge pill(String text) {
        return new Badge(text, Kind.PILL);
    }

    public static Badge alarm(String text) {
        return new Badge(text, Kind.ALARM);
    }

    public static Badge warning(String text) {
        return new Badge(text, Kind.WARNING);
    }

    public static Badge level(String name) {
        return new Badge(name, Kind.LEVEL);
    }

    /** Whether it must be seen, however narrow the place. */
    public boolean isUrgent() {
        return kind == Kind.ALARM || kind == Kind.WARNING;
    }

    /** A new label that shows it. */
    public Label label() {
        Label label = new Label(text);
        label.setEllipsisString("…");
        label.getStyleClass().add(kind.styleClass);
        return label;
    }
}
