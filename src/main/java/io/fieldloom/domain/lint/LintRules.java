package io.fieldloom.domain.lint;

import io.fieldloom.domain.Spelling;
import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.mapping.ExpressionCheck;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Naming;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Location;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.WatchEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The rules, applied to one entry of one project at a time. Used by one thread. */
final class LintRules {
    static final String DEFAULT_BROKER = "defaults.broker";

    /** The Sparkplug specification has capitals of its own. */
    private static final String SPARKPLUG = "spBv1.0";

    /** Among more names than this nobody is helped by a guess, and guessing takes long. */
    private static final int MOST_NAMES = 2_000;

    private final Project project;
    private final ExpressionCheck expressions;
    private final Map<String, Optional<String>> checked = new HashMap<>();

    LintRules(Project project, ExpressionCheck expressions) {
        this.project = project;
        this.expressions = expressions;
    }

    /** The findings about one entry or setting; none for one that is not there. */
    List<Finding> findings(Location location) {
        List<Finding> found = new ArrayList<>();
        if (location.section() == null) {
            checkDefaultBroker(location, found);
            return found;
        }
        switch (location.section()) {
            case DEVICES -> {
                Device device = project.devices().get(location.key());
                if (device != null) {
                    check(device, location, found);
                }
            }
            case LEVELS -> {
                String branch = location.key();
                if (project.levels().containsKey(branch)) {
                    checkTopic(location, found);
                }
                // A mapping of the same topic says it itself.
                if (isBranch(branch) && !project.mappings().containsKey(branch)) {
                    checkStyle(location, found);
                }
            }
            case MAPPINGS -> {
                Mapping mapping = project.mappings().get(location.key());
                if (mapping != null) {
                    check(mapping, location, found);
                }
            }
            case WATCH -> {
                WatchEntry entry = project.watch().get(location.key());
                if (entry != null) {
                    checkSource(
                            entry.source(),
                            other -> new Edit.PutWatch(entry.withSource(other)),
                            new Found(found, location, Finding::warning));
                }
            }
            default -> {}
        }
        return found;
    }

    private void checkDefaultBroker(Location location, List<Finding> found) {
        String broker = project.defaults().broker();
        if (isBroker(broker)) {
            return;
        }
        Optional<String> near = nearest(broker, brokers());
        Finding finding =
                Finding.error(
                        "unknown-broker",
                        location,
                        "the default broker '" + broker + "' is not in the project",
                        near.map(LintRules::didYouMean)
                                .orElse("Add the broker, or choose another default"));
        found.add(
                finding.orWith(
                        near.map(
                                name ->
                                        new Edit.SetDefaults(
                                                project.defaults().withBroker(name)))));
    }

    private boolean isBroker(String name) {
        return name.equals(Broker.EMBEDDED) || project.brokers().containsKey(name);
    }

    private Set<String> brokers() {
        Set<String> names = new TreeSet<>(project.brokers().keySet());
        names.add(Broker.EMBEDDED);
        return names;
    }

    private void check(Device device, Location location, List<Finding> found) {
        String name = device.simulator();
        if (name == null) {
            if (device.use() == Device.Use.SIMULATED) {
                found.add(
                        Finding.error(
                                "missing-simulator",
                                location,
                                "the device is simulated but names no simulator",
                                "Name one with simulator:, or set use: real"));
            }
            return;
        }
        Simulator simulator = project.simulators().get(name);
        if (simulator == null) {
            Optional<String> near = nearest(name, project.simulators().keySet());
            Finding finding =
                    Finding.error(
                            "unknown-simulator",
                            location,
                            "the simulator '" + name + "' is not in the project",
                            near.map(LintRules::didYouMean)
                                    .orElse("Add the simulator, or name another"));
            found.add(
                    finding.orWith(
                            near.map(other -> new Edit.PutDevice(device.withSimulator(other)))));
        } else if (simulator.isOpcUa() != device.isOpcUa()) {
            found.add(
                    Finding.error(
                            "simulator-mismatch",
                            location,
                            "the simulator '"
                                    + name
                                    + "' speaks "
                                    + simulator.protocol()
                                    + ", the device "
                                    + device.scheme(),
                            "Name a simulator of the device's protocol"));
        }
    }

