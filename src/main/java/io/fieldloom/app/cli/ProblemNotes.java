package io.fieldloom.app.cli;

import io.fieldloom.engine.project.LoadedProject;

/** Tells which mappings of a project stand still, before the others run. */
final class ProblemNotes {
    private ProblemNotes() {}

    static void tell(Shell shell, String file, LoadedProject loaded) {
        for (FindingLine each : FindingLine.of(loaded)) {
            if (each.finding().isError()) {
                shell.note(each.text(file));
            }
        }
    }
}
