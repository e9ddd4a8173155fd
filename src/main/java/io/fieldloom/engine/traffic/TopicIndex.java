package io.fieldloom.engine.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * The tree of all topics seen, without an object for any of them: a node is an int, its fields lie
 * in shared pages. Node 0 is the root; a parent's number is always below its children's.
 *
 * <p>The children of a node form a binary tree in the order of their names, balanced by giving each
 * node a random but fixed rank (a treap). It makes the n-th visible row findable in logarithmic
 * time however many siblings there are, and new topics fall into their place. A hash table over
 * (parent, name) finds the node of an arriving message.
 *
 * <p>Not thread-safe; the traffic store holds its lock.
 */
final class TopicIndex {
    static final int ROOT = 0;
    static final int NONE = 0;

    private static final int PARENT = 0;
    private static final int NAME = 1;
    private static final int HASH = 2;
    private static final int LEFT = 3;
    private static final int RIGHT = 4;
    private static final int UP = 5;
    private static final int CHILDREN = 6;
    private static final int TOPICS = 7;
    private static final int IS_TOPIC = 8;
    private static final int FIELDS = 9;

    /** Topics found without a walk down the tree: those of a busy plant, or the busiest of them. */
    private static final int RECENT = 1 << 12;

    private final IntPages fields = new IntPages(FIELDS);
    private final LevelNames names = new LevelNames();
    private final List<Order> orders = new ArrayList<>();
    private int[] table = new int[1 << 10];
    private final String[] recentTopics = new String[RECENT];
    private final int[] recentNodes = new int[RECENT];
    private int count = 1;

    /**
     * Told when the children of a node are arranged anew, and which nodes become topics or cease.
     */
    interface Order {
        /** Two neighbours in the tree of siblings changed places; {@code below} lies lower now. */
        void rotated(int below, int above);

        /** A node that existed before has become a topic. */
        void becameTopic(int node);

        /** A node is no topic any more. */
        void ceasedTopic(int node);
    }

    TopicIndex() {
        fields.reach(1);
    }

    void addOrder(Order order) {
        orders.add(order);
    }

    void removeOrder(Order order) {
        orders.remove(order);
    }

    /** How many nodes there are, the root included; also the next node's number. */
    int count() {
        return count;
    }

    int topics() {
        return topics(ROOT);
    }

    int parent(int node) {
        return fields.get(node, PARENT);
    }

    int left(int node) {
        return fields.get(node, LEFT);
    }

    int right(int node) {
        return fields.get(node, RIGHT);
    }

    /** The node above in the tree of siblings, or {@link #NONE}. */
    int up(int node) {
        return fields.get(node, UP);
    }

    /** The top of the tree of a node's children, or {@link #NONE}. */
    int children(int node) {
        return fields.get(node, CHILDREN);
    }

    /** How many topics lie at and below a node. */
    int topics(int node) {
        return fields.get(node, TOPICS);
    }

    boolean isTopic(int node) {
        return fields.get(node, IS_TOPIC) != 0;
    }

    /** The last level of a node's topic. */
    String name(int node) {
        return names.text(fields.get(node, NAME));
    }

    /** A node's whole topic. */
    String path(int node) {
        int parent = parent(node);
        if (parent == ROOT) {
            return name(node);
        }
        StringBuilder text = new StringBuilder();
        appendPath(node, text);
        return text.toString();
    }

    private void appendPath(int node, StringBuilder text) {
        int parent = parent(node);
        if (parent != ROOT) {
            appendPath(parent, text);
            text.append('/');
        }
        text.append(name(node));
    }

    /** The node of a topic or branch, or {@link #NONE}. */
    int find(String path) {
        int node = ROOT;
        int from = 0;
        while (true) {
            int hash = 0;
            int to = from;
            for (; to < path.length() && path.charAt(to) != '/'; to++) {
                hash = 31 * hash + path.charAt(to);
            }
            node = table[slot(node, hash, path, from, to)];
            if (node == NONE || to == path.length()) {
                return node;
            }
            from = to + 1;
        }
    }

    /** The node of a topic, made if it is new. */
    int add(String topic) {
        int place = recentPlace(topic);
        if (topic.equals(recentTopics[place])) {
            return recentNodes[place];
        }
        int node = walk(topic);
        recentTopics[place] = topic;
        recentNodes[place] = node;
        return node;
    }

