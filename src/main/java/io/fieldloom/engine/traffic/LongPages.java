package io.fieldloom.engine.traffic;

import java.util.Arrays;

/** A growing array of longs that are zero until set; see {@link IntPages}. */
final class LongPages {
    private static final int BITS = 14;
    private static final int SIZE = 1 << BITS;
    private static final int MASK = SIZE - 1;

    private long[][] pages = new long[4][];
    private int count;

    /** Makes room for the places below that. */
    void reach(int places) {
        while (count << BITS < places) {
            if (count == pages.length) {
                pages = Arrays.copyOf(pages, 2 * count);
            }
            pages[count++] = new long[SIZE];
        }
    }

    long get(int place) {
        return pages[place >>> BITS][place & MASK];
    }

    void set(int place, long value) {
        pages[place >>> BITS][place & MASK] = value;
    }

    void add(int place, long delta) {
        pages[place >>> BITS][place & MASK] += delta;
    }
}
