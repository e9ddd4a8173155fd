package io.fieldloom.engine.project;

import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Edits;
import io.fieldloom.domain.project.Location;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.project.Renaming;
import io.fieldloom.domain.project.Section;
import io.fieldloom.domain.project.Touched;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The text of a project file as a sequence of entries with what stands between them. Immutable:
 * each edit gives a new text that shares all entries but the edited ones, so that every revision
 * keeps its own text, byte by byte.
 */
public final class SourceText {
    private static final Set<String> SECTIONS =
            Set.of("brokers", "devices", "simulators", "namespace", "mappings", "defaults");

    /** Looks into the root's maps down to the entries of the sections. */
    private static final BiPredicate<Integer, String> TO_ENTRIES =
            (depth, key) ->
                    (depth == 0 && SECTIONS.contains(key)) || (depth == 1 && key.equals("topics"));

    private static final BiPredicate<Integer, String> TO_TOPICS =
            (depth, key) -> depth == 0 && key.equals("topics");

    private final Frame frame;
    private final String head;
    private final MapText root;
    private final String tail;

    private SourceText(Frame frame, String head, MapText root, String tail) {
        this.frame = frame;
        this.head = head;
        this.root = root;
        this.tail = tail;
    }

    /**
     * What surrounds the lines of a file.
     *
     * @param mark the byte order mark, or empty
     * @param body all lines, each with its break
     * @param addedBreak the break that the last line of the file does not have, or empty
     * @param lineBreak what new lines end with
     */
    record Frame(String mark, String body, String addedBreak, String lineBreak) {
        private static final String BYTE_ORDER_MARK = "\uFEFF";

        static Frame of(String text) {
            String mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
            String lines = text.substring(mark.length());
            String usual = LineBreaks.usual(lines);
            String added = lines.isEmpty() || LineBreaks.endsLine(lines) ? "" : usual;
            return new Frame(mark, lines + added, added, usual);
        }

        Frame withoutBody() {
            return new Frame(mark, "", addedBreak, lineBreak);
        }
    }

    /** The text of a file without faults. */
    static SourceText of(Frame frame, YamlNode root) {
        String body = frame.body();
        int from = root.isFlow() ? root.start() + 1 : 0;
        MapTextReader.Read read = new MapTextReader(body, TO_ENTRIES).read(root, from, 0);
        return new SourceText(
                frame.withoutBody(),
                body.substring(0, from),
                read.map(),
                body.substring(read.end()));
    }

    /** A text that is only kept, since it does not validate. */
    static SourceText locked(String text) {
        return new SourceText(new Frame("", "", "", "\n"), text, null, "");
    }

    /** Whether edits can be made. */
    boolean isEditable() {
        return root != null;
    }

    /** The line, from 1, of an entry's or a setting's key. */
    public OptionalInt lineOf(Location location) {
        return location.section() == null
                ? lineOfSetting(location.key())
                : lineOf(location.section(), location.key());
    }

    /** The line, from 1, of an entry's key. */
    private OptionalInt lineOf(Section section, String key) {
        if (root == null) {
            return OptionalInt.empty();
        }
        int line = 1 + LineBreaks.count(head);
        MapText map = root;
        List<String> path = new ArrayList<>(path(section));
        path.add(key);
        for (int step = 0; step < path.size(); step++) {
            Members.Place place = map == null ? null : map.members().find(path.get(step));
            if (place == null) {
                return OptionalInt.empty();
            }
            Member member = map.members().at(place);
            line += map.members().breaksBefore(place) + member.breaksToKey();
            if (step < path.size() - 1) {
                line += LineBreaks.count(member.head(), member.keyStart(), member.head().length());
                map = member.map();
            }
        }
        return OptionalInt.of(line);
    }

    /** The line of a key of the file's root, or of one below it ({@code defaults.qos}). */
    private OptionalInt lineOfSetting(String key) {
        if (root == null) {
            return OptionalInt.empty();
        }
        String[] steps = key.split("\\.", 2);
        Members.Place place = root.members().find(steps[0]);
        if (place == null) {
            return OptionalInt.empty();
        }
        Member member = root.members().at(place);
        int line =
                1
                        + LineBreaks.count(head)
                        + root.members().breaksBefore(place)
                        + member.breaksToKey();
        if (steps.length == 1 || member.map() == null) {
            return OptionalInt.of(line);
        }
        Members.Place inner = member.map().members().find(steps[1]);
        if (inner == null) {
            return OptionalInt.of(line);
        }
        return OptionalInt.of(
                line
                        + LineBreaks.count(member.head(), member.keyStart(), member.head().length())
                        + member.map().members().breaksBefore(inner)
                        + member.map().members().at(inner).breaksToKey());
    }

