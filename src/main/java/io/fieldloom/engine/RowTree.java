package io.fieldloom.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * A tree that knows how many of its rows are visible, so that the row at a place is found without
 * walking over those before it: what most {@link Rows} stand on. Children lie sorted in blocks that
 * carry their sums; adding, removing, opening and finding are cheap with a hundred thousand
 * children under one parent. Not thread-safe.
 *
 * @param <T> what a node holds
 */
public final class RowTree<T> {
    private static final int BLOCK = 128;

    private final Comparator<? super T> order;
    private final Node<T> root = new Node<>("", null, null);
    private boolean filtered;

    /** Children are sorted by this; equal ones stay in the order they were added. */
    public RowTree(Comparator<? super T> order) {
        this.order = order;
        root.open = true;
    }

    /** One node. Its key is unique among its siblings. */
    public static final class Node<T> {
        private final String key;
        private final Node<T> parent;
        private final List<Block<T>> blocks = new ArrayList<>(1);
        private final int depth;
        private Map<String, Node<T>> byKey = Map.of();
        private Block<T> block;
        private T value;
        private int inner;
        private boolean open;
        private boolean openBefore;
        private boolean hidden;

        private Node(String key, T value, Node<T> parent) {
            this.key = key;
            this.value = value;
            this.parent = parent;
            this.depth = parent == null ? -1 : parent.depth + 1;
        }

        public String key() {
            return key;
        }

        public T value() {
            return value;
        }

        /** Gives it another value that sorts to the same place. */
        public void value(T other) {
            value = other;
        }

        /** The node above; null for the root only. */
        public Node<T> parent() {
            return parent;
        }

        /** 0 for the nodes below the root. */
        public int depth() {
            return depth;
        }

        public boolean isOpen() {
            return open;
        }

        public boolean hasChildren() {
            return !byKey.isEmpty();
        }

        public int childCount() {
            return byKey.size();
        }

        /** The child of a key, or null. */
        public Node<T> child(String wanted) {
            return byKey.get(wanted);
        }

        /** Calls back for each child, in order. The tree must not be changed meanwhile. */
        public void forEachChild(Consumer<Node<T>> action) {
            for (Block<T> each : blocks) {
                each.nodes.forEach(action);
            }
        }

        private int weight() {
            return hidden ? 0 : open ? 1 + inner : 1;
        }
    }

    /** Siblings that lie together, and how many rows they and what is open below them take. */
    private static final class Block<T> {
        private final List<Node<T>> nodes = new ArrayList<>();
        private int rows;
    }

    /** The invisible node above all. */
    public Node<T> root() {
        return root;
    }

    public int count() {
        return root.inner;
    }

    /** The visible node at a place; null where there is none. */
    public Node<T> at(int place) {
        if (place < 0 || place >= root.inner) {
            return null;
        }
        Node<T> node = root;
        int rest = place;
        while (true) {
            int at = 0;
            while (rest >= node.blocks.get(at).rows) {
                rest -= node.blocks.get(at++).rows;
            }
            List<Node<T>> nodes = node.blocks.get(at).nodes;
            int child = 0;
            while (rest >= nodes.get(child).weight()) {
                rest -= nodes.get(child++).weight();
            }
            node = nodes.get(child);
            if (rest == 0) {
                return node;
            }
            rest--;
        }
    }

    /** The place of a node; -1 while it is filtered out or a parent is folded. */
    public int placeOf(Node<T> node) {
        int place = 0;
        for (Node<T> at = node; at != root; at = at.parent) {
            if (at.hidden || !at.parent.open || at.block == null) {
                return -1;
            }
            for (Block<T> block : at.parent.blocks) {
                if (block == at.block) {
                    break;
                }
                place += block.rows;
            }
            for (Node<T> sibling : at.block.nodes) {
                if (sibling == at) {
                    break;
                }
                place += sibling.weight();
            }
            if (at.parent != root) {
                place++;
            }
        }
        return place;
    }

    /** Adds a child, folded. The key must be new among its siblings. */
    public Node<T> add(Node<T> parent, String key, T value) {
        Node<T> node = new Node<>(key, value, parent);
        if (parent.byKey.isEmpty()) {
            parent.byKey = new HashMap<>(4);
        }
        if (parent.byKey.putIfAbsent(key, node) != null) {
            throw new IllegalArgumentException("Two children have the key " + key);
        }
        int at = insert(parent, node);
        grow(node, 1);
        if (node.block.nodes.size() > BLOCK) {
            split(parent.blocks, at);
        }
        return node;
    }

