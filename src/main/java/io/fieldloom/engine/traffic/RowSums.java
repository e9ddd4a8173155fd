package io.fieldloom.engine.traffic;

/**
 * How many rows each branch of the topic tree has in one view, so that the row at a place is found
 * in logarithmic time. For each node it holds the rows of its own branch, and the sum over its part
 * of the tree of siblings; opening, folding or showing one node changes one path to the root.
 *
 * <p>A branch that is no topic and has one shown child makes no row: the child's row carries its
 * name. Not thread-safe; the traffic store holds its lock.
 */
final class RowSums {
    private static final int ROOT = TopicIndex.ROOT;
    private static final int NONE = TopicIndex.NONE;

    private static final int OWN = 0;
    private static final int SUM = 1;
    private static final int KIDS = 2;
    private static final int FLAGS = 3;
    private static final int FIELDS = 4;

    private static final int SHOWN = 1;
    private static final int EXPANDED = 2;
    private static final int FOLDED = 4;

    private final TopicIndex index;
    private final IntPages fields = new IntPages(FIELDS);
    private int nodes;
    private boolean openByDefault;
    private boolean inheriting;

    RowSums(TopicIndex index) {
        this.index = index;
        reach();
    }

    /** Makes room for all nodes of the index. */
    void reach() {
        nodes = index.count();
        fields.reach(nodes);
    }

    /**
     * Shows nothing any more. What was expanded is remembered.
     *
     * @param open whether branches are open until somebody folds them (a filter is on)
     */
    void reset(boolean open) {
        openByDefault = open;
        for (int node = 0; node < nodes; node++) {
            fields.set(node, OWN, 0);
            fields.set(node, SUM, 0);
            fields.set(node, KIDS, 0);
            fields.set(node, FLAGS, flags(node) & EXPANDED);
        }
    }

    private int own(int node) {
        return fields.get(node, OWN);
    }

    /** Zero for {@link TopicIndex#NONE} too, whose place is the root's, which has no siblings. */
    private int sum(int node) {
        return fields.get(node, SUM);
    }

    private int flags(int node) {
        return fields.get(node, FLAGS);
    }

    boolean isShownTopic(int node) {
        return (flags(node) & SHOWN) != 0;
    }

    boolean hasRowsBelow(int node) {
        return fields.get(node, KIDS) > 0;
    }

    boolean isOpen(int node) {
        return openByDefault ? (flags(node) & FOLDED) == 0 : (flags(node) & EXPANDED) != 0;
    }

    /** Whether a node's row is its only child's. */
    boolean isCompact(int node) {
        return node != ROOT && !isShownTopic(node) && fields.get(node, KIDS) == 1;
    }

    boolean isVisible(int node) {
        return own(node) > 0;
    }

    int count() {
        return sum(index.children(ROOT));
    }

    /**
     * Shows a topic.
     *
     * @param isNews whether it came while somebody looked: then a branch that stops being compact
     *     is as open as the row that showed it was; else what is remembered holds
     */
    void show(int node, boolean isNews) {
        if (isShownTopic(node)) {
            return;
        }
        inheriting = isNews;
        boolean inherits = isNews && isCompact(node);
        boolean open = inherits && isOpen(rowOf(node));
        fields.set(node, FLAGS, flags(node) | SHOWN);
        if (inherits) {
            setFlagOpen(node, open);
        }
        refresh(node);
    }

    /** Shows a topic no more; its branch stays while there are others in it. */
    void hide(int node) {
        if (isShownTopic(node)) {
            fields.set(node, FLAGS, flags(node) & ~SHOWN);
            refresh(node);
        }
    }

    void setOpen(int node, boolean open) {
        setFlagOpen(node, open);
        refresh(node);
    }

    private void setFlagOpen(int node, boolean open) {
        int mask = openByDefault ? FOLDED : EXPANDED;
        boolean set = openByDefault != open;
        fields.set(node, FLAGS, set ? flags(node) | mask : flags(node) & ~mask);
    }

    private int rowsOf(int node) {
        int kids = fields.get(node, KIDS);
        if (kids == 0) {
            return isShownTopic(node) ? 1 : 0;
        }
        int below = sum(index.children(node));
        return isCompact(node) ? below : 1 + (isOpen(node) ? below : 0);
    }

    /** A node's own rows may have changed: brings everything above in line. */
    private void refresh(int node) {
        for (int at = node; at != ROOT; ) {
            int before = own(at);
            int change = rowsOf(at) - before;
            if (change == 0) {
                return;
            }
            fields.add(at, OWN, change);
            for (int over = at; over != NONE; over = index.up(over)) {
                fields.add(over, SUM, change);
            }
            int parent = index.parent(at);
            if (before == 0) {
                appeared(parent, at);
            } else if (own(at) == 0) {
                fields.add(parent, KIDS, -1);
            }
            at = parent;
        }
    }

    /** A branch that was compact until now may become a row. */
    private void appeared(int parent, int child) {
        boolean inherits = inheriting && isCompact(parent);
        boolean open = false;
        if (inherits) {
            int first = childAt(parent, 0);
            open = isOpen(rowOf(first == child ? childAt(parent, own(child)) : first));
        }
        fields.add(parent, KIDS, 1);
        if (inherits) {
            setFlagOpen(parent, open);
        }
    }

    /** The node that makes the row of a compact one, or the node itself. */
    int rowOf(int node) {
        int at = node;
        while (isCompact(at)) {
            at = childAt(at, 0);
        }
        return at;
    }

    /** The child of a node whose rows hold that place among all rows of the children. */
    private int childAt(int parent, int place) {
        int at = index.children(parent);
        int left = place;
        while (true) {
            int before = sum(index.left(at));
            if (left < before) {
                at = index.left(at);
            } else if (left < before + own(at)) {
                return at;
            } else {
                left -= before + own(at);
                at = index.right(at);
            }
        }
    }

    /** How many rows of its siblings come before a node's. */
    private int before(int node) {
        int rows = sum(index.left(node));
        for (int at = node; index.up(at) != NONE; at = index.up(at)) {
            int up = index.up(at);
            if (index.right(up) == at) {
                rows += sum(index.left(up)) + own(up);
            }
        }
        return rows;
    }

    /** The node whose row is at a place. */
    int nodeAt(int place) {
        if (place < 0 || place >= count()) {
            throw new IndexOutOfBoundsException("no row " + place + " of " + count());
        }
        int parent = ROOT;
        int left = place;
        while (true) {
            int child = childAt(parent, left);
            left -= before(child);
            if (!isCompact(child)) {
                if (left == 0) {
                    return child;
                }
                left--;
            }
            parent = child;
        }
    }

    /** The place of a node's row; all branches above must be open. */
    int placeOf(int node) {
        int place = 0;
        for (int at = node; at != ROOT; at = index.parent(at)) {
            place += before(at);
            int parent = index.parent(at);
            if (parent != ROOT && !isCompact(parent)) {
                place++;
            }
        }
        return place;
    }

    /** Two neighbours among siblings changed places: their sums change with what lies below. */
    void rotated(int below, int above) {
        if (below < nodes && above < nodes) {
            restore(below);
            restore(above);
        }
    }

    private void restore(int node) {
        fields.set(node, SUM, own(node) + sum(index.left(node)) + sum(index.right(node)));
    }
}
