package io.fieldloom.engine.project;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Edits;
import io.fieldloom.domain.project.Renaming;
import io.fieldloom.domain.project.Section;
import io.fieldloom.domain.project.Touched;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** One edit on its way into the text of a project. Used by one thread, once. */
final class TextEdit {
    private static final BiPredicate<Integer, String> TO_TOPICS =
            (depth, key) -> depth == 0 && key.equals("topics");

    private final Change change;
    private final List<Renaming> renamings;
    private final MapEdits edits;
    private final MapPatch patch;

    TextEdit(Edits.Outcome outcome, String lineBreak) {
        this.change = outcome.change();
        this.renamings = outcome.renamings();
        this.edits = new MapEdits(lineBreak);
        this.patch = new MapPatch(edits);
    }

    MapText edit(MapText text) {
        MapText result = text;
        for (Renaming renaming : renamings) {
            result = renamed(result, renaming);
        }
        Touched touched = change.touched();
        result = section(result, Section.BROKERS, touched.brokers());
        result = section(result, Section.DEVICES, touched.devices());
        result = section(result, Section.SIMULATORS, touched.simulators());
        result = section(result, Section.LEVELS, touched.levels());
        result = section(result, Section.MAPPINGS, touched.topics());
        result = section(result, Section.WATCH, touched.watch());
        if (touched.settings()) {
            result =
                    patch.map(
                            result,
                            Specs.settings(change.before()),
                            Specs.settings(change.after()),
                            Specs.ROOT_ORDER);
        }
        return result;
    }

    private MapText renamed(MapText text, Renaming renaming) {
        MapText map = SourceText.map(text, renaming.section());
        if (map == null) {
            return text;
        }
        if (renaming.device() != null) {
            Members.Place place = map.members().find(renaming.device());
            if (place == null) {
                return text;
            }
            Member device =
                    patch.renameBelow(map, map.members().at(place), "tags", renaming.names());
            return with(text, renaming.section(), map.replace(device));
        }
        Set<String> taken = new LinkedHashSet<>(renaming.names().values());
        taken.removeAll(renaming.names().keySet());
        MapText free = edits.remove(map, taken);
        return with(text, renaming.section(), MapPatch.rename(free, renaming.names()));
    }

    private MapText section(MapText text, Section section, Set<String> touched) {
        if (touched.isEmpty()) {
            return text;
        }
        MapText map = SourceText.map(text, section);
        Set<String> there = there(map, touched);
        Set<String> gone = new LinkedHashSet<>();
        Map<String, Spec.Keys> added = new LinkedHashMap<>();
        for (String key : touched) {
            Spec.Keys wanted = Specs.of(change.after(), section, key);
            if (wanted == null) {
                gone.add(key);
            } else if (!there.contains(key)) {
                added.put(key, wanted);
            }
        }
        MapText result = text;
        if (map != null) {
            gone.retainAll(there);
            there.removeAll(gone);
            Map<String, String> origins = origins(section);
            MapText left = edits.remove(map, gone);
            MapText changed =
                    MapEdits.change(left, there, entry -> entry(left, entry, section, origins));
            result = with(text, section, changed);
        }
        return added.isEmpty() ? result : added(result, section, added);
    }

    private Set<String> there(MapText map, Set<String> touched) {
        Set<String> there = new LinkedHashSet<>();
        if (map == null) {
            return there;
        }
        if (touched.size() < 50) {
            for (String key : touched) {
                if (map.members().find(key) != null) {
                    there.add(key);
                }
            }
            return there;
        }
        Set<String> all = new HashSet<>(2 * map.members().size());
        map.members().forEach(member -> all.add(member.key()));
        touched.stream().filter(all::contains).forEach(there::add);
        return there;
    }

    /** What renamed entries were called before the edit, by their new names. */
    private Map<String, String> origins(Section section) {
        Map<String, String> origins = new HashMap<>();
        for (Renaming renaming : renamings) {
            if (renaming.section() == section && renaming.device() == null) {
                Map<String, String> moved = new HashMap<>();
                renaming.names()
                        .forEach((from, to) -> moved.put(to, origins.getOrDefault(from, from)));
                renaming.names().keySet().forEach(origins::remove);
                origins.putAll(moved);
            }
        }
        return origins;
    }

