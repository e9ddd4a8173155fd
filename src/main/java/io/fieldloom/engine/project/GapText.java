package io.fieldloom.engine.project;

/**
 * What stands between the members of a map: line breaks, indentation, comments and, in a flow map,
 * commas. Says what is left when the member in the middle goes.
 */
final class GapText {
    private GapText() {}

    /**
     * The gap that a removed member of a block map leaves. It takes the comment block directly
     * above it along.
     *
     * @param before the gap before the removed member
     * @param after the gap after it
     * @param protectedLine whether the gap begins behind the parent's key, in the same line
     */
    static String joinedBlock(
            String before, String after, int indent, boolean protectedLine, String lineBreak) {
        int floor = protectedLine ? LineBreaks.nextLine(before, 0) : 0;
        if (protectedLine && !LineBreaks.endsLine(before.substring(0, floor))) {
            // The member stood in its parent's line; the next one cannot.
            return before.stripTrailing() + lineBreak + after;
        }
        return before.substring(0, withoutComment(before, indent, floor)) + after;
    }

    /** The offset where the comment block at the end of a gap begins, indentation included. */
    private static int withoutComment(String gap, int indent, int floor) {
        int end = LineBreaks.lineStart(gap, gap.length());
        while (end > floor) {
            int start = LineBreaks.lineStart(gap, contentEnd(gap, end));
            if (start < floor || !isComment(gap, start, indent)) {
                break;
            }
            end = start;
        }
        return Math.max(end, floor);
    }

    /** End of the content of the line that ends before an offset. */
    private static int contentEnd(String gap, int lineStart) {
        int end = lineStart - 1;
        return end > 0 && gap.charAt(end) == '\n' && gap.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    private static boolean isComment(String gap, int lineStart, int indent) {
        int at = lineStart;
        while (at < gap.length() && gap.charAt(at) == ' ') {
            at++;
        }
        return at - lineStart == indent && at < gap.length() && gap.charAt(at) == '#';
    }

    /**
     * The gap that a removed member of a flow map leaves.
     *
     * @param before the gap before the removed member
     * @param after the gap after it, or what stands before the closing brace
     * @param first whether there is no member before
     * @param last whether there is no member after
     */
    static String joinedFlow(
            String before, String after, boolean first, boolean last, String lineBreak) {
        int indent = before.length() - LineBreaks.lineStart(before, before.length());
        boolean ownLine =
                indent < before.length() && before.substring(before.length() - indent).isBlank();
        String kept = before;
        if (ownLine) {
            int floor = LineBreaks.nextLine(before, 0);
            kept =
                    before.substring(
                            0, withoutComment(before, indent, Math.min(floor, before.length())));
        }
        int comma = comma(after);
        String rest = comma < 0 ? after : after.substring(comma + 1);
        boolean lineFollows = LineBreaks.nextLine(rest, 0) > LineBreaks.lineEnd(rest, 0);
        if (last) {
            return joinedAtEnd(kept, rest, first, comma >= 0, lineFollows ? "" : lineBreak);
        }
        if (!lineFollows) {
            return ownLine ? kept + " ".repeat(indent) : kept;
        }
        String nextLines = rest.substring(LineBreaks.nextLine(rest, 0));
        return ownLine ? kept + nextLines : kept.stripTrailing() + lineBreak + nextLines;
    }

    /**
     * The gap before the closing brace.
     *
     * @param breakToAdd what ends a comment that nothing else ends
     */
    private static String joinedAtEnd(
            String kept, String rest, boolean first, boolean trailingComma, String breakToAdd) {
        // Without a line break of its own the rest holds no comment.
        String closing = breakToAdd.isEmpty() ? rest.substring(LineBreaks.lineEnd(rest, 0)) : rest;
        if (first) {
            String all = kept.stripTrailing() + closing;
            return all.isBlank() ? "" : all;
        }
        int comma = comma(kept);
        String begin = kept.substring(0, comma) + (trailingComma ? "," : "");
        String behind = kept.substring(comma + 1).stripTrailing();
        return begin + behind + (behind.isEmpty() ? "" : breakToAdd) + closing;
    }

    /** Offset of the comma of a flow gap that is not in a comment; -1 if there is none. */
    static int comma(String gap) {
        for (int at = 0; at < gap.length(); at++) {
            char c = gap.charAt(at);
            if (c == '#') {
                at = LineBreaks.lineEnd(gap, at);
            } else if (c == ',') {
                return at;
            }
        }
        return -1;
    }

    static boolean hasBreak(String gap) {
        return LineBreaks.count(gap) > 0;
    }

    /** Whether a line of the gap is empty. */
    static boolean hasBlankLine(String gap) {
        int at = 0;
        while (at < gap.length()) {
            int end = LineBreaks.lineEnd(gap, at);
            if (end < gap.length() && gap.substring(at, end).isBlank()) {
                return true;
            }
            at = LineBreaks.nextLine(gap, end);
        }
        return false;
    }
}
