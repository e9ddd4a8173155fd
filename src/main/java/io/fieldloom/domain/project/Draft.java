package io.fieldloom.domain.project;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Level;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.tag.WatchEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/** A project on its way through one edit, with what was touched so far. Used by one thread. */
final class Draft {
    /** From here on, rebuilding a sorted map is faster than changing it entry by entry. */
    private static final int BULK = 500;

    private final Map<Section, Set<String>> touched = new java.util.EnumMap<>(Section.class);
    private final List<Renaming> renamings = new ArrayList<>();
    private boolean settings;
    private Project project;

    Draft(Project project) {
        this.project = project;
    }

    Project project() {
        return project;
    }

    List<Renaming> renamings() {
        return renamings;
    }

    Touched touched() {
        return new Touched(
                touched(Section.MAPPINGS),
                touched(Section.LEVELS),
                touched(Section.DEVICES),
                touched(Section.BROKERS),
                touched(Section.SIMULATORS),
                touched(Section.WATCH),
                settings,
                false);
    }

    private Set<String> touched(Section section) {
        return touched.getOrDefault(section, Set.of());
    }

    void touch(Section section, String key) {
        touched.computeIfAbsent(section, any -> new LinkedHashSet<>()).add(key);
    }

    void touchSettings() {
        settings = true;
    }

    void become(Project other) {
        project = other;
    }

    void renamed(Renaming renaming) {
        renamings.add(renaming);
    }

    /** Rewrites the tags that mappings and watch list entries name. */
    void rewriteSources(java.util.function.Predicate<TagRef> matches, UnaryOperator<TagRef> to) {
        rewriteMappings(
                mapping -> matches.test(mapping.source()),
                mapping -> mapping.withSource(to.apply(mapping.source())));
        PMap<String, WatchEntry> watch = project.watch();
        for (WatchEntry entry : project.watch().values()) {
            if (matches.test(entry.source())) {
                touch(Section.WATCH, entry.name());
                watch = watch.plus(entry.name(), entry.withSource(to.apply(entry.source())));
            }
        }
        project = project.withWatch(watch);
    }

    /** Rewrites the mappings that match, in one go. The topic of a mapping must stay. */
    void rewriteMappings(
            java.util.function.Predicate<Mapping> matches, Function<Mapping, Mapping> rewrite) {
        List<Mapping> found = new ArrayList<>();
        for (Mapping mapping : project.mappings().values()) {
            if (matches.test(mapping)) {
                found.add(rewrite.apply(mapping));
            }
        }
        if (found.isEmpty()) {
            return;
        }
        found.forEach(mapping -> touch(Section.MAPPINGS, mapping.topic()));
        project = project.withMappings(replaced(project.mappings(), List.of(), found));
    }

    /** Takes entries out and puts others in, keyed by {@link Mapping#topic}. */
    private static TreePMap<String, Mapping> replaced(
            TreePMap<String, Mapping> map, List<String> out, List<Mapping> in) {
        return replaced(map, out, in, Mapping::topic);
    }

    static <T> TreePMap<String, T> replaced(
            TreePMap<String, T> map, List<String> out, List<T> in, Function<T, String> key) {
        if (out.size() + in.size() < BULK) {
            TreePMap<String, T> result = map;
            for (String gone : out) {
                result = result.minus(gone);
            }
            for (T value : in) {
                result = result.plus(key.apply(value), value);
            }
            return result;
        }
        SortedMap<String, T> work = new TreeMap<>(map);
        out.forEach(work::remove);
        in.forEach(value -> work.put(key.apply(value), value));
        return TreePMap.fromSortedMap(work);
    }

    void replaceMappings(List<String> out, List<Mapping> in) {
        out.forEach(topic -> touch(Section.MAPPINGS, topic));
        in.forEach(mapping -> touch(Section.MAPPINGS, mapping.topic()));
        project = project.withMappings(replaced(project.mappings(), out, in));
    }

    void replaceLevels(List<String> out, List<Level> in) {
        out.forEach(topic -> touch(Section.LEVELS, topic));
        in.forEach(level -> touch(Section.LEVELS, level.topic()));
        project = project.withLevels(replaced(project.levels(), out, in, Level::topic));
    }

    /** The map with one entry under another key, at the same place. */
    static <T> PMap<String, T> renamed(PMap<String, T> map, String from, String to, T value) {
        OrderedPMap<String, T> result = OrderedPMap.empty();
        for (Map.Entry<String, T> entry : map.entrySet()) {
            boolean found = entry.getKey().equals(from);
            result = result.plus(found ? to : entry.getKey(), found ? value : entry.getValue());
        }
        return result;
    }
}
