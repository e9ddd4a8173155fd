package io.fieldloom.domain.project;

import java.util.Objects;

/**
 * What one edit, undo or redo did. Trees, lint, the running engine and the file consume it and
 * never compare projects.
 *
 * @param before the project until now
 * @param after the project from now on
 * @param touched which entries differ, at least
 * @param label what a person would call it, for the undo menu ({@code Move prague/line-1})
 */
public record Change(Project before, Project after, Touched touched, String label) {
    public Change {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(touched, "touched");
    }

    /** The way back. */
    public Change reversed() {
        return new Change(after, before, touched, label);
    }
}