    private void check(Mapping mapping, Location location, List<Finding> found) {
        checkTopic(location, found);
        checkStyle(location, found);
        checkSource(
                mapping.source(),
                other -> new Edit.PutMapping(mapping.withSource(other)),
                new Found(found, location, Finding::error));
        checkBroker(mapping, location, found);
        if (mapping.transform() != null) {
            checked.computeIfAbsent(mapping.transform(), expressions::fault)
                    .ifPresent(
                            fault ->
                                    found.add(
                                            Finding.error(
                                                    "transform-invalid",
                                                    location,
                                                    "the transform '"
                                                            + mapping.transform()
                                                            + "' cannot be evaluated: "
                                                            + fault,
                                                    "Write an expression such as value * 0.1"
                                                            + " + 4")));
        }
        if (!project.mappingsBelow(mapping.topic()).isEmpty()) {
            found.add(
                    Finding.warning(
                            "leaf-and-folder",
                            location,
                            "the topic carries values and has topics below it",
                            "Give the value a name of its own, such as "
                                    + Topic.child(mapping.topic(), "value")));
        }
    }

    private static void checkTopic(Location location, List<Finding> found) {
        Topic.fault(location.key())
                .ifPresent(
                        fault ->
                                found.add(
                                        Finding.error(
                                                "topic-invalid",
                                                location,
                                                "nobody can publish to this topic: " + fault,
                                                "Rename it")));
    }

    private boolean isBranch(String topic) {
        return project.levels().containsKey(topic)
                || !project.mappingsBelow(topic).isEmpty()
                || !project.levelsBelow(topic).isEmpty();
    }

    /** The name of the last level; each level above is looked at as a branch, once. */
    private void checkStyle(Location location, List<Finding> found) {
        String topic = location.key();
        if (Topic.root(topic).equals(SPARKPLUG) || Topic.fault(topic).isPresent()) {
            return;
        }
        String name = Topic.name(topic);
        Naming.styleFault(name)
                .ifPresent(
                        fault -> {
                            String better = Naming.kebab(name);
                            String moved = Topic.child(Topic.parent(topic), better);
                            boolean free =
                                    !better.equals(name)
                                            && !project.mappings().containsKey(moved)
                                            && !isBranch(moved);
                            Finding finding =
                                    Finding.warning(
                                            "topic-style",
                                            location,
                                            "the level name has " + fault,
                                            free
                                                    ? "Rename to " + better
                                                    : "Rename it, in small letters with hyphens");
                            found.add(
                                    finding.orWith(
                                            free
                                                    ? Optional.of(new Edit.MoveBranch(topic, moved))
                                                    : Optional.empty()));
                        });
    }

    /** Where findings about an entry go, and how much they weigh. */
    private record Found(List<Finding> list, Location location, Weight weight) {
        void add(
                String rule,
                String message,
                String otherwise,
                Optional<String> near,
                Function<String, Edit> fix) {
            Finding finding =
                    weight.of(
                            rule,
                            location,
                            message,
                            near.map(LintRules::didYouMean).orElse(otherwise));
            list.add(finding.orWith(near.map(fix)));
        }
    }

    /** Makes findings of one severity. */
    private interface Weight {
        Finding of(String rule, Location location, String message, String fix);
    }

    private void checkSource(TagRef source, Function<TagRef, Edit> put, Found found) {
        Device device = project.devices().get(source.device());
        if (device == null) {
            found.add(
                    "unknown-device",
                    "the device '" + source.device() + "' is not in the project",
                    "Add the device, or name another",
                    nearest(source.device(), project.devices().keySet()),
                    other -> put.apply(source.withDevice(other)));
        } else if (device.tag(source.tag()).isEmpty()) {
            found.add(
                    "unknown-tag",
                    "the device '" + source.device() + "' has no tag '" + source.tag() + "'",
                    device.isOpcUa()
                            ? "Write its node, nsu=URI;s=NAME, or add the tag to the device"
                            : "Add the tag with its address to the device",
                    nearest(source.tag(), device.tags().keySet()),
                    other -> put.apply(source.withTag(other)));
        }
    }

    private void checkBroker(Mapping mapping, Location location, List<Finding> found) {
        if (mapping.broker() == null || isBroker(mapping.broker())) {
            return;
        }
        Optional<String> near = nearest(mapping.broker(), brokers());
        Finding finding =
                Finding.error(
                        "unknown-broker",
                        location,
                        "the broker '" + mapping.broker() + "' is not in the project",
                        near.map(LintRules::didYouMean).orElse("Add the broker, or name another"));
        found.add(finding.orWith(near.map(name -> new Edit.PutMapping(mapping.withBroker(name)))));
    }

    private static Optional<String> nearest(String word, Collection<String> names) {
        return names.size() > MOST_NAMES ? Optional.empty() : Spelling.nearest(word, names);
    }

    private static String didYouMean(String name) {
        return "Did you mean '" + name + "'?";
    }
}
