package io.fieldloom.engine.tags;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.Names;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.engine.tags.ImportedTags.Fate;
import io.fieldloom.engine.tags.ImportedTags.ImportedDevice;
import io.fieldloom.engine.tags.ImportedTags.Note;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what an export holds, with names that a project takes. Not thread-safe. */
final class Collector {
    private final Map<String, Device> byEndpoint = new LinkedHashMap<>();
    private final Set<String> deviceNames = new HashSet<>();
    private final List<Note> notes = new ArrayList<>();

    /** A device whose tags are being gathered. */
    static final class Device {
        private final String name;
        private final String endpoint;
        private final Set<String> names = new HashSet<>();
        private final List<TagSpec> tags = new ArrayList<>();

        private Device(String name, String endpoint) {
            this.name = name;
            this.endpoint = endpoint;
        }
    }

    /** Makes a tag, and says what it had to change on the way. */
    @FunctionalInterface
    interface Making {
        TagSpec make(String name, List<String> changes);
    }

    Device device(String name, String endpoint) {
        return byEndpoint.computeIfAbsent(
                endpoint, e -> new Device(free(fit(name), deviceNames), endpoint));
    }

    void lost(String item, String before, String why) {
        notes.add(Note.lost(item, before, why));
    }

    /** Takes a tag, or notes why it cannot be one. */
    void tag(Device device, String item, String name, String before, Making making) {
        List<String> changes = new ArrayList<>();
        try {
            String fit = free(fit(name), device.names);
            if (!fit.equals(name)) {
                changes.add("is called " + fit);
            }
            TagSpec tag = making.make(fit, changes);
            device.tags.add(tag);
            Fate fate = changes.isEmpty() ? Fate.TAKEN : Fate.CHANGED;
            notes.add(new Note(fate, device.name, item, before, tag, String.join("; ", changes)));
        } catch (MalformedException e) {
            lost(item, before, e.getMessage());
        }
    }

    ImportedTags result() {
        return new ImportedTags(
                byEndpoint.values().stream()
                        .filter(device -> !device.tags.isEmpty())
                        .map(each -> new ImportedDevice(each.name, each.endpoint, each.tags))
                        .toList(),
                notes);
    }

    private static String fit(String name) {
        String fit = Names.fit(name);
        return fit.isEmpty() || Names.fault(fit).isPresent() ? "tag" : fit;
    }

    private static String free(String wanted, Set<String> taken) {
        String name = wanted;
        for (int n = 2; !taken.add(name); n++) {
            name = wanted + "-" + n;
        }
        return name;
    }
}
