package io.fieldloom.domain.lint;

import io.fieldloom.domain.mapping.ExpressionCheck;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Location;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.project.Touched;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.WatchEntry;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Finds the problems of a design: in full when it is opened, and by what an edit touched after
 * that. Pure functions, safe on any thread as far as the expression check is.
 */
public final class Lint {
    private Lint() {}

    /** All findings of a project. */
    public static Findings lint(Project project, ExpressionCheck expressions) {
        Set<Location> all = new LinkedHashSet<>();
        all.add(Location.setting(LintRules.DEFAULT_BROKER));
        project.devices().keySet().forEach(name -> all.add(Location.device(name)));
        project.levels().keySet().forEach(topic -> all.add(Location.level(topic)));
        project.mappings().keySet().forEach(topic -> all.add(Location.mapping(topic)));
        Set<String> branches = new HashSet<>();
        project.levels().keySet().forEach(topic -> addAbove(topic, branches));
        project.mappings().keySet().forEach(topic -> addAbove(topic, branches));
        branches.forEach(topic -> all.add(Location.level(topic)));
        project.watch().keySet().forEach(name -> all.add(Location.watch(name)));
        return look(Findings.NONE, all, project, expressions);
    }

    /** The branches above a topic; where one is known already, those above it are too. */
    private static void addAbove(String topic, Set<String> branches) {
        String up = Topic.parent(topic);
        while (!up.isEmpty() && branches.add(up)) {
            up = Topic.parent(up);
        }
    }

    /**
     * The findings after a change: only what the change can have an effect on is looked at again.
     *
     * @param before the findings of {@code change.before()}
     */
    public static Findings relint(Findings before, Change change, ExpressionCheck expressions) {
        if (change.touched().everything()) {
            return lint(change.after(), expressions);
        }
        return look(before, affected(change), change.after(), expressions);
    }

    private static Findings look(
            Findings before,
            Set<Location> locations,
            Project project,
            ExpressionCheck expressions) {
        LintRules rules = new LintRules(project, expressions);
        Findings result = before;
        for (Location location : locations) {
            result = result.with(location, rules.findings(location));
        }
        return result;
    }

    private static Set<Location> affected(Change change) {
        Touched touched = change.touched();
        Project after = change.after();
        Set<Location> affected = new LinkedHashSet<>();
        if (touched.settings() || !touched.brokers().isEmpty()) {
            affected.add(Location.setting(LintRules.DEFAULT_BROKER));
        }
        touched.devices().forEach(name -> affected.add(Location.device(name)));
        touched.levels().forEach(topic -> affected.add(Location.level(topic)));
        touched.watch().forEach(name -> affected.add(Location.watch(name)));
        Set<String> branches = new HashSet<>();
        touched.levels().forEach(topic -> addAbove(topic, branches));
        touched.topics().forEach(topic -> addAbove(topic, branches));
        branches.addAll(touched.topics());
        branches.forEach(topic -> affected.add(Location.level(topic)));
        for (String topic : touched.topics()) {
            affected.add(Location.mapping(topic));
            // A mapping above it may have become, or no longer be, a folder too.
            for (String up = Topic.parent(topic); !up.isEmpty(); up = Topic.parent(up)) {
                if (after.mappings().containsKey(up)) {
                    affected.add(Location.mapping(up));
                }
            }
        }
        if (!touched.simulators().isEmpty()) {
            for (Device device : after.devices().values()) {
                if (device.simulator() != null
                        && touched.simulators().contains(device.simulator())) {
                    affected.add(Location.device(device.name()));
                }
            }
        }
        for (WatchEntry entry : after.watch().values()) {
            if (touched.devices().contains(entry.source().device())) {
                affected.add(Location.watch(entry.name()));
            }
        }
        if (!touched.devices().isEmpty() || !touched.brokers().isEmpty()) {
            for (Mapping mapping : after.mappings().values()) {
                if (touched.devices().contains(mapping.source().device())
                        || touched.brokers().contains(Objects.toString(mapping.broker(), ""))) {
                    affected.add(Location.mapping(mapping.topic()));
                }
            }
        }
        return affected;
    }
}
