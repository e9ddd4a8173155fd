package io.fieldloom.engine.project;

import io.fieldloom.domain.project.Project;
import java.util.List;
import java.util.Objects;

/**
 * A project file that was read.
 *
 * @param project the design; with faults, as much of it as could be read
 * @param text the file's text, which can be edited unless there are faults
 * @param faults all reasons why the file does not validate, in the order of the file
 */
public record LoadedProject(Project project, SourceText text, List<Fault> faults) {
    public LoadedProject {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(text, "text");
        faults = List.copyOf(faults);
    }
}
