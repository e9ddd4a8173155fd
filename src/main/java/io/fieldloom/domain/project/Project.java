package io.fieldloom.domain.project;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.mapping.PayloadFormat;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.tag.WatchEntry;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * The whole design as one immutable value. Mappings and levels are sorted by topic, so that a
 * branch is a range; brokers, devices, simulators and the watch list keep the order of the file.
 *
 * @param name what the project is called, or null
 * @param description free text, or null
 * @param defaults what mappings get that say nothing themselves
 * @param brokers by name; {@code embedded} is never among them
 * @param devices by name
 * @param simulators by name
 * @param levelNames ISA-95 names of the levels by depth
 * @param levels branches that the file names, by topic
 * @param mappings by topic
 * @param watch the watch list, by name
 */
public record Project(
        String name,
        String description,
        Defaults defaults,
        PMap<String, Broker> brokers,
        PMap<String, Device> devices,
        PMap<String, Simulator> simulators,
        List<String> levelNames,
        TreePMap<String, Level> levels,
        TreePMap<String, Mapping> mappings,
        PMap<String, WatchEntry> watch) {
    public static final Project EMPTY =
            new Project(
                    null,
                    null,
                    Defaults.STANDARD,
                    OrderedPMap.empty(),
                    OrderedPMap.empty(),
                    OrderedPMap.empty(),
                    List.of(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    OrderedPMap.empty());

    public Project {
        levelNames = List.copyOf(levelNames);
    }

    /** The mappings below a topic (not its own), a range of the map; the empty text is all. */
    public NavigableMap<String, Mapping> mappingsBelow(String topic) {
        return below(mappings, topic);
    }

    /** The level entries below a topic (not its own). */
    public NavigableMap<String, Level> levelsBelow(String topic) {
        return below(levels, topic);
    }

    private static <T> NavigableMap<String, T> below(TreePMap<String, T> map, String topic) {
        // '0' is the character after '/', so the range holds what begins with "topic/".
        return topic.isEmpty() ? map : map.subMap(topic + "/", true, topic + "0", false);
    }

    /** Name of the broker that a mapping goes to. */
    public String brokerOf(Mapping mapping) {
        return mapping.broker() == null ? defaults.broker() : mapping.broker();
    }

    public PayloadFormat payloadOf(Mapping mapping) {
        return mapping.payload() == null ? defaults.payload() : mapping.payload();
    }

    public int qosOf(Mapping mapping) {
        return mapping.qos() == null ? defaults.qos() : mapping.qos();
    }

    public boolean retainOf(Mapping mapping) {
        return mapping.retain() == null ? defaults.retain() : mapping.retain();
    }

    /** The unit that is published: the mapping's, else the tag's, else null. */
    public String unitOf(Mapping mapping) {
        if (mapping.unit() != null) {
            return mapping.unit();
        }
        return tagOf(mapping).map(TagSpec::unit).orElse(null);
    }

    /** The tag a mapping reads; empty where the device or the tag is unknown. */
    public Optional<TagSpec> tagOf(Mapping mapping) {
        return tag(mapping.source());
    }

    /** The tag that is named; empty where the device or the tag is unknown. */
    public Optional<TagSpec> tag(TagRef source) {
        Device device = devices.get(source.device());
        return device == null ? Optional.empty() : device.tag(source.tag());
    }

    /** Name of the ISA-95 level of a branch: the file's word, else by depth, else null. */
    public String levelOf(String topic) {
        Level own = levels.get(topic);
        if (own != null && own.level() != null) {
            return own.level();
        }
        int depth = Topic.levels(topic).size() - 1;
        return depth < levelNames.size() ? levelNames.get(depth) : null;
    }

    public Project withName(String other) {
        return with(copy -> copy.name = other);
    }

    public Project withDefaults(Defaults other) {
        return with(copy -> copy.defaults = other);
    }

    public Project withBrokers(PMap<String, Broker> other) {
        return with(copy -> copy.brokers = other);
    }

    public Project withDevices(PMap<String, Device> other) {
        return with(copy -> copy.devices = other);
    }

    public Project withSimulators(PMap<String, Simulator> other) {
        return with(copy -> copy.simulators = other);
    }

    public Project withLevelNames(List<String> other) {
        return with(copy -> copy.levelNames = other);
    }

    public Project withLevels(TreePMap<String, Level> other) {
        return with(copy -> copy.levels = other);
    }

    public Project withMappings(TreePMap<String, Mapping> other) {
        return with(copy -> copy.mappings = other);
    }

    public Project withWatch(PMap<String, WatchEntry> other) {
        return with(copy -> copy.watch = other);
    }

    private Project with(Consumer<Copy> difference) {
        Copy copy = new Copy(this);
        difference.accept(copy);
        return copy.made();
    }

    /** A copy that is not made yet: whatever differs is set before. */
    private static final class Copy {
        private String name;
        private String description;
        private Defaults defaults;
        private PMap<String, Broker> brokers;
        private PMap<String, Device> devices;
        private PMap<String, Simulator> simulators;
        private List<String> levelNames;
        private TreePMap<String, Level> levels;
        private TreePMap<String, Mapping> mappings;
        private PMap<String, WatchEntry> watch;

        Copy(Project from) {
            name = from.name;
            description = from.description;
            defaults = from.defaults;
            brokers = from.brokers;
            devices = from.devices;
            simulators = from.simulators;
            levelNames = from.levelNames;
            levels = from.levels;
            mappings = from.mappings;
            watch = from.watch;
        }

        Project made() {
            return new Project(
                    name,
                    description,
                    defaults,
                    brokers,
                    devices,
                    simulators,
                    levelNames,
                    levels,
                    mappings,
                    watch);
        }
    }
}
