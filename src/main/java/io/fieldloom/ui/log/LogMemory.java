package io.fieldloom.ui.log;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The newest lines of the log, held for the window; older ones leave. Thread-safe: any thread
 * writes, the window pulls.
 */
public final class LogMemory {
    public static final int LINES = 2_000;

    private final ArrayDeque<LogLine> lines = new ArrayDeque<>();
    private long written;
    private long errors;
    private long changes;

    /** Takes a line. */
    public synchronized void add(
            Instant time, LogLine.Level level, String source, String message, String detail) {
        written++;
        changes++;
        if (level == LogLine.Level.ERROR) {
            errors++;
        }
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(new LogLine(written, time, level, source, message, detail));
    }

    /** Grows with every change; while it stays the same, so do the lines. */
    public synchronized long version() {
        return changes;
    }

    /** The lines, the oldest first. */
    public synchronized List<LogLine> lines() {
        return List.copyOf(lines);
    }

    /** How many errors were written so far, cleared ones included. */
    public synchronized long errors() {
        return errors;
    }

    public synchronized void clear() {
        lines.clear();
        changes++;
    }
}
