package io.fieldloom.ui.kit.rows;

/** What the control must know of a row to draw its tree, whatever the row is. */
public interface RowShape<R> {
    /**
     * Unique and stable; what {@link io.fieldloom.engine.Rows#reveal} takes. The selection is kept
     * by it.
     */
    String path(R row);

    /** 0 for a root. */
    int depth(R row);

    /** Whether it can be opened. */
    boolean isBranch(R row);

    boolean isOpen(R row);

    /** What typing jumps to, and a screen reader says first. */
    String name(R row);
}