    private int walk(String topic) {
        int node = ROOT;
        int from = 0;
        while (true) {
            int hash = 0;
            int to = from;
            for (; to < topic.length() && topic.charAt(to) != '/'; to++) {
                hash = 31 * hash + topic.charAt(to);
            }
            int slot = slot(node, hash, topic, from, to);
            int child = table[slot];
            boolean isNew = child == NONE;
            if (isNew) {
                child = create(node, hash, names.add(topic, from, to));
                table[slot] = child;
                if (4L * count > 3L * table.length) {
                    grow();
                }
            }
            node = child;
            if (to == topic.length()) {
                markTopic(node, isNew);
                return node;
            }
            from = to + 1;
        }
    }

    private int slot(int parent, int hash, String topic, int from, int to) {
        int mask = table.length - 1;
        int slot = mix(parent, hash) & mask;
        while (true) {
            int node = table[slot];
            if (node == NONE
                    || fields.get(node, PARENT) == parent
                            && fields.get(node, HASH) == hash
                            && names.equals(fields.get(node, NAME), topic, from, to)) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
    }

    private static int mix(int parent, int hash) {
        int mixed = (parent * 0x9E3779B9 + hash) * 0x85EBCA6B;
        return mixed ^ mixed >>> 15;
    }

    private void grow() {
        int[] next = new int[2 * table.length];
        int mask = next.length - 1;
        for (int node : table) {
            if (node != NONE) {
                int slot = mix(parent(node), fields.get(node, HASH)) & mask;
                while (next[slot] != NONE) {
                    slot = slot + 1 & mask;
                }
                next[slot] = node;
            }
        }
        table = next;
    }

    private int create(int parent, int hash, int name) {
        int node = count++;
        fields.reach(count);
        fields.set(node, PARENT, parent);
        fields.set(node, HASH, hash);
        fields.set(node, NAME, name);
        insertAmongSiblings(parent, node, name);
        return node;
    }

    private void markTopic(int node, boolean isNew) {
        if (isTopic(node)) {
            return;
        }
        fields.set(node, IS_TOPIC, 1);
        countTopics(node, 1);
        if (!isNew) {
            for (Order order : orders) {
                order.becameTopic(node);
            }
        }
    }

    private void countTopics(int node, int change) {
        for (int at = node; ; at = parent(at)) {
            fields.add(at, TOPICS, change);
            if (at == ROOT) {
                return;
            }
        }
    }

    /** A topic is none any more; its node stays, and becomes one again with the next message. */
    void unmarkTopic(int node) {
        if (!isTopic(node)) {
            return;
        }
        fields.set(node, IS_TOPIC, 0);
        countTopics(node, -1);
        int place = recentPlace(path(node));
        if (recentNodes[place] == node) {
            recentTopics[place] = null;
        }
        for (Order order : orders) {
            order.ceasedTopic(node);
        }
    }

    private static int recentPlace(String topic) {
        int hash = topic.hashCode();
        return (hash ^ hash >>> 12) & RECENT - 1;
    }

    private void insertAmongSiblings(int parent, int node, int name) {
        int at = children(parent);
        if (at == NONE) {
            fields.set(parent, CHILDREN, node);
            return;
        }
        while (true) {
            int side = names.compare(name, fields.get(at, NAME)) < 0 ? LEFT : RIGHT;
            int next = fields.get(at, side);
            if (next == NONE) {
                fields.set(at, side, node);
                fields.set(node, UP, at);
                break;
            }
            at = next;
        }
        while (at != NONE && rank(node) > rank(at)) {
            rotateUp(parent, node, at);
            at = up(node);
        }
    }

    private static int rank(int node) {
        int mixed = node * 0xC2B2AE35;
        mixed = (mixed ^ mixed >>> 16) * 0x27D4EB2F;
        return mixed ^ mixed >>> 15;
    }

    /** Lifts a node above the one that lies over it, keeping the order. */
    private void rotateUp(int parent, int node, int above) {
        boolean fromLeft = left(above) == node;
        int inner = fromLeft ? right(node) : left(node);
        int top = up(above);
        fields.set(above, (fromLeft ? LEFT : RIGHT), inner);
        if (inner != NONE) {
            fields.set(inner, UP, above);
        }
        fields.set(node, (fromLeft ? RIGHT : LEFT), above);
        fields.set(above, UP, node);
        fields.set(node, UP, top);
        if (top == NONE) {
            fields.set(parent, CHILDREN, node);
        } else {
            fields.set(top, (left(top) == above ? LEFT : RIGHT), node);
        }
        for (Order order : orders) {
            order.rotated(above, node);
        }
    }
}
