package io.fieldloom.engine;

/**
 * The rows of one expandable tree, as a flat list over an index of any size. A row is a value.
 * Called from one thread (the window's), while others change the index underneath; an
 * implementation does its own locking and never waits for the network.
 */
public interface Rows<R> {
    /** How many rows there are with the present expansion and filter. */
    int count();

    /** The row at a place, in O(log n) or better. Called for visible rows only. */
    R at(int place);

    /** Opens or folds the row at a place; the count changes. */
    void toggle(int place);

    /** Opens or folds the row at a place. */
    void expand(int place, boolean open);

    /** The place of a path, its parents opened on the way; -1 when there is no such row. */
    int reveal(String path);

    /** Shows only rows that match, and their parents; the empty text shows all. */
    void filter(String text);
}
