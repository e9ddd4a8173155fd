package io.fieldloom.engine.device.tree;

import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.TagNode;
import io.fieldloom.engine.device.tree.TreeNode.Children;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what belongs to variables on screen: their units, and whether there is more below them
 * than properties. Guarded by the tree's lock; answers come on the driver's threads.
 */
final class Details {
    private static final Logger LOG = LoggerFactory.getLogger(Details.class);

    /** Properties of variables (OPC UA Part 8, 5.3): of use to programs, not to a person here. */
    private static final Set<String> PROPERTIES =
            Set.of(
                    Units.PROPERTY,
                    "EURange",
                    "InstrumentRange",
                    "ValuePrecision",
                    "Definition",
                    "TrueState",
                    "FalseState",
                    "EnumStrings",
                    "EnumValues",
                    "EnumDictionaryEntries",
                    "ValueAsText",
                    "Title",
                    "AxisScaleType",
                    "AxisDefinition");

    private final Branches branches;
    private final Object lock;

    Details(Object lock, Branches branches) {
        this.lock = lock;
        this.branches = branches;
    }

    /** Asks for what is not known yet, in one request a device. */
    void ask(DeviceEntry device, List<TreeNode> nodes) {
        List<TreeNode> unknown =
                nodes.stream()
                        .filter(node -> node.state == Children.UNKNOWN)
                        .filter(node -> node.node.mayHaveChildren())
                        .toList();
        if (unknown.isEmpty() || device.link == null || !device.link.state().isUp()) {
            return;
        }
        unknown.forEach(node -> node.state = Children.LOADING);
        int generation = device.generation;
        DeviceLink link = device.link;
        List<String> addresses = unknown.stream().map(node -> node.node.address()).toList();
        TagFinder.children(link, addresses)
                .thenCompose(children -> take(device, generation, unknown, children))
                .whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                LOG.debug("No details of {}", addresses, failure);
                                forget(device, generation, unknown);
                            }
                        });
    }

    private void forget(DeviceEntry device, int generation, List<TreeNode> nodes) {
        synchronized (lock) {
            if (device.generation == generation) {
                nodes.stream()
                        .filter(node -> node.state == Children.LOADING)
                        .forEach(node -> node.state = Children.UNKNOWN);
            }
        }
    }

    private CompletionStage<Void> take(
            DeviceEntry device,
            int generation,
            List<TreeNode> nodes,
            Map<String, List<TagNode>> found) {
        synchronized (lock) {
            if (device.generation != generation) {
                return CompletableFuture.completedStage(null);
            }
            for (TreeNode node : nodes) {
                List<TagNode> below = found.getOrDefault(node.node.address(), List.of());
                branches.take(node, withoutProperties(below));
            }
        }
        return Units.read(device.link, found).thenAccept(units -> takeUnits(nodes, units));
    }

    /** What a person may want to open below a variable. */
    static List<TagNode> withoutProperties(List<TagNode> below) {
        return below.stream().filter(one -> !PROPERTIES.contains(one.name())).toList();
    }

    private void takeUnits(List<TreeNode> nodes, Map<String, String> units) {
        synchronized (lock) {
            nodes.forEach(node -> node.unit = units.get(node.node.address()));
        }
    }
}
