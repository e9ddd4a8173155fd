package io.fieldloom.engine.device.tree;

import io.fieldloom.engine.Cause;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.TagNode;
import io.fieldloom.engine.device.tree.TreeNode.Children;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what is below a node, when it is opened. Guarded by the tree's lock; answers come on
 * the driver's threads.
 */
final class Branches {
    private static final Logger LOG = LoggerFactory.getLogger(Branches.class);

    private final Object lock;
    private final Runnable changed;

    /**
     * @param lock the tree's
     * @param changed told, under the lock, when rows came or went
     */
    Branches(Object lock, Runnable changed) {
        this.lock = lock;
        this.changed = changed;
    }

    /** Asks for the children of a node, now or as soon as its device is connected. */
    void load(TreeNode node) {
        DeviceEntry device = node.device;
        if (node.state == Children.LOADING) {
            return;
        }
        if (device.link == null || !device.link.state().isUp()) {
            node.state = Children.WAITING;
            changed.run();
            return;
        }
        node.state = Children.LOADING;
        changed.run();
        int generation = device.generation;
        device.link
                .browse(node.node.address())
                .whenComplete(
                        (found, failure) -> {
                            synchronized (lock) {
                                if (device.generation == generation) {
                                    answered(node, found, failure);
                                }
                            }
                        });
    }

    /** Asks for everything that waits for the device, or failed while it was away. */
    void resume(TreeNode node) {
        boolean unanswered =
                node.state == Children.WAITING
                        || node.state == Children.FAILED
                        || node.state == Children.LOADING;
        if (!node.isDevice() && unanswered) {
            node.state = Children.UNKNOWN;
            if (node.open || node.isViews()) {
                load(node);
            }
        }
        node.children.forEach(this::resume);
    }

    private void answered(TreeNode node, List<TagNode> found, Throwable failure) {
        if (failure != null) {
            node.state = Children.FAILED;
            Throwable cause = Cause.of(failure);
            if (cause instanceof DeviceException expected) {
                node.failure = expected;
            } else {
                LOG.error("Browsing {} failed", node.path(), cause);
                node.failure =
                        new DeviceException(
                                DeviceException.Kind.LOST,
                                "Browsing failed unexpectedly: " + cause,
                                "See the log.");
            }
            changed.run();
            return;
        }
        take(node, node.isVariable() ? Details.withoutProperties(found) : found);
    }

    /** Puts children in the place of those that were there; what stays the same keeps its state. */
    void take(TreeNode node, List<TagNode> found) {
        Map<String, TreeNode> before = new HashMap<>();
        node.children.forEach(child -> before.put(child.node.address(), child));
        Set<String> keys = new HashSet<>();
        List<TreeNode> children = new ArrayList<>(found.size());
        for (TagNode one : inOrder(node, found)) {
            String key = unique(TreeNode.key(one.name()), keys);
            TreeNode known = before.get(one.address());
            if (known != null && known.key.equals(key)) {
                known.node = one;
                children.add(known);
            } else {
                children.add(new TreeNode(node.device, node, key, one));
            }
        }
        node.children = children;
        node.state = Children.KNOWN;
        changed.run();
    }

    /** As the device tells them; what every server has (Server, Aliases) after what is its own. */
    private static List<TagNode> inOrder(TreeNode node, List<TagNode> found) {
        if (!node.node.address().equals(DeviceEntry.OBJECTS)) {
            return found;
        }
        List<TagNode> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(one -> one.address().startsWith("i=")));
        return sorted;
    }

    /** Siblings of one name are legal where their namespaces differ. */
    private static String unique(String key, Set<String> taken) {
        String candidate = key;
        for (int more = 2; !taken.add(candidate); more++) {
            candidate = key + "~" + more;
        }
        return candidate;
    }
}
