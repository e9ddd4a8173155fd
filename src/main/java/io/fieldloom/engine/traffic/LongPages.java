package io.fieldloom.engine.traffic;

import java.util.Arrays;

/** Some longs for each node, zero until set; see {@link IntPages}. */
final class LongPages {
    private static final int BITS = 12;
    private static final int NODES = 1 << BITS;
    private static final int MASK = NODES - 1;

    private final int fields;
    private long[][] pages = new long[4][];
    private int count;

    LongPages(int fields) {
        this.fields = fields;
    }

    /** Makes room for the nodes below that. */
    void reach(int nodes) {
        while (count << BITS < nodes) {
            if (count == pages.length) {
                pages = Arrays.copyOf(pages, 2 * count);
            }
            pages[count++] = new long[NODES * fields];
        }
    }

    /** The page that holds a node's fields, from {@link #at} on. */
    long[] page(int node) {
        return pages[node >>> BITS];
    }

    int at(int node) {
        return (node & MASK) * fields;
    }

    long get(int node, int field) {
        return pages[node >>> BITS][(node & MASK) * fields + field];
    }
}
