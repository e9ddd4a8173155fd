package io.fieldloom.ui.traffic;

import io.fieldloom.ui.kit.code.Run;
import io.fieldloom.ui.kit.code.Run.Ink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Colours one line of laid-out JSON. Pure. */
final class JsonInk {
    private JsonInk() {}

    static List<Run> runs(String line) {
        List<Run> runs = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            int end;
            Ink ink;
            if (c == '"') {
                end = endOfString(line, at);
                ink = end < line.length() && line.charAt(end) == ':' ? Ink.KEY : Ink.STRING;
            } else if (c == '-' || c >= '0' && c <= '9') {
                end = endOf(line, at, "+-.0123456789Ee");
                ink = Ink.NUMBER;
            } else if (Character.isLetter(c)) {
                end = endOf(line, at, "aeflnrstu");
                ink = Ink.WORD;
            } else {
                end = at + 1;
                ink = Ink.PLAIN;
            }
            add(runs, line.substring(at, end), ink);
            at = end;
        }
        return runs;
    }

    private static void add(List<Run> runs, String text, Ink ink) {
        int last = runs.size() - 1;
        if (last >= 0 && runs.get(last).ink() == ink) {
            runs.set(last, new Run(runs.get(last).text() + text, ink));
        } else {
            runs.add(new Run(text, ink));
        }
    }

    private static int endOfString(String line, int from) {
        for (int at = from + 1; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '"') {
                return at + 1;
            }
        }
        return line.length();
    }

    private static int endOf(String line, int from, String allowed) {
        int at = from + 1;
        while (at < line.length() && allowed.indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** The key that a line begins with; empty where it has none, or one with escapes. */
    static Optional<String> key(String line) {
        if (line.isEmpty() || line.charAt(0) != '"') {
            return Optional.empty();
        }
        int end = endOfString(line, 0);
        String key = line.substring(1, Math.max(1, end - 1));
        boolean isKey = end < line.length() && line.charAt(end) == ':' && key.indexOf('\\') < 0;
        return isKey ? Optional.of(key) : Optional.empty();
    }
}
