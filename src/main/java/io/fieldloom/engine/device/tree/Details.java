package io.fieldloom.engine.device.tree;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.TagNode;
import io.fieldloom.engine.device.tree.TreeNode.Children;
import java.util.ArrayList;
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
    private static final String UNITS = "EngineeringUnits";

    /** Properties of variables (OPC UA Part 8, 5.3): of use to programs, not to a person here. */
    private static final Set<String> PROPERTIES =
            Set.of(
                    UNITS,
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
        List<TreeNode> measured = new ArrayList<>();
        List<String> units = new ArrayList<>();
        synchronized (lock) {
            if (device.generation != generation) {
                return CompletableFuture.completedStage(null);
            }
            for (TreeNode node : nodes) {
                List<TagNode> below = found.getOrDefault(node.node.address(), List.of());
                below.stream()
                        .filter(one -> one.name().equals(UNITS))
                        .findFirst()
                        .ifPresent(
                                one -> {
                                    measured.add(node);
                                    units.add(one.address());
                                });
                branches.take(node, withoutProperties(below));
            }
        }
        return units.isEmpty()
                ? CompletableFuture.completedStage(null)
                : device.link.read(units).thenAccept(samples -> takeUnits(measured, samples));
    }

    /** What a person may want to open below a variable. */
    static List<TagNode> withoutProperties(List<TagNode> below) {
        return below.stream().filter(one -> !PROPERTIES.contains(one.name())).toList();
    }

    private void takeUnits(List<TreeNode> nodes, List<Sample> samples) {
        synchronized (lock) {
            for (int at = 0; at < nodes.size(); at++) {
                nodes.get(at).unit = unit(samples.get(at).value());
            }
        }
    }

    /** The display name of an EUInformation (OPC UA Part 8, 5.6.3), or null. */
    private static String unit(Value value) {
        if (value instanceof Value.Structure information) {
            for (Map.Entry<String, Value> field : information.fields().entrySet()) {
                if (field.getKey().equalsIgnoreCase("displayName")) {
                    return text(field.getValue());
                }
            }
        }
        return null;
    }

    private static String text(Value value) {
        if (value instanceof Value.Structure localized) {
            return localized.fields().entrySet().stream()
                    .filter(field -> field.getKey().equalsIgnoreCase("text"))
                    .map(field -> text(field.getValue()))
                    .findFirst()
                    .orElse(null);
        }
        return value instanceof Value.Text text && !text.value().isBlank() ? text.value() : null;
    }
}
