package io.fieldloom.ui.traffic;

import io.fieldloom.engine.payload.PayloadDiff.Change;
import io.fieldloom.engine.payload.PayloadDiff.Line;
import io.fieldloom.ui.kit.code.Run;
import io.fieldloom.ui.kit.code.Run.Ink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** JSON or text, each line with what stood there in the message before. */
final class DiffLines implements PayloadLines {
    private static final String TAB = "    ";
    private static final int LONG = 16;
    private static final String OLD = "   ← ";

    private final List<Line> lines;
    private final boolean isJson;

    DiffLines(List<Line> lines, boolean isJson) {
        this.lines = lines;
        this.isJson = isJson;
    }

    @Override
    public int count() {
        return lines.size();
    }

    @Override
    public Change change(int line) {
        return lines.get(line).change();
    }

    @Override
    public int length(int at) {
        Line line = lines.get(at);
        int old = line.change() == Change.CHANGED ? OLD.length() + old(line).length() : 0;
        return shown(line).length() + old;
    }

    /** A removed line stands out by its sign, which takes the place of indentation. */
    private static String shown(Line line) {
        String text = line.text();
        if (line.change() == Change.REMOVED) {
            int indent = 0;
            while (indent < text.length() && text.charAt(indent) == ' ') {
                indent++;
            }
            text =
                    indent >= 2
                            ? text.substring(0, indent - 2) + "− " + text.substring(indent)
                            : "− " + text;
        }
        return text.indexOf('\t') < 0 ? text : text.replace("\t", TAB);
    }

    /** The old value; of a long one that begins as the new one does, only where they part. */
    private static String old(Line line) {
        String old = line.old().replace('\n', ' ');
        if (old.length() < LONG) {
            return old;
        }
        String text = line.text();
        int start = text.indexOf(old.substring(0, LONG / 2));
        if (start < 0) {
            return old;
        }
        int same = 0;
        while (same < old.length()
                && start + same < text.length()
                && old.charAt(same) == text.charAt(start + same)) {
            same++;
        }
        while (same > 0 && Character.isLetterOrDigit(old.charAt(same - 1))) {
            same--; // a number is not cut in two
        }
        return "…" + old.substring(same);
    }

    @Override
    public List<Run> runs(int at) {
        Line line = lines.get(at);
        String text = shown(line);
        if (line.change() == Change.REMOVED) {
            return List.of(new Run(text, Ink.BEFORE));
        }
        List<Run> runs = isJson ? JsonInk.runs(text) : List.of(new Run(text, Ink.PLAIN));
        if (line.change() != Change.CHANGED) {
            return runs;
        }
        List<Run> withOld = new ArrayList<>(runs);
        withOld.add(new Run(OLD + old(line), Ink.BEFORE));
        return withOld;
    }

    /** An object or array that lines are inside of. */
    private static final class Level {
        private final String way;
        private final boolean isArray;
        private int next;

        Level(String way, boolean isArray) {
            this.way = way;
            this.isArray = isArray;
        }
    }

    @Override
    public String way(int wanted) {
        if (!isJson || lines.get(wanted).change() == Change.REMOVED) {
            return null;
        }
        Deque<Level> open = new ArrayDeque<>();
        for (int at = 0; at <= wanted; at++) {
            Line line = lines.get(at);
            String text = line.text().strip();
            if (line.change() == Change.REMOVED) {
                continue;
            }
            if (text.startsWith("}") || text.startsWith("]")) {
                open.pop();
                continue;
            }
            String way = below(open.peek(), text);
            char last = text.charAt(text.length() - 1);
            boolean opens = last == '{' || last == '[';
            if (at == wanted) {
                return opens ? null : way;
            }
            if (opens) {
                open.push(new Level(way, last == '['));
            }
        }
        return null;
    }

    private static String below(Level level, String text) {
        if (level == null) {
            return "";
        }
        String name = level.isArray ? Integer.toString(level.next++) : JsonInk.key(text).orElse("");
        return level.way.isEmpty() ? name : level.way + "." + name;
    }
}
