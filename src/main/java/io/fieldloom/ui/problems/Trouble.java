package io.fieldloom.ui.problems;

import io.fieldloom.domain.lint.Severity;
import io.fieldloom.domain.project.Location;
import io.fieldloom.ui.kit.Command;
import java.util.Objects;
import java.util.Optional;

/**
 * What does not work at this moment, whatever the design says: a device or a broker that is away.
 *
 * @param where the device or broker
 * @param message what is wrong, a sentence without its full stop
 * @param advice what to try
 * @param location where it is in the project; empty where it is nowhere
 * @param remedy what can be done at once, named as its button; empty for nothing
 * @param severity an error where all of it is away
 */
public record Trouble(
        String where,
        String message,
        String advice,
        Optional<Location> location,
        Optional<Command> remedy,
        Severity severity) {
    public Trouble {
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(advice, "advice");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(remedy, "remedy");
        Objects.requireNonNull(severity, "severity");
    }

    /** What is away altogether. */
    public Trouble(
            String where,
            String message,
            String advice,
            Optional<Location> location,
            Optional<Command> remedy) {
        this(where, message, advice, location, remedy, Severity.ERROR);
    }

    /** Tags that cannot be read though their device answers. */
    public static Trouble ofTags(String where, String message, String advice, Location location) {
        return new Trouble(
                where, message, advice, Optional.of(location), Optional.empty(), Severity.WARNING);
    }

    /** Whether another one says the same; how it would be mended does not matter. */
    boolean saysAs(Trouble other) {
        return where.equals(other.where)
                && message.equals(other.message)
                && remedy.map(Command::title).equals(other.remedy.map(Command::title));
    }
}
