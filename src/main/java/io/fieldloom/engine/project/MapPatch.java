package io.fieldloom.engine.project;

import io.fieldloom.engine.project.Spec.Items;
import io.fieldloom.engine.project.Spec.Keys;
import io.fieldloom.engine.project.Spec.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the text of a map say what it shall say, and touches nothing that it says already. */
final class MapPatch {
    private final MapEdits edits;

    MapPatch(MapEdits edits) {
        this.edits = edits;
    }

    /**
     * Changes an entry of a section.
     *
     * @param section the map that the entry is in
     * @param before what the entry says now
     * @param after what it shall say
     */
    Member entry(MapText section, Member entry, Keys before, Keys after) {
        if (before.equals(after)) {
            return entry;
        }
        Member quick = scalarsOnly(entry, before, after);
        if (quick != null) {
            return quick;
        }
        Member open =
                MapTextReader.member(
                        entry.gap(),
                        entry.text(),
                        section.flow(),
                        section.indent(),
                        MapTextReader.ALL);
        return closed(section, withValue(section, open, before, after));
    }

    /** The entry as one piece again. */
    private static Member closed(MapText section, Member open) {
        return MapTextReader.member(
                open.gap(), open.text(), section.flow(), section.indent(), MapTextReader.NONE);
    }

    /** Renames keys one level below an entry: tags of a device. */
    Member renameBelow(MapText section, Member entry, String below, Map<String, String> names) {
        Member open =
                MapTextReader.member(
                        entry.gap(),
                        entry.text(),
                        section.flow(),
                        section.indent(),
                        MapTextReader.ALL);
        Member inner = open.map() == null ? null : open.map().get(below);
        if (inner == null || inner.map() == null) {
            return entry;
        }
        Member renamed = inner.withMap(rename(inner.map(), names));
        return closed(section, open.withMap(open.map().replace(renamed)));
    }

    /** Gives members other keys, all at once. */
    static MapText rename(MapText map, Map<String, String> names) {
        return MapEdits.change(
                map,
                names.keySet(),
                member -> {
                    String to = names.get(member.key());
                    return member.withKey(
                            to, key(to, map.flow(), member.head().charAt(member.keyStart())));
                });
    }

    private static String key(String key, boolean flow, char first) {
        char quote = first == '"' || first == '\'' ? first : YamlNode.PLAIN;
        return Scalars.render(key, Scalars.Meaning.TEXT, flow, quote);
    }

    /** The usual case, in bulk too: some scalars differ, and where they are is known. */
    private static Member scalarsOnly(Member entry, Keys before, Keys after) {
        if (!entry.hasFields() || !before.values().keySet().equals(after.values().keySet())) {
            return null;
        }
        boolean flow = entry.head().charAt(entry.valueStart()) == '{';
        Member result = entry;
        for (Map.Entry<String, Spec> field : after.values().entrySet()) {
            if (field.getValue().equals(before.get(field.getKey()))) {
                continue;
            }
            int[] span = result.field(field.getKey());
            if (span == null || !(field.getValue() instanceof Scalar scalar)) {
                return null;
            }
            result = result.withValue(span[0], span[1], rendered(result, span[0], scalar, flow));
        }
        return result;
    }

    private static String rendered(Member member, int at, Scalar scalar, boolean flow) {
        char first = member.head().charAt(at);
        char quote = first == '"' || first == '\'' ? first : YamlNode.PLAIN;
        return Scalars.render(scalar.text(), scalar.meaning(), flow, quote);
    }

    /**
     * Changes the keys that differ.
     *
     * @param order all keys a map can have, in their order; empty if its keys are names
     */
    MapText map(MapText map, Keys before, Keys after, List<String> order) {
        MapText result = map;
        for (String key : before.values().keySet()) {
            if (!after.values().containsKey(key)) {
                result = edits.remove(result, Set.of(key));
            }
        }
        for (Map.Entry<String, Spec> wanted : after.values().entrySet()) {
            String key = wanted.getKey();
            Spec old = before.get(key);
            if (wanted.getValue().equals(old)) {
                continue;
            }
            Member member = result.get(key);
            if (member != null) {
                result = result.replace(withValue(result, member, old, wanted.getValue()));
            } else if (!isUsual(wanted.getValue())) {
                result = inserted(result, key, wanted.getValue(), after, order);
            }
        }
        return result;
    }

