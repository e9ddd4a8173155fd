package io.fieldloom.engine.traffic;

import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * The rows that a screen shows, read at one moment: one hold of the store's lock for each repaint
 * instead of one for each row, and a click means the row that was seen. Belongs to the view's
 * thread; only {@link #forget} is called by others, under the store's lock.
 */
final class RowFrame {
    /** Rows beyond those asked for, so that a little scrolling finds them read. */
    private static final int MARGIN = 8;

    /** More than a screen has. */
    private static final int MOST = 400;

    private volatile Read read = Read.NOTHING;
    private int least = Integer.MAX_VALUE;
    private int most = -1;

    private record Read(int first, int[] nodes, TopicRow[] rows) {
        static final Read NOTHING = new Read(0, new int[0], new TopicRow[0]);
    }

    /** Reads the rows around those asked for since the last time. Under the lock. */
    void take(int count, IntUnaryOperator nodeAt, IntFunction<TopicRow> rowOf) {
        int first = Math.max(0, least - MARGIN);
        int end = Math.min(count, Math.min(most + 1 + MARGIN, first + MOST));
        least = Integer.MAX_VALUE;
        most = -1;
        if (end <= first) {
            read = Read.NOTHING;
            return;
        }
        int[] nodes = new int[end - first];
        TopicRow[] rows = new TopicRow[end - first];
        for (int at = 0; at < rows.length; at++) {
            nodes[at] = nodeAt.applyAsInt(first + at);
            rows[at] = rowOf.apply(nodes[at]);
        }
        read = new Read(first, nodes, rows);
    }

    /** The row at a place as it was read, or null. */
    TopicRow at(int place) {
        least = Math.min(least, place);
        most = Math.max(most, place);
        Read now = read;
        int at = place - now.first();
        return at >= 0 && at < now.rows().length ? now.rows()[at] : null;
    }

    /** The node whose row was read at a place, or {@link TopicIndex#NONE}. */
    int node(int place) {
        Read now = read;
        int at = place - now.first();
        return at >= 0 && at < now.nodes().length ? now.nodes()[at] : TopicIndex.NONE;
    }

    void forget() {
        read = Read.NOTHING;
    }
}
