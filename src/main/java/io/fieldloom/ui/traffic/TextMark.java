package io.fieldloom.ui.traffic;

/**
 * What is selected of a text: from where it began to where the pointer went.
 *
 * @param from where it began
 * @param to where it ends now, before or after
 */
record TextMark(Place from, Place to) {
    static final TextMark NONE = at(Place.START);

    /** A place between two characters. */
    record Place(int line, int column) implements Comparable<Place> {
        static final Place START = new Place(0, 0);

        @Override
        public int compareTo(Place other) {
            int lines = Integer.compare(line, other.line);
            return lines != 0 ? lines : Integer.compare(column, other.column);
        }
    }

    static TextMark at(Place place) {
        return new TextMark(place, place);
    }

    static TextMark all(PayloadLines lines) {
        int last = Math.max(0, lines.count() - 1);
        int end = lines.count() == 0 ? 0 : lines.length(last);
        return new TextMark(Place.START, new Place(last, end));
    }

    TextMark to(Place place) {
        return new TextMark(from, place);
    }

    boolean isEmpty() {
        return from.equals(to);
    }

    private Place first() {
        return from.compareTo(to) <= 0 ? from : to;
    }

    private Place last() {
        return from.compareTo(to) <= 0 ? to : from;
    }

    /** The first selected character of a line. */
    int start(int line) {
        return line < first().line || line > last().line
                ? Integer.MAX_VALUE
                : line == first().line ? first().column : 0;
    }

    /** The character behind the last selected one of a line. */
    int end(int line) {
        return line < first().line || line > last().line
                ? 0
                : line == last().line ? last().column : Integer.MAX_VALUE;
    }

    String text(PayloadLines lines) {
        StringBuilder text = new StringBuilder();
        int end = Math.min(last().line, lines.count() - 1);
        for (int line = first().line; line <= end; line++) {
            String whole = lines.text(line);
            int from = Math.min(start(line), whole.length());
            int to = Math.min(end(line), whole.length());
            text.append(line == first().line ? "" : "\n").append(whole, from, Math.max(from, to));
        }
        return text.toString();
    }

    /** The word around the place. */
    TextMark word(PayloadLines lines) {
        if (from.line >= lines.count()) {
            return this;
        }
        String text = lines.text(from.line);
        int start = Math.min(from.column, text.length());
        int end = start;
        while (start > 0 && isWord(text.charAt(start - 1))) {
            start--;
        }
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return new TextMark(new Place(from.line, start), new Place(from.line, end));
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }
}
