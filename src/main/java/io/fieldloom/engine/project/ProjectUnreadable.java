package io.fieldloom.engine.project;

import java.io.IOException;

/** A project file that cannot be read at all. The message names the file, why, and what to try. */
public final class ProjectUnreadable extends IOException {
    private static final long serialVersionUID = 1L;

    public ProjectUnreadable(String message, Throwable cause) {
        super(message, cause);
    }
}
