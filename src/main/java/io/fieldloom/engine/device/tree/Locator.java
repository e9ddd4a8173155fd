package io.fieldloom.engine.device.tree;

import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.TagNode;
import io.fieldloom.engine.device.tree.TreeNode.Children;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Looks for a node that was not browsed yet: level by level, many nodes at once, until it is found
 * or a person would have given up. What is found on the way stays known.
 */
final class Locator {
    private static final int MOST_BRANCHES = 5_000;
    private static final String SERVER = "i=2253";

    private final Object lock;
    private final Branches branches;

    Locator(Object lock, Branches branches) {
        this.lock = lock;
        this.branches = branches;
    }

    /** The node of an address, or empty. Fails where the device cannot be browsed. */
    CompletionStage<Optional<TreeNode>> find(DeviceEntry device, String address) {
        return next(device, address, new HashSet<>());
    }

    private CompletionStage<Optional<TreeNode>> next(
            DeviceEntry device, String address, Set<String> asked) {
        List<TreeNode> unknown = new ArrayList<>();
        int generation;
        DeviceLink link;
        synchronized (lock) {
            TreeNode found = byAddress(device.root, address);
            link = device.link;
            generation = device.generation;
            if (found == null && link != null) {
                collect(device.root, asked, unknown);
            }
            if (found != null || unknown.isEmpty() || asked.size() > MOST_BRANCHES) {
                return CompletableFuture.completedStage(Optional.ofNullable(found));
            }
        }
        List<String> addresses = unknown.stream().map(node -> node.node.address()).toList();
        return TagFinder.children(link, addresses)
                .thenCompose(
                        children -> {
                            take(device, generation, unknown, children);
                            return next(device, address, asked);
                        });
    }

    private void collect(TreeNode from, Set<String> asked, List<TreeNode> unknown) {
        for (TreeNode child : from.children) {
            if (child.isFolderOfServer() && !child.node.address().equals(DeviceEntry.OBJECTS)) {
                continue; // no tag is among the types, and views show what Objects has
            }
            boolean closed = child.state != Children.KNOWN && child.isBranch();
            if (closed && !child.node.address().equals(SERVER)) {
                if (asked.add(child.node.address())) {
                    unknown.add(child);
                }
            } else {
                collect(child, asked, unknown);
            }
        }
    }

    private void take(
            DeviceEntry device,
            int generation,
            List<TreeNode> nodes,
            Map<String, List<TagNode>> children) {
        synchronized (lock) {
            for (TreeNode node : nodes) {
                List<TagNode> below = children.get(node.node.address());
                if (below != null && device.generation == generation) {
                    branches.take(node, below);
                }
            }
        }
    }

    static TreeNode byAddress(TreeNode from, String address) {
        for (TreeNode child : from.children) {
            if (child.node.address().equals(address)) {
                return child;
            }
            TreeNode below = byAddress(child, address);
            if (below != null) {
                return below;
            }
        }
        return null;
    }
}
