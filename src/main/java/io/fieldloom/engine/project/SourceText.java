package io.fieldloom.engine.project;

import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Edits;
import io.fieldloom.domain.project.Location;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.project.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
            Set.of(
                    "brokers",
                    "devices",
                    "simulators",
                    "namespace",
                    "mappings",
                    "watch",
                    "defaults");

    /** Looks into the root's maps down to the entries of the sections. */
    static final BiPredicate<Integer, String> TO_ENTRIES =
            (depth, key) ->
                    (depth == 0 && SECTIONS.contains(key)) || (depth == 1 && key.equals("topics"));

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

    /** The line, from 1, of an entry's or a setting's key. */
    public OptionalInt lineOf(Location location) {
        if (location.section() == null) {
            return lineOfSetting(location.key());
        }
        OptionalInt line = lineOf(location.section(), location.key());
        // A level is mostly there only for what lies below it.
        return line.isEmpty() && location.section() == Section.LEVELS
                ? lineBelow(location.key())
                : line;
    }

    private OptionalInt lineBelow(String branch) {
        MapText map = root == null ? null : map(root, Section.MAPPINGS);
        Member first =
                map == null
                        ? null
                        : map.members().firstWhere(topic -> Topic.isWithin(topic, branch));
        return first == null ? OptionalInt.empty() : lineOf(Section.MAPPINGS, first.key());
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

    /** The first mapping of the file that goes to a broker. */
    public Optional<String> firstMapping(Project project, String broker) {
        MapText map = root == null ? null : map(root, Section.MAPPINGS);
        if (map == null) {
            return Optional.empty();
        }
        Predicate<String> goesThere =
                topic ->
                        Topic.fault(topic).isEmpty()
                                && project.brokerOf(project.mappings().get(topic)).equals(broker);
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
        TextEdit edit = new TextEdit(outcome, frame.lineBreak());
        return new SourceText(frame, head, edit.edit(root), tail);
    }

    static List<String> path(Section section) {
        return section == Section.LEVELS
                ? List.of("namespace", section.word())
                : List.of(section.word());
    }

    static MapText map(MapText root, Section section) {
        MapText map = root;
        for (String step : path(section)) {
            Member member = map == null ? null : map.get(step);
            map = member == null ? null : member.map();
        }
        return map;
    }
}
