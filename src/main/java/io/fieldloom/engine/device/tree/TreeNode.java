package io.fieldloom.engine.device.tree;

import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.TagNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One place in the device tree. All but the sample is guarded by the tree's lock; the sample is set
 * by the driver's threads.
 */
final class TreeNode {
    /** How far its children are known. */
    enum Children {
        UNKNOWN,
        /** Asked for as soon as the device is connected. */
        WAITING,
        LOADING,
        KNOWN,
        FAILED
    }

    final DeviceEntry device;
    final TreeNode parent;
    final int depth;

    /** Its name among its siblings, escaped and unique. */
    final String key;

    /** What the device tells of it; null for the device itself and for messages. */
    TagNode node;

    /** The project's tag that it is, or null where it was found by browsing. */
    TagSpec own;

    Children state = Children.UNKNOWN;
    List<TreeNode> children = List.of();
    boolean open;

    /** Why its children could not be found, or null. */
    DeviceException failure;

    /** The unit that the device tells, or null. */
    String unit;

    /** Its place in the flat list when that was last built. */
    int place = -1;

    /** Newest raw sample, or null. */
    volatile Sample sample;

    /** Since when the samples have been bad in the same way; null while they are not. */
    volatile Instant badSince;

    volatile boolean watched;
    private TreeNode message;

    TreeNode(DeviceEntry device, TreeNode parent, String key, TagNode node) {
        this.device = device;
        this.parent = parent;
        this.key = key;
        this.node = node;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    /** Takes a newer sample. */
    void take(Sample newer) {
        Sample before = sample;
        boolean isBad =
                newer.status().isBad()
                        && !newer.status().equals(Status.BAD_WAITING_FOR_INITIAL_DATA);
        if (!isBad) {
            badSince = null;
        } else if (badSince == null || !newer.status().equals(before.status())) {
            badSince = Instant.now();
        }
        sample = newer;
    }

    boolean isDevice() {
        return parent == null;
    }

    boolean isMessage() {
        return parent != null && node == null;
    }

    boolean isVariable() {
        return node != null && node.isVariable();
    }

    boolean isBranch() {
        if (isDevice()) {
            return state != Children.KNOWN || !children.isEmpty();
        }
        if (state == Children.KNOWN) {
            return !children.isEmpty();
        }
        // Most of what is below a variable are properties, and below a method its arguments.
        return node != null
                && node.mayHaveChildren()
                && !node.isVariable()
                && !node.nodeClass().equals("Method");
    }

    /** Hardly any server has views; the folder of them is shown by those that do. */
    boolean isHidden() {
        return isViews() && children.isEmpty();
    }

    boolean isViews() {
        return isFolderOfServer() && node.address().equals(DeviceEntry.VIEWS);
    }

    /** Whether it is one of the folders below which an OPC UA server has all that it has. */
    boolean isFolderOfServer() {
        return parent != null && parent.isDevice() && own == null && node != null;
    }

    /** What stands for the children while they are not known. */
    TreeNode message() {
        if (message == null) {
            message = new TreeNode(device, this, "~", null);
        }
        return message;
    }

    /** A child by its key, or null. */
    TreeNode child(String name) {
        for (TreeNode child : children) {
            if (child.key.equals(name)) {
                return child;
            }
        }
        return null;
    }

    String path() {
        if (parent == null) {
            return key;
        }
        StringBuilder path = new StringBuilder();
        append(path);
        return path.toString();
    }

    private void append(StringBuilder path) {
        if (parent != null) {
            parent.append(path);
            path.append('/');
        }
        path.append(key);
    }

    /** Names from below the device down to this one. */
    List<String> names() {
        Deque<String> names = new ArrayDeque<>();
        for (TreeNode at = this; at != null && at.node != null; at = at.parent) {
            names.addFirst(at.node.name());
        }
        return List.copyOf(names);
    }

    /** A name as one step of a path. */
    static String key(String name) {
        return name.replace("%", "%25").replace("/", "%2F");
    }
}
