package io.fieldloom.ui.kit.rows;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * One column of virtual rows: its title, its width and how a row is painted into it. The first
 * column is the tree; it takes the room that the others leave, unless another one grows.
 */
public final class Column<R> {
    static final double LEAST = 34;

    private final String title;
    private final boolean number;
    private final Painter<R> painter;
    private double width;
    private double least;
    private int keep;
    private boolean grows;
    private Consumer<R> action;
    private boolean points;

    private Column(String title, double width, boolean number, Painter<R> painter) {
        this.title = Objects.requireNonNull(title, "title");
        this.width = width;
        this.number = number;
        this.painter = Objects.requireNonNull(painter, "painter");
    }

    /**
     * Fills a cell from a row; called for visible rows on each beat, so it formats and asks nothing
     * that waits.
     */
    @FunctionalInterface
    public interface Painter<R> {
        void paint(R row, Cell cell);
    }

    /** A column of text. */
    public static <R> Column<R> text(String title, double width, Painter<R> painter) {
        return new Column<>(title, width, false, painter);
    }

    /** A column of numbers and values: right-aligned, in the font whose digits have one width. */
    public static <R> Column<R> number(String title, double width, Painter<R> painter) {
        return new Column<>(title, width, true, painter);
    }

    /**
     * How long it stays when there is little room: the column with the smallest number goes first.
     */
    public Column<R> keep(int rank) {
        keep = rank;
        return this;
    }

    /**
     * How narrow it may get: another column shrinks to it before it goes; the one that grows keeps
     * it by letting others go.
     */
    public Column<R> least(double pixels) {
        least = pixels;
        return this;
    }

    /** Makes it the one that takes the room that the others leave. */
    public Column<R> grows() {
        grows = true;
        return this;
    }

    /**
     * What a click on it does to a row. It is a short cut for the mouse: whatever it does can be
     * done from the menu as well.
     */
    public Column<R> onClick(Consumer<R> click) {
        action = click;
        return this;
    }

    /** What a click on it chooses of a row; a double click opens the row, as elsewhere. */
    public Column<R> onPoint(Consumer<R> click) {
        points = true;
        return onClick(click);
    }

    public String title() {
        return title;
    }

    boolean isNumber() {
        return number;
    }

    double width() {
        return width;
    }

    void width(double pixels) {
        width = Math.max(LEAST, pixels);
    }

    /** Its own {@link #least(double)}, or what goes for all. */
    double leastOr(double usual) {
        return least > 0 ? least : usual;
    }

    boolean isGrowing() {
        return grows;
    }

    /** What a click does, or null. */
    Consumer<R> action() {
        return action;
    }

    /** Whether a click chooses a cell of it. */
    boolean isPointing() {
        return points;
    }

    int keep() {
        return keep;
    }

    void paint(R row, Cell cell) {
        painter.paint(row, cell);
    }
}
