package io.fieldloom.engine.traffic;

import java.util.Arrays;

/**
 * Some ints for each node of the topic tree, zero until set. Pages instead of one array: growing
 * copies nothing, wastes at most one page, and needs no single large block. A node's fields lie
 * side by side in one page.
 */
final class IntPages {
    private static final int BITS = 12;
    private static final int NODES = 1 << BITS;
    private static final int MASK = NODES - 1;

    private final int fields;
    private int[][] pages = new int[4][];
    private int count;

    IntPages(int fields) {
        this.fields = fields;
    }

    /** Makes room for the nodes below that. */
    void reach(int nodes) {
        while (count << BITS < nodes) {
            if (count == pages.length) {
                pages = Arrays.copyOf(pages, 2 * count);
            }
            pages[count++] = new int[NODES * fields];
        }
    }

    /** The page that holds a node's fields, from {@link #at} on. */
    int[] page(int node) {
        return pages[node >>> BITS];
    }

    int at(int node) {
        return (node & MASK) * fields;
    }

    int get(int node, int field) {
        return pages[node >>> BITS][(node & MASK) * fields + field];
    }

    void set(int node, int field, int value) {
        pages[node >>> BITS][(node & MASK) * fields + field] = value;
    }

    void add(int node, int field, int delta) {
        pages[node >>> BITS][(node & MASK) * fields + field] += delta;
    }
}
