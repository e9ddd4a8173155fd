package io.fieldloom.app.cli;

import io.fieldloom.engine.project.Fault;
import io.fieldloom.engine.project.LoadedProject;
import io.fieldloom.engine.project.ProjectFile;
import io.fieldloom.engine.project.ProjectUnreadable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** FILE: the project a command works on. */
final class ProjectArgument {
    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "Project file, NAME" + ProjectFile.SUFFIX)
    private String file;

    /** As it was typed. */
    String text() {
        return file;
    }

    Path path() throws CommandFailure {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw CommandFailure.usage(
                    "'" + file + "' is not a file name: " + e.getReason(), "Check the name");
        }
    }

    /** Reads and validates it; every fault is a line of its own. */
    LoadedProject load(Shell shell) throws CommandFailure {
        LoadedProject loaded;
        try {
            loaded = ProjectFile.load(path());
        } catch (ProjectUnreadable e) {
            throw new CommandFailure(CommandFailure.USAGE, e.getMessage(), "", e);
        }
        List<Fault> faults = loaded.faults();
        if (faults.isEmpty()) {
            return loaded;
        }
        for (Fault fault : faults.subList(0, faults.size() - 1)) {
            shell.note(line(fault));
        }
        throw CommandFailure.usage(line(faults.get(faults.size() - 1)), "");
    }

    private String line(Fault fault) {
        String key = fault.key().isEmpty() ? "" : fault.key() + ": ";
        return file + ":" + fault.line() + ": " + key + fault.message();
    }
}
