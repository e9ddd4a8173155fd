package io.fieldloom.engine.device.tree;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The rows that are shown, in order: a walk over what is open, made anew after a change when
 * somebody asks (a hundred thousand rows take milliseconds). Guarded by the tree's lock.
 */
final class ShownRows {
    private final List<TreeNode> rows = new ArrayList<>();
    private final Set<TreeNode> folded = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<TreeNode> hits = Collections.newSetFromMap(new IdentityHashMap<>());
    private String filter = "";
    private boolean stale = true;

    void changed() {
        stale = true;
    }

    void filter(String text) {
        filter = text.strip();
        folded.clear();
        stale = true;
    }

    boolean isFiltered() {
        return !filter.isEmpty();
    }

    /** Folds what is shown for its matches, until the filter changes. */
    void fold(TreeNode node, boolean fold) {
        if (fold) {
            folded.add(node);
        } else {
            folded.remove(node);
        }
        stale = true;
    }

    List<TreeNode> rows(Collection<DeviceEntry> devices) {
        if (stale) {
            stale = false;
            rows.clear();
            for (DeviceEntry device : devices) {
                if (filter.isEmpty()) {
                    add(device.root);
                } else {
                    findHits(device.root);
                    addMatching(device.root, false);
                }
            }
            hits.clear();
            for (int place = 0; place < rows.size(); place++) {
                rows.get(place).place = place;
            }
        }
        return rows;
    }

    private void add(TreeNode node) {
        rows.add(node);
        if (node.open && node.isBranch()) {
            for (TreeNode child : shownChildren(node)) {
                if (!child.isHidden()) {
                    add(child);
                }
            }
        }
    }

    private static List<TreeNode> shownChildren(TreeNode node) {
        return node.state == TreeNode.Children.KNOWN || !node.children.isEmpty()
                ? node.children
                : List.of(node.message());
    }

    /** Notes the nodes that match or have something below them that does. */
    private boolean findHits(TreeNode node) {
        boolean any = matches(node);
        for (TreeNode child : node.children) {
            any |= findHits(child);
        }
        if (any) {
            hits.add(node);
        }
        return any;
    }

    /**
     * Adds a node where it, something below it, or a branch above it that is shown open matches:
     * who looks for an object wants what is in it.
     *
     * @param below whether a branch above it matches
     */
    private void addMatching(TreeNode node, boolean below) {
        if (!below && !hits.contains(node)) {
            return;
        }
        rows.add(node);
        if (folded.contains(node)) {
            return;
        }
        boolean self = below || matches(node);
        boolean shownOpen = node.open || node.children.stream().anyMatch(hits::contains);
        for (TreeNode child : self && node.open ? shownChildren(node) : node.children) {
            if (!child.isHidden()) {
                addMatching(child, self && shownOpen);
            }
        }
    }

    private boolean matches(TreeNode node) {
        if (node.isMessage()) {
            return false;
        }
        if (contains(node.isDevice() ? node.key : node.node.name(), filter)) {
            return true;
        }
        if (node.isDevice()) {
            return contains(node.device.definition().endpoint(), filter);
        }
        Sample sample = node.sample;
        return contains(node.node.address(), filter)
                || sample != null && contains(words(node.device.own(node, sample)), filter);
    }

    private static String words(Value value) {
        if (value instanceof Value.Numeric number) {
            return number.isFinite()
                    ? number.decimal().toPlainString()
                    : Double.toString(number.asDouble());
        }
        if (value instanceof Value.Text text) {
            return text.value();
        }
        if (value instanceof Value.Enumerated state) {
            return state.name();
        }
        return value instanceof Value.Bool bool ? Boolean.toString(bool.value()) : "";
    }

    static boolean contains(String text, String wanted) {
        int last = text.length() - wanted.length();
        for (int at = 0; at <= last; at++) {
            if (text.regionMatches(true, at, wanted, 0, wanted.length())) {
                return true;
            }
        }
        return false;
    }
}