    private Member entry(MapText map, Member entry, Section section, Map<String, String> origins) {
        String key = entry.key();
        String origin = origins.getOrDefault(key, key);
        if (section == Section.MAPPINGS && isOnlyRenamed(origin, key)) {
            return entry;
        }
        Spec.Keys before = Specs.of(change.before(), section, origin);
        if (before == null) {
            throw new IllegalStateException("no earlier value of " + key);
        }
        Spec.Keys known = section == Section.DEVICES ? renamedTags(before, key) : before;
        return patch.entry(map, entry, known, Specs.of(change.after(), section, key));
    }

    /** The usual case of a moved branch, and cheap to see. */
    private boolean isOnlyRenamed(String from, String to) {
        Mapping before = change.before().mappings().get(from);
        return before != null && before.withTopic(to).equals(change.after().mappings().get(to));
    }

    /** What a device's text says after its tags were renamed in it. */
    private Spec.Keys renamedTags(Spec.Keys device, String name) {
        Spec.Keys result = device;
        for (int at = 0; at < renamings.size(); at++) {
            Renaming renaming = renamings.get(at);
            if (renaming.device() != null
                    && nameAfter(renaming.device(), at).equals(name)
                    && result.get("tags") instanceof Spec.Keys tags) {
                Map<String, Spec> values = new LinkedHashMap<>();
                tags.values()
                        .forEach(
                                (tag, spec) ->
                                        values.put(renaming.names().getOrDefault(tag, tag), spec));
                Map<String, Spec> fields = new LinkedHashMap<>(result.values());
                fields.put("tags", new Spec.Keys(values, tags.compact(), tags.free()));
                result = new Spec.Keys(fields, device.compact(), device.free());
            }
        }
        return result;
    }

    /** The name of a device at the end of the edit. */
    private String nameAfter(String device, int step) {
        String name = device;
        for (Renaming renaming : renamings.subList(step, renamings.size())) {
            if (renaming.section() == Section.DEVICES && renaming.device() == null) {
                name = renaming.names().getOrDefault(name, name);
            }
        }
        return name;
    }

    private MapText added(MapText text, Section section, Map<String, Spec.Keys> added) {
        MapText result = text;
        String last = null;
        for (Map.Entry<String, Spec.Keys> entry : added.entrySet()) {
            result =
                    added(result, SourceText.path(section), entry.getKey(), entry.getValue(), last);
            last = entry.getKey();
        }
        return result;
    }

    private MapText added(MapText map, List<String> path, String key, Spec.Keys spec, String last) {
        if (path.isEmpty()) {
            return edits.insert(map, place(map, key, last), key, spec, true, MapTextReader.NONE);
        }
        String step = path.get(0);
        List<String> rest = path.subList(1, path.size());
        Member member = map.get(step);
        if (member == null) {
            return missing(map, step, rest, key, spec);
        }
        Member open = edits.opened(member, map);
        return map.replace(open.withMap(added(open.map(), rest, key, spec, last)));
    }

    /** A section that is not there yet, with its first entry. */
    private MapText missing(
            MapText map, String step, List<String> rest, String key, Spec.Keys spec) {
        Spec.Keys content = new Spec.Keys(Map.of(key, spec), false, true);
        for (int at = rest.size() - 1; at >= 0; at--) {
            content = new Spec.Keys(Map.of(rest.get(at), content), false, false);
        }
        Members.Place place = map.members().last();
        int order = Specs.ROOT_ORDER.indexOf(step);
        if (order >= 0) {
            place = map.members().lastWhere(other -> comesBefore(other, order));
        }
        return edits.insert(
                map, place, step, content, false, order >= 0 ? SourceText.TO_ENTRIES : TO_TOPICS);
    }

    private boolean comesBefore(String key, int order) {
        return Specs.ROOT_ORDER.indexOf(key) < order;
    }

    /** After the last entry under the same parent topic, else at the end. */
    private Members.Place place(MapText map, String key, String last) {
        Members members = map.members();
        String parent = Topic.parent(key);
        if (members.isEmpty() || parent.isEmpty()) {
            return members.last();
        }
        if (last != null && Topic.parent(last).equals(parent)) {
            return members.find(last);
        }
        String branch = parent + "/";
        Members.Place sibling = members.lastWhere(other -> other.startsWith(branch));
        return sibling == null ? members.last() : sibling;
    }

    private MapText with(MapText text, Section section, MapText map) {
        return with(text, SourceText.path(section), map);
    }

    private MapText with(MapText text, List<String> path, MapText map) {
        if (path.isEmpty()) {
            return map;
        }
        Member member = text.get(path.get(0));
        return text.replace(member.withMap(with(member.map(), path.subList(1, path.size()), map)));
    }
}
