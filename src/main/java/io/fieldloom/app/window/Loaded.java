package io.fieldloom.app.window;

import io.fieldloom.engine.plant.Parts;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.project.UnsavedWork;

/**
 * A project that has been read, for the window.
 *
 * @param editor the project
 * @param unsaved keeps what is edited in it and not saved
 * @param parts what plants are made of
 * @param isDemo whether its mappings run at once
 */
record Loaded(ProjectEditor editor, UnsavedWork unsaved, Parts parts, boolean isDemo) {}
