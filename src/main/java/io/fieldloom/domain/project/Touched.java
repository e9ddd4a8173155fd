package io.fieldloom.domain.project;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The entries that an edit added, changed or removed, by section. {@code everything} stands for a
 * project that was opened or read again.
 *
 * @param topics keys of mappings
 * @param levels branches whose level entry differs
 * @param devices names of devices
 * @param brokers names of brokers
 * @param simulators names of simulators
 * @param watch names of watch list entries
 * @param settings whether name, description, defaults or level names differ
 * @param everything whether to take the whole project as new
 */
public record Touched(
        Set<String> topics,
        Set<String> levels,
        Set<String> devices,
        Set<String> brokers,
        Set<String> simulators,
        Set<String> watch,
        boolean settings,
        boolean everything) {
    public static final Touched NOTHING =
            new Touched(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), false, false);
    public static final Touched EVERYTHING =
            new Touched(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), true, true);

    public Touched {
        topics = copy(topics);
        levels = copy(levels);
        devices = copy(devices);
        brokers = copy(brokers);
        simulators = copy(simulators);
        watch = copy(watch);
    }

    /** What differs between two projects that no edit leads from one to the other. */
    public static Touched between(Project before, Project after) {
        return new Touched(
                differing(before.mappings(), after.mappings()),
                differing(before.levels(), after.levels()),
                differing(before.devices(), after.devices()),
                differing(before.brokers(), after.brokers()),
                differing(before.simulators(), after.simulators()),
                differing(before.watch(), after.watch()),
                !(Objects.equals(before.name(), after.name())
                        && Objects.equals(before.description(), after.description())
                        && before.defaults().equals(after.defaults())
                        && before.levelNames().equals(after.levelNames())),
                false);
    }

    private static <T> Set<String> differing(Map<String, T> before, Map<String, T> after) {
        Set<String> keys = new LinkedHashSet<>();
        before.forEach(
                (key, value) -> {
                    if (!value.equals(after.get(key))) {
                        keys.add(key);
                    }
                });
        after.keySet().stream().filter(key -> !before.containsKey(key)).forEach(keys::add);
        return keys;
    }

    /** The entries of either. */
    public Touched and(Touched other) {
        return new Touched(
                union(topics, other.topics),
                union(levels, other.levels),
                union(devices, other.devices),
                union(brokers, other.brokers),
                union(simulators, other.simulators),
                union(watch, other.watch),
                settings || other.settings,
                everything || other.everything);
    }

    private static Set<String> copy(Set<String> names) {
        return names.size() < 2
                ? Set.copyOf(names)
                : Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    private static Set<String> union(Set<String> one, Set<String> two) {
        if (one.isEmpty()) {
            return two;
        }
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(two);
        return all;
    }
}
