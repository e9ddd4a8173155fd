package io.fieldloom.domain.lint;

import java.util.Locale;

/** How bad a finding is. */
public enum Severity {
    /** What it is about cannot run. */
    ERROR,
    /** It runs, though hardly as it was meant. */
    WARNING;

    /** The word in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
