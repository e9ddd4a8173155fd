package io.fieldloom.engine.project;

import java.io.IOException;

/**
 * One key of a YAML map with its value, as text. In a block map the text ends with its last line,
 * comment and line break included; in a flow map it ends with the value. Immutable.
 */
final class Member {
    private final String gap;
    private final String key;
    private final String head;
    private final int[] spans;
    private final MapText map;
    private final String tail;
    private final int breaks;

    private Member(String gap, String key, String head, int[] spans, MapText map, String tail) {
        this.gap = gap;
        this.key = key;
        this.head = head;
        this.spans = spans;
        this.map = map;
        this.tail = tail;
        this.breaks =
                LineBreaks.count(gap)
                        + LineBreaks.count(head)
                        + (map == null ? 0 : map.breaks())
                        + LineBreaks.count(tail);
    }

    /**
     * A member that is not looked into.
     *
     * @param gap what stands between it and the member before
     * @param spans offsets in the text: start and end of the key, start and end of the value, and,
     *     of a value that is a map of plain-keyed scalars, the same four of each of its keys
     */
    static Member leaf(String gap, String key, String text, int[] spans) {
        return new Member(gap, key, text, spans, null, "");
    }

    /**
     * A member whose value is a map that can be edited member by member.
     *
     * @param head its text up to where the map's own text begins
     * @param keySpan start and end of the key in the head
     * @param tail its text after the map's
     */
    static Member nest(
            String gap, String key, String head, int[] keySpan, MapText map, String tail) {
        return new Member(gap, key, head, keySpan, map, tail);
    }

    String gap() {
        return gap;
    }

    String key() {
        return key;
    }

    /** The whole text of a leaf; of a nest what comes before the map. */
    String head() {
        return head;
    }

    MapText map() {
        return map;
    }

    String tail() {
        return tail;
    }

    int breaks() {
        return breaks;
    }

    int keyStart() {
        return spans[0];
    }

    int keyEnd() {
        return spans[1];
    }

    int valueStart() {
        return spans[2];
    }

    int valueEnd() {
        return spans[3];
    }

    /** Whether the spans of the fields are known. */
    boolean hasFields() {
        return spans.length > 4;
    }

    /**
     * Start and end of a field's value; null when there is no such field.
     *
     * @param field a key without quotes
     */
    int[] field(String field) {
        for (int at = 4; at < spans.length; at += 4) {
            if (spans[at + 1] - spans[at] == field.length() && head.startsWith(field, spans[at])) {
                return new int[] {spans[at + 2], spans[at + 3]};
            }
        }
        return null;
    }

    /** Line breaks between the member before and this one's key. */
    int breaksToKey() {
        return LineBreaks.count(gap) + LineBreaks.count(head, 0, spans[0]);
    }

    String text() {
        StringBuilder out = new StringBuilder(head.length());
        try {
            writeTextTo(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toString();
    }

    void writeTo(Appendable out) throws IOException {
        out.append(gap);
        writeTextTo(out);
    }

    private void writeTextTo(Appendable out) throws IOException {
        out.append(head);
        if (map != null) {
            map.writeTo(out);
        }
        out.append(tail);
    }

    Member withGap(String other) {
        return new Member(other, key, head, spans, map, tail);
    }

    Member withMap(MapText other) {
        return new Member(gap, key, head, spans, other, tail);
    }

    /** The member under another key: nothing but the key's own text differs. */
    Member withKey(String other, String rendered) {
        return new Member(
                gap,
                other,
                head.substring(0, spans[0]) + rendered + head.substring(spans[1]),
                shifted(spans[0], spans[1], rendered.length()),
                map,
                tail);
    }

    /** The leaf with another text between two offsets that are the span of a value in it. */
    Member withValue(int start, int end, String rendered) {
        return new Member(
                gap,
                key,
                head.substring(0, start) + rendered + head.substring(end),
                shifted(start, end, rendered.length()),
                null,
                "");
    }

    private int[] shifted(int start, int end, int length) {
        int[] moved = spans.clone();
        for (int at = 0; at < moved.length; at++) {
            if (moved[at] >= end && moved[at] > start) {
                moved[at] += length - (end - start);
            }
        }
        return moved;
    }
}
