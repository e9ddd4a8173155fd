package io.fieldloom.engine.project;

/** Lines of a text as YAML sees them: LF, CRLF or a CR alone ends one. */
final class LineBreaks {
    private LineBreaks() {}

    static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    static int count(String text) {
        return count(text, 0, text.length());
    }

    /** Line breaks that end within a range. */
    static int count(String text, int from, int to) {
        int breaks = 0;
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            if (c == '\n'
                    || (c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n'))) {
                breaks++;
            }
        }
        return breaks;
    }

    /** Offset of the line's first character. */
    static int lineStart(String text, int at) {
        int start = at;
        while (start > 0 && !isBreak(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** Offset of the line's break, or of the text's end. */
    static int lineEnd(String text, int at) {
        int end = at;
        while (end < text.length() && !isBreak(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Offset of the next line's first character, or of the text's end. */
    static int nextLine(String text, int at) {
        int end = lineEnd(text, at);
        if (end < text.length()) {
            boolean pair =
                    text.charAt(end) == '\r'
                            && end + 1 < text.length()
                            && text.charAt(end + 1) == '\n';
            return end + (pair ? 2 : 1);
        }
        return end;
    }

    /** Whether a text ends with a line break. */
    static boolean endsLine(String text) {
        return !text.isEmpty() && isBreak(text.charAt(text.length() - 1));
    }

    /** The line break that most lines of a text have; LF where it has none. */
    static String usual(String text) {
        int pairs = 0;
        int single = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (at > 0 && text.charAt(at - 1) == '\r') {
                pairs++;
            } else {
                single++;
            }
        }
        return pairs > single ? "\r\n" : "\n";
    }
}
