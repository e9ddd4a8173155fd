package io.fieldloom.engine.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Adds members to maps and takes them out, in the style of their siblings. */
final class MapEdits {
    /** From here on one pass over all members is faster than finding each. */
    private static final int BULK = 50;

    private final String lineBreak;
    private final MemberWriter writer;

    MapEdits(String lineBreak) {
        this.lineBreak = lineBreak;
        this.writer = new MemberWriter(lineBreak);
    }

    String lineBreak() {
        return lineBreak;
    }

    /**
     * Adds a member behind another one.
     *
     * @param after the place of that one; null for the first of all
     * @param alike whether the members of the map are all of one kind, so that one is like another
     * @param opens which maps of the new member to look into
     */
    MapText insert(
            MapText map,
            Members.Place after,
            String key,
            Spec spec,
            boolean alike,
            BiPredicate<Integer, String> opens) {
        Members members = map.members();
        if (members.isEmpty()) {
            return insertOnly(map, key, spec, opens);
        }
        Members.Place place = after == null && !canBeFirst(map) ? members.last() : after;
        Member sibling = members.at(place == null ? members.first() : place);
        Style style = style(map, sibling, key, spec, alike);
        String text =
                map.flow()
                        ? writer.flow(key, spec, style)
                        : writer.block(key, spec, map.indent(), style);
        Member added = MapTextReader.member("", text, map.flow(), map.indent(), opens);
        if (place == null) {
            return insertFirst(map, added);
        }
        return map.flow()
                ? insertFlow(map, place, added)
                : map.withMembers(
                        members.insertAfter(place, added.withGap(blockGap(map, place, sibling))));
    }

    private Style style(MapText map, Member sibling, String key, Spec spec, boolean alike) {
        Style style = Style.of(sibling, map.flow(), map.indent());
        if (alike || map.flow() || !(spec instanceof Spec.Keys)) {
            return style;
        }
        Style usual = writer.usual(key, spec, map.indent());
        return new Style(
                usual.flow(),
                false,
                style.step(),
                style.keyQuote(),
                style.fieldQuote(),
                usual.quotes());
    }

    private String blockGap(MapText map, Members.Place place, Member sibling) {
        boolean apart =
                !map.members().isFirst(place)
                        && LineBreaks.count(sibling.text()) > 1
                        && GapText.hasBlankLine(sibling.gap());
        return (apart ? lineBreak : "") + " ".repeat(map.indent());
    }

    private static boolean canBeFirst(MapText map) {
        Member first = map.members().at(map.members().first());
        return map.flow() || map.opening() || GapText.hasBreak(first.gap());
    }

    private MapText insertFirst(MapText map, Member added) {
        Members members = map.members();
        Member first = members.at(members.first());
        String before;
        String between;
        if (map.flow()) {
            before = first.gap();
            between = GapText.hasBreak(before) ? "," + ownLine(before) : ", ";
        } else {
            int line = map.opening() ? 0 : LineBreaks.nextLine(first.gap(), 0);
            before = first.gap().substring(0, line) + " ".repeat(map.indent());
            between = first.gap().substring(line);
        }
        Members moved = members.replace(members.first(), first.withGap(between));
        return map.withMembers(moved.insertAfter(null, added.withGap(before)));
    }

    /** A line break and the indentation at the end of a gap. */
    private String ownLine(String gap) {
        return lineBreak + gap.substring(LineBreaks.lineStart(gap, gap.length()));
    }

    private MapText insertFlow(MapText map, Members.Place place, Member added) {
        Members members = map.members();
        String siblingGap = members.at(place).gap();
        boolean lines = GapText.hasBreak(siblingGap) && ownLine(siblingGap).isBlank();
        Members.Place next = members.after(place);
        String behind = next == null ? map.close() : members.at(next).gap();
        int comma = GapText.comma(behind);
        String rest = comma < 0 ? behind : behind.substring(comma + 1);
        boolean comment = rest.substring(0, LineBreaks.lineEnd(rest, 0)).indexOf('#') >= 0;
        if (!lines) {
            return map.withMembers(members.insertAfter(place, added.withGap(", ")));
        }
        // The sibling's comment stays in the sibling's line.
        int lineEnd = comment ? LineBreaks.lineEnd(rest, 0) : 0;
        String gap = "," + rest.substring(0, lineEnd) + ownLine(siblingGap);
        String left = (comma < 0 ? "" : ",") + rest.substring(lineEnd);
        Members more = members.insertAfter(place, added.withGap(gap));
        if (next == null) {
            return map.with(more, left);
        }
        Members.Place moved = more.find(members.at(next).key());
        return map.withMembers(more.replace(moved, more.at(moved).withGap(left)));
    }

