package io.fieldloom.engine.device.tree;

import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.engine.device.Browsing;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.TagNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the variables that branches stand for, level by level and many nodes at once. It does not
 * look below variables, where there are properties such as ranges and units, nor into the OPC UA
 * Server object. Thread-safe; no method waits.
 */
public final class TagFinder {
    /** More variables than anybody means by one gesture. */
    public static final int MOST = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(TagFinder.class);
    private static final String SERVER = "i=2253";

    private final DeviceRegistry registry;
    private final Supplier<Project> project;

    public TagFinder(DeviceRegistry registry, Supplier<Project> project) {
        this.registry = registry;
        this.project = project;
    }

    /**
     * What was found.
     *
     * @param tags variables, each once, in the order of the devices
     * @param cut whether there were more than {@link #MOST}
     */
    public record Found(List<DeviceItem> tags, boolean cut) {
        public Found {
            tags = List.copyOf(tags);
        }
    }

    /** Replaces branches by the variables below them. Fails where a device cannot be browsed. */
    public CompletionStage<Found> variables(List<DeviceItem> items) {
        Walk walk = new Walk();
        CompletionStage<Void> chain = CompletableFuture.completedStage(null);
        for (DeviceItem item : items) {
            chain = chain.thenCompose(done -> walk.take(item));
        }
        return chain.thenCompose(done -> walk.units()).thenApply(done -> walk.found());
    }

    /** One search; its steps run one after the other. */
    private final class Walk {
        private final Map<String, DeviceItem> tags = new LinkedHashMap<>();
        private final Set<String> seen = new HashSet<>();
        private final Map<String, List<String>> detailed = new LinkedHashMap<>();
        private boolean cut;

        Found found() {
            return new Found(List.copyOf(tags.values()), cut);
        }

        private void add(DeviceItem item) {
            if (tags.size() < MOST) {
                tags.putIfAbsent(item.device() + "/" + item.address(), item);
            } else {
                cut = true;
            }
        }

        private void askForUnit(DeviceItem item, TagNode node) {
            if (node.mayHaveChildren()) {
                detailed.computeIfAbsent(item.device(), any -> new ArrayList<>())
                        .add(item.address());
            }
        }

        /** Learns the units of what was found; without an answer they stay unknown. */
        CompletionStage<Void> units() {
            CompletionStage<Void> chain = CompletableFuture.completedStage(null);
            for (Map.Entry<String, List<String>> one : detailed.entrySet()) {
                Optional<DeviceLink> link = registry.link(one.getKey());
                if (link.isPresent()) {
                    chain = chain.thenCompose(done -> units(link.get(), one.getValue()));
                }
            }
            return chain;
        }

        private CompletionStage<Void> units(DeviceLink link, List<String> variables) {
            return TagFinder.units(link, variables)
                    .handle(
                            (units, failure) -> {
                                if (failure != null) {
                                    LOG.warn("{}: units cannot be read", link.name(), failure);
                                } else {
                                    units.forEach(
                                            (address, unit) ->
                                                    tags.computeIfPresent(
                                                            link.name() + "/" + address,
                                                            (key, tag) -> tag.withUnit(unit)));
                                }
                                return null;
                            });
        }

        CompletionStage<Void> take(DeviceItem item) {
            Device device = project.get().devices().get(item.device());
            if (!item.branch()) {
                add(item);
            } else if (device != null) {
                DeviceItem start = item;
                if (item.address().isEmpty()) {
                    device.tags().values().forEach(tag -> add(own(device, tag)));
                    start = objects(device);
                }
                Optional<DeviceLink> link = registry.link(device.name());
                if (device.isOpcUa() && link.isPresent()) {
                    return below(device, link.get(), List.of(start));
                }
            }
            return CompletableFuture.completedStage(null);
        }

        private CompletionStage<Void> below(
                Device device, DeviceLink link, List<DeviceItem> parents) {
            List<DeviceItem> fresh =
                    parents.stream()
                            .filter(parent -> seen.add(device.name() + "/" + parent.address()))
                            .toList();
            if (fresh.isEmpty() || cut) {
                return CompletableFuture.completedStage(null);
            }
            List<String> addresses = fresh.stream().map(DeviceItem::address).toList();
            return children(link, addresses)
                    .thenCompose(
                            children -> {
                                List<DeviceItem> next = new ArrayList<>();
                                for (DeviceItem parent : fresh) {
                                    for (TagNode node :
                                            children.getOrDefault(parent.address(), List.of())) {
                                        DeviceItem item = item(device, parent, node);
                                        if (node.isVariable()) {
                                            add(item);
                                            askForUnit(item, node);
                                        } else if (node.mayHaveChildren()
                                                && !node.nodeClass().equals("Method")
                                                && !node.address().equals(SERVER)) {
                                            next.add(item);
                                        }
                                    }
                                }
                                return below(device, link, next);
                            });
        }
    }

    /**
     * The engineering units that a device tells of variables.
     *
     * @return unit by address, where there is one
     */
    public static CompletionStage<Map<String, String>> units(
            DeviceLink link, List<String> variables) {
        return children(link, variables).thenCompose(below -> Units.read(link, below));
    }

    /** The children of many nodes, in one request where the protocol can. */
    static CompletionStage<Map<String, List<TagNode>>> children(
            DeviceLink link, List<String> parents) {
        Optional<Browsing> many = link.capability(Browsing.class);
        if (many.isPresent()) {
            return many.get().browseAll(parents);
        }
        Map<String, List<TagNode>> all = new HashMap<>();
        CompletionStage<Void> chain = CompletableFuture.completedStage(null);
        for (String parent : parents) {
            chain =
                    chain.thenCompose(done -> link.browse(parent))
                            .thenAccept(found -> all.put(parent, found));
        }
        return chain.thenApply(done -> all);
    }

    private static DeviceItem own(Device device, TagSpec tag) {
        return new DeviceItem(
                device.name(),
                tag.name(),
                tag.address(),
                tag.name(),
                List.of(tag.name()),
                null,
                null,
                false);
    }

    private static DeviceItem objects(Device device) {
        return DeviceItem.branch(device.name(), DeviceEntry.OBJECTS, "Objects", List.of("Objects"));
    }

    private static DeviceItem item(Device device, DeviceItem parent, TagNode node) {
        List<String> path = new ArrayList<>(parent.path());
        path.add(node.name());
        return new DeviceItem(
                device.name(),
                node.address(),
                node.address(),
                node.name(),
                path,
                node.type(),
                null,
                !node.isVariable());
    }
}