    /** Puts a node in its place among its siblings; returns its block's. */
    private int insert(Node<T> parent, Node<T> node) {
        List<Block<T>> blocks = parent.blocks;
        if (blocks.isEmpty()) {
            blocks.add(new Block<>());
        }
        int at = blocks.size() - 1;
        if (blocks.size() > 1) {
            at =
                    Math.max(
                            0,
                            lastNotAfter(
                                    blocks.size(), place -> blocks.get(place).nodes.get(0), node));
        }
        Block<T> block = blocks.get(at);
        int place = lastNotAfter(block.nodes.size(), block.nodes::get, node) + 1;
        block.nodes.add(place, node);
        node.block = block;
        return at;
    }

    /** The last of a sorted row that does not lie after a node; -1 when all do. */
    private int lastNotAfter(int size, IntFunction<Node<T>> nodes, Node<T> node) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.compare(nodes.apply(middle).value, node.value) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private void split(List<Block<T>> blocks, int at) {
        Block<T> full = blocks.get(at);
        Block<T> half = new Block<>();
        List<Node<T>> tail = full.nodes.subList(BLOCK / 2, full.nodes.size());
        half.nodes.addAll(tail);
        tail.clear();
        half.nodes.forEach(node -> node.block = half);
        full.rows = sum(full);
        half.rows = sum(half);
        blocks.add(at + 1, half);
    }

    private static <T> int sum(Block<T> block) {
        int rows = 0;
        for (Node<T> node : block.nodes) {
            rows += node.weight();
        }
        return rows;
    }

    /** Tells those above a node that it takes more or fewer rows than before. */
    private void grow(Node<T> node, int rows) {
        Node<T> at = node;
        while (at != root && rows != 0) {
            at.block.rows += rows;
            at.parent.inner += rows;
            at = at.parent;
            if (!at.open || at.hidden) {
                return;
            }
        }
    }

    /** Takes a node and all below it away. */
    public void remove(Node<T> node) {
        grow(node, -node.weight());
        node.parent.byKey.remove(node.key);
        node.block.nodes.remove(node);
        if (node.block.nodes.isEmpty()) {
            node.parent.blocks.remove(node.block);
        }
        node.block = null;
        if (node.parent.byKey.isEmpty() && node.parent != root) {
            open(node.parent, false);
        }
    }

    /** Takes everything below a node away; it stays as open as it was. */
    public void clear(Node<T> node) {
        int before = node.weight();
        node.blocks.clear();
        node.byKey = Map.of();
        node.inner = 0;
        if (node != root) {
            grow(node, node.weight() - before);
        }
    }

    /** Opens or folds a node. */
    public void open(Node<T> node, boolean open) {
        if (node.open != open && node != root) {
            int before = node.weight();
            node.open = open;
            grow(node, node.weight() - before);
        }
    }

    /** Opens all above a node, so that it has a place unless it is filtered out. */
    public void reveal(Node<T> node) {
        for (Node<T> at = node.parent; at != null && at != root; at = at.parent) {
            open(at, true);
        }
    }

    /**
     * Shows only nodes that match, what lies above them, opened, and what lies below them; null
     * shows all again, as open as before.
     */
    public void filter(Predicate<Node<T>> matches) {
        if (matches == null) {
            if (filtered) {
                unfilter(root);
            }
            filtered = false;
            return;
        }
        filter(root, matches, false, !filtered);
        filtered = true;
    }

    private boolean filter(
            Node<T> node, Predicate<Node<T>> matches, boolean within, boolean first) {
        boolean self = node != root && matches.test(node);
        boolean below = false;
        node.inner = 0;
        for (Block<T> block : node.blocks) {
            for (Node<T> child : block.nodes) {
                below |= filter(child, matches, within || self, first);
            }
            block.rows = sum(block);
            node.inner += block.rows;
        }
        if (node != root) {
            if (first) {
                node.openBefore = node.open;
            }
            node.open = below;
            node.hidden = !self && !below && !within;
        }
        return self || below;
    }

    private void unfilter(Node<T> node) {
        node.inner = 0;
        for (Block<T> block : node.blocks) {
            block.nodes.forEach(this::unfilter);
            block.rows = sum(block);
            node.inner += block.rows;
        }
        node.hidden = false;
        if (node != root) {
            node.open = node.openBefore;
        }
    }
}
