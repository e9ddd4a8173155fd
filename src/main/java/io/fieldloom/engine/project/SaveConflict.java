package io.fieldloom.engine.project;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The file on disk is not the one that was loaded or saved last: somebody else changed it. Nothing
 * was written.
 */
public final class SaveConflict extends IOException {
    private static final long serialVersionUID = 1L;

    SaveConflict(Path file) {
        super(
                file
                        + ": was changed by another program since it was opened. Save it under"
                        + " another name, or overwrite it");
    }
}
