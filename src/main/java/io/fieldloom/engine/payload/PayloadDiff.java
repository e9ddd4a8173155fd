package io.fieldloom.engine.payload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fieldloom.engine.payload.DecodedPayload.Encoding;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What changed between two payloads of a topic, as the lines of the newer one. JSON is compared
 * member by member, anything else line by line. Pure functions.
 */
public final class PayloadDiff {
    private static final String INDENT = "  ";
    private static final int LONGEST_OLD = 200;

    private PayloadDiff() {}

    /** What became of a line. */
    public enum Change {
        SAME,
        CHANGED,
        ADDED,
        REMOVED
    }

    /**
     * @param text the line as it is now; as it was for a removed one
     * @param change what became of it
     * @param old the value before, for a changed line; else empty
     */
    public record Line(String text, Change change, String old) {}

    /**
     * @param before the payload before, or null when there was none: then every line is the same
     * @param now the payload to show
     */
    public static List<Line> of(byte[] before, byte[] now) {
        DecodedPayload newer = PayloadDecoder.decode(now);
        DecodedPayload older = before == null ? null : PayloadDecoder.decode(before);
        if (newer.encoding() == Encoding.JSON) {
            JsonNode old =
                    older == null
                            ? null
                            : older.encoding() == Encoding.JSON
                                    ? older.value()
                                    : TextNode.valueOf(PayloadText.pretty(before));
            return json(old, newer.value());
        }
        return lines(before == null ? null : PayloadText.lines(before), PayloadText.lines(now));
    }

    private static List<Line> lines(List<String> before, List<String> now) {
        List<Line> lines = new ArrayList<>();
        for (int at = 0; at < now.size(); at++) {
            String text = now.get(at);
            if (before == null || at < before.size() && before.get(at).equals(text)) {
                lines.add(new Line(text, Change.SAME, ""));
            } else if (at < before.size()) {
                lines.add(new Line(text, Change.CHANGED, before.get(at)));
            } else {
                lines.add(new Line(text, Change.ADDED, ""));
            }
        }
        for (int at = now.size(); before != null && at < before.size(); at++) {
            lines.add(new Line(before.get(at), Change.REMOVED, ""));
        }
        return lines;
    }

    /** The lines of a document, against an older one or null. */
    static List<Line> json(JsonNode before, JsonNode now) {
        List<Line> lines = new ArrayList<>();
        write(lines, "", "", before, now, before == null ? Change.SAME : null, "");
        return lines;
    }

    /**
     * @param forced what all lines of this value are, or null to compare
     */
    private static void write(
            List<Line> lines,
            String indent,
            String key,
            JsonNode before,
            JsonNode now,
            Change forced,
            String comma) {
        boolean isBranch = now.isContainerNode() && !now.isEmpty();
        if (!isBranch) {
            String text = indent + key + now + comma;
            if (forced != null) {
                lines.add(new Line(text, forced, ""));
            } else if (now.toString().equals(before.toString())) {
                lines.add(new Line(text, Change.SAME, ""));
            } else {
                lines.add(new Line(text, Change.CHANGED, PayloadText.compact(before, LONGEST_OLD)));
            }
            return;
        }
        boolean comparable =
                before != null
                        && before.isObject() == now.isObject()
                        && before.isArray() == now.isArray();
        boolean replaced = forced == null && !comparable;
        String open = now.isObject() ? "{" : "[";
        lines.add(
                replaced
                        ? new Line(
                                indent + key + open,
                                Change.CHANGED,
                                PayloadText.compact(before, LONGEST_OLD))
                        : new Line(indent + key + open, forced == null ? Change.SAME : forced, ""));
        Change below = replaced ? Change.ADDED : forced;
        if (now.isObject()) {
            members(lines, indent + INDENT, comparable ? before : null, now, below);
        } else {
            elements(lines, indent + INDENT, comparable ? before : null, now, below);
        }
        Change end = below == null ? Change.SAME : below;
        lines.add(new Line(indent + (now.isObject() ? "}" : "]") + comma, end, ""));
    }

    private static void members(
            List<Line> lines, String indent, JsonNode before, JsonNode now, Change forced) {
        Iterator<Map.Entry<String, JsonNode>> members = now.properties().iterator();
        while (members.hasNext()) {
            Map.Entry<String, JsonNode> member = members.next();
            JsonNode old = before == null ? null : before.get(member.getKey());
            write(
                    lines,
                    indent,
                    TextNode.valueOf(member.getKey()) + ": ",
                    old,
                    member.getValue(),
                    forced != null ? forced : old == null ? Change.ADDED : null,
                    members.hasNext() ? "," : "");
        }
        if (before != null && forced == null) {
            for (Map.Entry<String, JsonNode> member : before.properties()) {
                if (!now.has(member.getKey())) {
                    String key = TextNode.valueOf(member.getKey()) + ": ";
                    removed(lines, indent, key, member.getValue());
                }
            }
        }
    }

    private static void elements(
            List<Line> lines, String indent, JsonNode before, JsonNode now, Change forced) {
        for (int at = 0; at < now.size(); at++) {
            JsonNode old = before == null ? null : before.get(at);
            write(
                    lines,
                    indent,
                    "",
                    old,
                    now.get(at),
                    forced != null ? forced : old == null ? Change.ADDED : null,
                    at < now.size() - 1 ? "," : "");
        }
        for (int at = now.size(); before != null && forced == null && at < before.size(); at++) {
            removed(lines, indent, "", before.get(at));
        }
    }

    private static void removed(List<Line> lines, String indent, String key, JsonNode value) {
        lines.add(
                new Line(
                        indent + key + PayloadText.compact(value, LONGEST_OLD),
                        Change.REMOVED,
                        ""));
    }
}