    private static boolean isUsual(Spec spec) {
        if (spec instanceof Keys keys) {
            return !keys.free() && keys.values().values().stream().allMatch(MapPatch::isUsual);
        }
        return spec instanceof Scalar scalar && scalar.usual();
    }

    private MapText inserted(
            MapText map, String key, Spec spec, Keys siblings, List<String> order) {
        Members.Place place = map.members().last();
        if (!siblings.free()) {
            List<String> keys = order.isEmpty() ? List.copyOf(siblings.values().keySet()) : order;
            place = null;
            for (String sibling : keys.subList(0, keys.indexOf(key))) {
                Members.Place found = map.members().find(sibling);
                place = found == null ? place : found;
            }
        }
        return edits.insert(map, place, key, spec, siblings.free(), MapTextReader.ALL);
    }

    private Member withValue(MapText parent, Member member, Spec before, Spec after) {
        if (after instanceof Keys keys) {
            Member open = edits.opened(member, parent);
            if (open.map() == null) {
                throw new IllegalStateException(member.key() + " is no map: " + member.text());
            }
            Keys old =
                    before instanceof Keys known ? known : new Keys(Map.of(), false, keys.free());
            return open.withMap(map(open.map(), old, keys, List.of()));
        }
        if (after instanceof Items items) {
            return withItems(parent, member, items.texts());
        }
        Scalar scalar = (Scalar) after;
        return withText(parent, member, rendered(parent, member, scalar));
    }

    private static String rendered(MapText parent, Member member, Scalar scalar) {
        boolean missing = member.valueStart() == member.valueEnd();
        return missing
                ? Scalars.render(scalar.text(), scalar.meaning(), parent.flow(), YamlNode.PLAIN)
                : rendered(member, member.valueStart(), scalar, parent.flow());
    }

    /** Puts another value's text in place of the one that is there. */
    private Member withText(MapText parent, Member member, String rendered) {
        String text = member.text();
        int start = member.valueStart();
        int end = member.valueEnd();
        String begin = text.substring(0, start);
        if (start == end) {
            begin += begin.endsWith(":") ? " " : ": ";
        }
        boolean blockScalar = start < end && "|>".indexOf(text.charAt(start)) >= 0;
        String changed =
                begin + rendered + (blockScalar ? edits.lineBreak() : "") + text.substring(end);
        return MapTextReader.member(
                member.gap(), changed, parent.flow(), parent.indent(), MapTextReader.ALL);
    }

    private Member withItems(MapText parent, Member member, List<String> texts) {
        String text = member.text();
        String shift = parent.flow() ? "{" : " ".repeat(parent.indent());
        YamlNode list = value(parent.flow() ? shift + text + "}" : shift + text);
        boolean isList = list.kind() == YamlNode.Kind.LIST;
        boolean block = isList && !list.isFlow();
        if (isList && list.size() == texts.size()) {
            return withText(parent, member, sameSize(text, list, texts, shift.length()));
        }
        if (!block) {
            return withText(parent, member, MemberWriter.items(texts, isList ? quote(list) : ' '));
        }
        List<String> lines = new ArrayList<>();
        for (String item : texts) {
            lines.add("- " + Scalars.render(item, Scalars.Meaning.TEXT, false, quote(list)));
        }
        String indent = edits.lineBreak() + " ".repeat(list.column() - 1);
        return withText(parent, member, String.join(indent, lines));
    }

    private static YamlNode value(String whole) {
        try {
            return YamlText.parse(whole, new FaultList()).orElseThrow().valueOf(0);
        } catch (YamlText.SyntaxException e) {
            throw new IllegalStateException("text of the file is not YAML: " + whole, e);
        }
    }

    private static char quote(YamlNode list) {
        return list.size() == 0 ? YamlNode.PLAIN : list.children().get(0).style();
    }

    /** Replaces the items that differ. */
    private static String sameSize(String text, YamlNode list, List<String> texts, int shift) {
        StringBuilder out = new StringBuilder();
        int from = list.start() - shift;
        for (int at = 0; at < texts.size(); at++) {
            YamlNode item = list.children().get(at);
            if (!item.value().equals(texts.get(at))) {
                out.append(text, from, item.start() - shift);
                out.append(
                        Scalars.render(
                                texts.get(at), Scalars.Meaning.TEXT, list.isFlow(), item.style()));
                from = item.end() - shift;
            }
        }
        return out.append(text, from, list.end() - shift).toString();
    }
}
