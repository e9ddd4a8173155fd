package io.fieldloom.domain.lint;

import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.project.Location;
import java.util.Objects;
import java.util.Optional;

/**
 * One problem of a design.
 *
 * @param rule id of the rule ({@code unknown-device}); ids stay
 * @param severity how bad it is
 * @param at the topic, device or setting it is about
 * @param message what is wrong, in a sentence
 * @param fix what to do about it
 * @param edit the edit that does it; empty where only the engineer can know
 * @param location where it is in the project
 */
public record Finding(
        String rule,
        Severity severity,
        String at,
        String message,
        String fix,
        Optional<Edit> edit,
        Location location) {
    public Finding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(fix, "fix");
        Objects.requireNonNull(edit, "edit");
        Objects.requireNonNull(location, "location");
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    static Finding error(String rule, Location location, String message, String fix) {
        return new Finding(
                rule, Severity.ERROR, location.key(), message, fix, Optional.empty(), location);
    }

    static Finding warning(String rule, Location location, String message, String fix) {
        return new Finding(
                rule, Severity.WARNING, location.key(), message, fix, Optional.empty(), location);
    }

    /** The finding with the edit that mends it, where there is one. */
    Finding orWith(Optional<? extends Edit> mending) {
        return new Finding(rule, severity, at, message, fix, mending.map(edit -> edit), location);
    }
}
