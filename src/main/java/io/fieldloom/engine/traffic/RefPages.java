package io.fieldloom.engine.traffic;

import java.util.Arrays;

/** A growing array of references that are null until set; see {@link IntPages}. */
final class RefPages {
    private static final int BITS = 14;
    private static final int SIZE = 1 << BITS;
    private static final int MASK = SIZE - 1;

    private Object[][] pages = new Object[4][];
    private int count;

    /** Makes room for the places below that. */
    void reach(int places) {
        while (count << BITS < places) {
            if (count == pages.length) {
                pages = Arrays.copyOf(pages, 2 * count);
            }
            pages[count++] = new Object[SIZE];
        }
    }

    Object get(int place) {
        return pages[place >>> BITS][place & MASK];
    }

    void set(int place, Object value) {
        pages[place >>> BITS][place & MASK] = value;
    }
}
