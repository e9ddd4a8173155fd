package io.fieldloom.ui.kit.rows;

/** A small sign in a row, on a field of 12 by 12. */
public enum Mark {
    NONE("", false),
    /** A light: the state of a device or a link. */
    DOT("M6 2.5a3.5 3.5 0 1 0 .01 0Z", true),
    /** A variable that is mapped. */
    FILLED("M6 1.5a4.5 4.5 0 1 0 .01 0Z", true),
    /** A variable that is not mapped. */
    HOLLOW("M6 2a4 4 0 1 0 .01 0Z", false),
    METHOD("M8.8 1.8c-1.6-.5-2.4.3-2.7 1.9L4.9 9.2c-.3 1.3-1 1.8-2.2 1.4M3.8 5h4.6", false),
    CHECK("M2 6.5 4.8 9.3 10 2.8", false),
    CROSS("M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5", false),
    WARNING("M6 1.5 11.2 10.5H.8ZM6 4.8v2.4M6 8.8v.2", false),
    WAIT("M6 1.5a4.5 4.5 0 1 0 .01 0ZM6 3.5V6.2L7.8 7.4", false),
    PAUSED("M4 2.5v7M8 2.5v7", false),
    LOCK("M2.8 5.5h6.4v5H2.8ZM4 5.5V3.8a2 2 0 0 1 4 0v1.7", false);

    static final double FIELD = 12;

    private final String path;
    private final boolean filled;

    Mark(String path, boolean filled) {
        this.path = path;
        this.filled = filled;
    }

    String path() {
        return path;
    }

    boolean isFilled() {
        return filled;
    }
}
