package io.fieldloom.engine.project;

import java.util.Objects;

/**
 * One reason why a project file does not validate.
 *
 * @param line where, from 1
 * @param column where in the line, from 1
 * @param key the path of the key ({@code devices.filler.interval}), or empty for the file as such
 * @param message what is wrong and what would be accepted; one line
 */
public record Fault(int line, int column, String key, String message) {
    public Fault {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(message, "message");
    }
}