    private MapText insertOnly(
            MapText map, String key, Spec spec, BiPredicate<Integer, String> opens) {
        String close = map.close();
        if (map.flow()) {
            String text = writer.flow(key, spec, Style.usual(true));
            String gap = close.isBlank() && !GapText.hasBreak(close) ? "" : close;
            return map.with(
                    Members.of(List.of(MapTextReader.member(gap, text, true, 0, opens))),
                    gap.isEmpty() ? "" : lineBreak);
        }
        String text = writer.block(key, spec, map.indent(), writer.usual(key, spec, map.indent()));
        String gap =
                (LineBreaks.endsLine(close) ? close : close + lineBreak) + " ".repeat(map.indent());
        return map.with(
                Members.of(List.of(MapTextReader.member(gap, text, false, map.indent(), opens))),
                "");
    }

    /** The map without some members. */
    MapText remove(MapText map, Set<String> keys) {
        if (keys.size() > BULK) {
            return removeInOnePass(map, keys);
        }
        MapText result = map;
        for (String key : keys) {
            Members.Place place = result.members().find(key);
            if (place != null) {
                result = remove(result, place);
            }
        }
        return result;
    }

    private MapText remove(MapText map, Members.Place place) {
        Members members = map.members();
        Members.Place next = members.after(place);
        String after = next == null ? map.close() : members.at(next).gap();
        String joined =
                joined(map, members.at(place).gap(), after, members.isFirst(place), next == null);
        if (next == null) {
            return map.with(members.remove(place), joined);
        }
        Members changed = members.replace(next, members.at(next).withGap(joined));
        return map.withMembers(changed.remove(place));
    }

    private String joined(MapText map, String before, String after, boolean first, boolean last) {
        return map.flow()
                ? GapText.joinedFlow(before, after, first, last, lineBreak)
                : GapText.joinedBlock(
                        before, after, map.indent(), first && !map.opening(), lineBreak);
    }

    private MapText removeInOnePass(MapText map, Set<String> keys) {
        List<Member> kept = new ArrayList<>();
        String pending = null;
        for (Member member : map.members().list()) {
            String gap =
                    pending == null
                            ? member.gap()
                            : joined(map, pending, member.gap(), kept.isEmpty(), false);
            if (keys.contains(member.key())) {
                pending = gap;
            } else {
                kept.add(gap.equals(member.gap()) ? member : member.withGap(gap));
                pending = null;
            }
        }
        String close =
                pending == null
                        ? map.close()
                        : joined(map, pending, map.close(), kept.isEmpty(), true);
        return map.with(Members.of(kept), close);
    }

    /** The map with some members changed; keys that are not there are left out. */
    static MapText change(MapText map, Set<String> keys, UnaryOperator<Member> change) {
        Members members = map.members();
        if (keys.size() > BULK) {
            List<Member> all = members.list();
            all.replaceAll(member -> keys.contains(member.key()) ? change.apply(member) : member);
            return map.withMembers(Members.of(all));
        }
        List<Members.Place> places = new ArrayList<>();
        for (String key : keys) {
            Members.Place place = members.find(key);
            if (place != null) {
                places.add(place);
            }
        }
        for (Members.Place place : places) {
            members = members.replace(place, change.apply(members.at(place)));
        }
        return map.withMembers(members);
    }

    /**
     * A member whose value is nothing or an empty map, made ready to take members; any other map is
     * opened already.
     */
    Member opened(Member member, MapText parent) {
        boolean emptyBraces =
                member.map() != null
                        && member.map().flow()
                        && member.map().members().isEmpty()
                        && member.map().close().isBlank();
        if (member.map() != null && (!emptyBraces || parent.flow())) {
            return member;
        }
        String text = member.text();
        int[] key = {member.keyStart(), member.keyEnd()};
        if (parent.flow()) {
            String head = text.substring(0, member.keyEnd()) + ": {";
            return Member.nest(
                    member.gap(), member.key(), head, key, MapText.empty(true, 0, ""), "}");
        }
        int colon = text.indexOf(':', member.keyEnd());
        String head =
                colon < 0 ? text.substring(0, member.keyEnd()) + ":" : text.substring(0, colon + 1);
        String rest =
                emptyBraces
                        ? member.tail().substring(1)
                        : text.substring(
                                Math.max(
                                        member.valueEnd(),
                                        colon < 0 ? member.keyEnd() : colon + 1));
        return Member.nest(
                member.gap(),
                member.key(),
                head,
                key,
                MapText.empty(false, parent.indent() + Style.USUAL_STEP, rest),
                "");
    }
}
