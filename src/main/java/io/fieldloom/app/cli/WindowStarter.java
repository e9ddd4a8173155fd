package io.fieldloom.app.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Opens the workbench and returns when it is closed. Called on the main thread, at most once. */
public interface WindowStarter {
    /**
     * @param project the file to open; empty for the last project, the first time the demo
     * @return the exit code
     */
    int open(Optional<Path> project);

    /** The same on the demo plant, whatever was open last. */
    int openDemo();
}
