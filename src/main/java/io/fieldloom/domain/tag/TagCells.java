package io.fieldloom.domain.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Splits one pasted line into cells. Pure. */
final class TagCells {
    private TagCells() {}

    /**
     * One cell.
     *
     * @param text without its quotes and the blanks around it
     * @param column where it begins in the line, from 1
     */
    record Cell(String text, int column) {
        static final Cell NONE = new Cell("", 1);
    }

    /** A quote that is not closed. */
    static final class OpenQuoteException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int column;

        OpenQuoteException(int column) {
            super("open quote at column " + column);
            this.column = column;
        }

        int column() {
            return column;
        }
    }

    /**
     * A line with a tab is split at tabs, else one with a semicolon there. Commas separate only
     * where that makes one of the cells but the first an address, since a comma may just as well be
     * a decimal one; else blanks do.
     */
    static List<Cell> of(String line, Predicate<String> isAddress) throws OpenQuoteException {
        for (char separator : new char[] {'\t', ';'}) {
            List<Cell> cells = split(line, separator);
            if (cells.size() > 1) {
                return cells;
            }
        }
        List<Cell> cells = split(line, ',');
        boolean separated = cells.stream().skip(1).anyMatch(cell -> isAddress.test(cell.text()));
        return separated ? cells : words(line);
    }

    static List<Cell> split(String line, char separator) throws OpenQuoteException {
        List<Cell> cells = new ArrayList<>();
        int at = 0;
        while (true) {
            int begin = blanks(line, at, separator);
            if (begin < line.length() && line.charAt(begin) == '"') {
                StringBuilder text = new StringBuilder();
                at = quoted(line, begin, text);
                int next = line.indexOf(separator, at);
                int end = next < 0 ? line.length() : next;
                text.append(line, at, end);
                cells.add(new Cell(text.toString().strip(), begin + 1));
                at = end;
            } else {
                int next = line.indexOf(separator, begin);
                int end = next < 0 ? line.length() : next;
                cells.add(new Cell(line.substring(begin, end).strip(), begin + 1));
                at = end;
            }
            if (at >= line.length()) {
                return cells;
            }
            at++;
        }
    }

    private static List<Cell> words(String line) throws OpenQuoteException {
        List<Cell> cells = new ArrayList<>();
        int at = blanks(line, 0, '\0');
        while (at < line.length()) {
            int begin = at;
            if (line.charAt(begin) == '"') {
                StringBuilder text = new StringBuilder();
                at = quoted(line, begin, text);
                cells.add(new Cell(text.toString().strip(), begin + 1));
            } else {
                while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
                    at++;
                }
                cells.add(new Cell(line.substring(begin, at), begin + 1));
            }
            at = blanks(line, at, '\0');
        }
        return cells;
    }

    private static int blanks(String line, int from, char separator) {
        int at = from;
        while (at < line.length()
                && Character.isWhitespace(line.charAt(at))
                && line.charAt(at) != separator) {
            at++;
        }
        return at;
    }

    /** Reads a quoted cell, a doubled quote for a single one; returns the place after it. */
    private static int quoted(String line, int begin, StringBuilder text)
            throws OpenQuoteException {
        int at = begin + 1;
        while (at < line.length()) {
            if (line.charAt(at) != '"') {
                text.append(line.charAt(at++));
            } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
                text.append('"');
                at += 2;
            } else {
                return at + 1;
            }
        }
        throw new OpenQuoteException(begin + 1);
    }
}
