package io.fieldloom.engine.project;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;

/** Cuts the text of a parsed map into members, so that no character is lost. */
final class MapTextReader {
    /** Looks into no map: the member is one piece. */
    static final BiPredicate<Integer, String> NONE = (depth, key) -> false;

    /** Looks into all maps. */
    static final BiPredicate<Integer, String> ALL = (depth, key) -> true;

    private final String text;
    private final BiPredicate<Integer, String> opens;
    private String lastGap = "";

    /**
     * A reader of one text.
     *
     * @param opens which maps to look into, by depth of their key (0: the outermost map's) and key
     */
    MapTextReader(String text, BiPredicate<Integer, String> opens) {
        this.text = text;
        this.opens = opens;
    }

    /**
     * A map's text and where it ended.
     *
     * @param end offset after the text, closing brace not included
     */
    record Read(MapText map, int end) {}

    /**
     * Reads a map.
     *
     * @param node a map, block or flow
     * @param from where its text begins: after the brace, after the key's colon, or at 0
     */
    Read read(YamlNode node, int from, int depth) {
        List<Member> members = new ArrayList<>(node.size());
        int last = from;
        int indent = 0;
        for (int at = 0; at < node.size(); at++) {
            YamlNode key = node.key(at);
            YamlNode value = node.valueOf(at);
            int start = start(last, key.start());
            int end = Math.max(key.end(), value.end());
            if (!node.isFlow()) {
                end = lineEnd(end);
                if (at == 0) {
                    indent = start - LineBreaks.lineStart(text, start);
                }
            }
            members.add(member(gap(last, start), key, value, start, end, depth));
            last = end;
        }
        int end = node.isFlow() ? node.end() - 1 : last;
        return new Read(
                new MapText(
                        node.isFlow(),
                        indent,
                        !node.isFlow() && from == 0,
                        Members.of(members),
                        text.substring(last, end)),
                end);
    }

    /**
     * The one member that a text consists of.
     *
     * @param flow whether it is a member of a flow map
     * @param indent the column it stands in, in a block map
     * @param opens which of its maps to look into; depth 0 is its own
     */
    static Member member(
            String gap, String text, boolean flow, int indent, BiPredicate<Integer, String> opens) {
        String whole = flow ? "{" + text + "}" : " ".repeat(indent) + text;
        YamlNode root;
        try {
            root = YamlText.parse(whole, new FaultList()).orElseThrow();
        } catch (YamlText.SyntaxException e) {
            throw new IllegalStateException("written text is not YAML: " + text, e);
        }
        if (root.size() != 1) {
            throw new IllegalStateException("written text is not one member: " + text);
        }
        Members members =
                new MapTextReader(whole, opens).read(root, flow ? 1 : 0, 0).map().members();
        return members.at(members.first()).withGap(gap);
    }

    /** Thousands of members stand in the same distance from each other. */
    private String gap(int from, int to) {
        if (to - from == lastGap.length() && text.startsWith(lastGap, from)) {
            return lastGap;
        }
        lastGap = text.substring(from, to);
        return lastGap;
    }

    private Member member(String gap, YamlNode key, YamlNode value, int start, int end, int depth) {
        boolean open =
                value.isMap()
                        && opens.test(depth, key.value())
                        && (value.isFlow() || value.size() > 0);
        if (!open) {
            return Member.leaf(
                    gap, key.value(), text.substring(start, end), spans(key, value, start));
        }
        int from = value.isFlow() ? value.start() + 1 : colon(key.end());
        Read read = read(value, from, depth + 1);
        return Member.nest(
                gap,
                key.value(),
                text.substring(start, from),
                new int[] {key.start() - start, key.end() - start},
                read.map(),
                text.substring(read.end(), end));
    }

    private static int[] spans(YamlNode key, YamlNode value, int start) {
        int[] spans = new int[value.isMap() ? 4 + 4 * value.size() : 4];
        put(spans, 0, key, value, start);
        if (!value.isMap()) {
            return spans;
        }
        for (int at = 0; at < value.size(); at++) {
            YamlNode field = value.valueOf(at);
            boolean simple =
                    value.key(at).isPlain()
                            && field.isScalar()
                            && !field.isMissing()
                            && "|>".indexOf(field.style()) < 0;
            if (!simple) {
                return Arrays.copyOf(spans, 4);
            }
            put(spans, 4 + 4 * at, value.key(at), field, start);
        }
        return spans;
    }

    private static void put(int[] spans, int at, YamlNode key, YamlNode value, int start) {
        spans[at] = key.start() - start;
        spans[at + 1] = key.end() - start;
        spans[at + 2] = value.start() - start;
        spans[at + 3] = value.end() - start;
    }

    /** Where a member begins: at its key, or at the question mark before it. */
    private int start(int from, int keyStart) {
        int start = keyStart;
        for (int at = from; at < keyStart; at++) {
            char c = text.charAt(at);
            if (c == '#') {
                at = LineBreaks.lineEnd(text, at);
            } else if (c == '?' && Character.isWhitespace(text.charAt(at + 1))) {
                start = at;
            }
        }
        return start;
    }

    /** The offset after the colon that follows a key. */
    private int colon(int keyEnd) {
        int at = keyEnd;
        while (text.charAt(at) != ':') {
            at = text.charAt(at) == '#' ? LineBreaks.lineEnd(text, at) : at + 1;
        }
        return at + 1;
    }

    /** The start of the line after a value; a block scalar ends there by itself. */
    private int lineEnd(int end) {
        return end > 0 && LineBreaks.isBreak(text.charAt(end - 1))
                ? end
                : LineBreaks.nextLine(text, end);
    }
}