    /** The keys of a section in the order of the file. */
    public List<String> keys(Section section) {
        MapText map = root == null ? null : map(section);
        List<String> keys = new ArrayList<>();
        if (map != null) {
            map.members().forEach(member -> keys.add(member.key()));
        }
        return keys;
    }

    /** The first mapping of the file that goes to a broker. */
    public Optional<String> firstMapping(Project project, String broker) {
        MapText map = root == null ? null : map(Section.MAPPINGS);
        if (map == null) {
            return Optional.empty();
        }
        Predicate<String> goesThere =
                topic -> project.brokerOf(project.mappings().get(topic)).equals(broker);
        return Optional.ofNullable(map.members().firstWhere(goesThere)).map(Member::key);
    }

    /** Writes the whole text, piece by piece. */
    void writeTo(Appendable out) throws IOException {
        out.append(frame.mark());
        if (root == null) {
            out.append(head);
            return;
        }
        if (frame.addedBreak().isEmpty()) {
            writeLines(out);
        } else {
            LastBreakLess held = new LastBreakLess(out, frame.addedBreak());
            writeLines(held);
            held.finish();
        }
    }

    private void writeLines(Appendable out) throws IOException {
        out.append(head);
        root.writeTo(out);
        out.append(tail);
    }

    /** The whole text. */
    public String text() {
        StringBuilder out = new StringBuilder();
        try {
            writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString();
    }

    /** The text after an edit. */
    SourceText after(Edits.Outcome outcome) {
        Editing editing = new Editing(outcome);
        return new SourceText(frame, head, editing.edit(root), tail);
    }

    private static List<String> path(Section section) {
        return section == Section.LEVELS
                ? List.of("namespace", section.word())
                : List.of(section.word());
    }

    private MapText map(Section section) {
        return map(root, section);
    }

    private static MapText map(MapText root, Section section) {
        MapText map = root;
        for (String step : path(section)) {
            Member member = map == null ? null : map.get(step);
            map = member == null ? null : member.map();
        }
        return map;
    }

    /** One edit on its way into the text. */
    private final class Editing {
        private final Change change;
        private final List<Renaming> renamings;
        private final MapEdits edits = new MapEdits(frame.lineBreak());
        private final MapPatch patch = new MapPatch(edits);

        Editing(Edits.Outcome outcome) {
            this.change = outcome.change();
            this.renamings = outcome.renamings();
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
            MapText map = map(text, renaming.section());
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
            MapText map = map(text, section);
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

        private Member entry(
                MapText map, Member entry, Section section, Map<String, String> origins) {
            String key = entry.key();
            Spec.Keys before = Specs.of(change.before(), section, origins.getOrDefault(key, key));
            if (before == null) {
                throw new IllegalStateException("no earlier value of " + key);
            }
            Spec.Keys known = section == Section.DEVICES ? renamedTags(before, key) : before;
            return patch.entry(map, entry, known, Specs.of(change.after(), section, key));
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
                                            values.put(
                                                    renaming.names().getOrDefault(tag, tag), spec));
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
                result = added(result, path(section), entry.getKey(), entry.getValue(), last);
                last = entry.getKey();
            }
            return result;
        }

        private MapText added(
                MapText map, List<String> path, String key, Spec.Keys spec, String last) {
            if (path.isEmpty()) {
                return edits.insert(
                        map, place(map, key, last), key, spec, true, MapTextReader.NONE);
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
                    map, place, step, content, false, order >= 0 ? TO_ENTRIES : TO_TOPICS);
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
            return with(text, path(section), map);
        }

        private MapText with(MapText text, List<String> path, MapText map) {
            if (path.isEmpty()) {
                return map;
            }
            Member member = text.get(path.get(0));
            return text.replace(
                    member.withMap(with(member.map(), path.subList(1, path.size()), map)));
        }
    }
}
