package io.fieldloom.engine.project;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The file on disk is not the one that was loaded or saved last: somebody else changed it or took
 * it away. Nothing was written.
 */
public final class SaveConflict extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean gone;

    private SaveConflict(String message, boolean gone) {
        super(message);
        this.gone = gone;
    }

    static SaveConflict changed(Path file) {
        return new SaveConflict(
                file
                        + ": was changed by another program since it was opened. Save it under"
                        + " another name, or overwrite it",
                false);
    }

    static SaveConflict gone(Path file) {
        return new SaveConflict(
                file
                        + ": was deleted, moved or renamed since it was opened. Save it under"
                        + " another name, or write it there again",
                true);
    }

    /** Whether there is no such file any more, rather than another one. */
    public boolean isGone() {
        return gone;
    }
}
