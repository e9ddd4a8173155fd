package io.fieldloom.ui.log;

import java.time.Instant;
import java.util.Objects;

/**
 * One line of the log.
 *
 * @param number counts up from 1
 * @param time when it was written
 * @param level how bad it is
 * @param source who wrote it, in plain words
 * @param message what it says
 * @param detail where it came from, for who files a report; empty where nothing failed
 */
public record LogLine(
        long number, Instant time, Level level, String source, String message, String detail) {
    public LogLine {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(detail, "detail");
    }

    /** How bad a line is. */
    public enum Level {
        INFO("Info"),
        WARNING("Warning"),
        ERROR("Error");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
