package io.fieldloom.engine.project;

import java.io.IOException;

/** A project could not be written. The message names the file, why, and what to try. */
public final class SaveFailed extends IOException {
    private static final long serialVersionUID = 1L;

    SaveFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
