package io.fieldloom.engine.traffic;

import java.util.Arrays;

/**
 * A growing array of ints that are zero until set. Pages instead of one array: growing copies
 * nothing, wastes at most one page, and needs no single large block.
 */
final class IntPages {
    private static final int BITS = 15;
    private static final int SIZE = 1 << BITS;
    private static final int MASK = SIZE - 1;

    private int[][] pages = new int[4][];
    private int count;

    /** Makes room for the places below that. */
    void reach(int places) {
        while (count << BITS < places) {
            if (count == pages.length) {
                pages = Arrays.copyOf(pages, 2 * count);
            }
            pages[count++] = new int[SIZE];
        }
    }

    int get(int place) {
        return pages[place >>> BITS][place & MASK];
    }

    void set(int place, int value) {
        pages[place >>> BITS][place & MASK] = value;
    }

    void add(int place, int delta) {
        pages[place >>> BITS][place & MASK] += delta;
    }
}
