package io.fieldloom.engine.device.tree;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.TagRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which topics each tag is mapped to. It follows changes entry by entry, so that asking costs one
 * look-up however many mappings there are. Thread-safe.
 */
public final class MappedTags {
    private final Map<TagRef, List<String>> topics = new ConcurrentHashMap<>();

    /** Takes a project as new. */
    public void load(Project project) {
        topics.clear();
        project.mappings().values().forEach(this::add);
    }

    /** Follows an edit. */
    public void apply(Change change) {
        if (change.touched().everything()) {
            load(change.after());
            return;
        }
        for (String topic : change.touched().topics()) {
            Mapping before = change.before().mappings().get(topic);
            Mapping after = change.after().mappings().get(topic);
            if (before != null) {
                remove(before);
            }
            if (after != null) {
                add(after);
            }
        }
    }

    private void add(Mapping mapping) {
        topics.merge(
                mapping.source(),
                List.of(mapping.topic()),
                (known, fresh) -> {
                    List<String> all = new ArrayList<>(known);
                    all.removeAll(fresh);
                    all.addAll(fresh);
                    return List.copyOf(all);
                });
    }

    private void remove(Mapping mapping) {
        topics.computeIfPresent(
                mapping.source(),
                (source, known) -> {
                    List<String> left = new ArrayList<>(known);
                    left.remove(mapping.topic());
                    return left.isEmpty() ? null : List.copyOf(left);
                });
    }

    /** The topics of a tag, the first mapped first; empty when it is not mapped. */
    public List<String> topicsOf(TagRef tag) {
        return topics.getOrDefault(tag, List.of());
    }

    /** How many tags are mapped, each once. */
    public int count() {
        return topics.size();
    }

    public boolean isMapped(TagRef tag) {
        return topics.containsKey(tag);
    }
}
