package io.fieldloom.ui.workbench;

/**
 * The commands that have a place of their own in the window; the program registers them under these
 * ids.
 */
public final class CommandIds {
    public static final String RUN = "mappings.run";
    public static final String STOP = "mappings.stop";
    public static final String OPEN = "project.open";
    public static final String SAVE = "project.save";
    public static final String UNDO = "edit.undo";
    public static final String REDO = "edit.redo";
    public static final String ADD_BROKER = "broker.add";
    public static final String EDIT_BROKER = "broker.edit";
    public static final String SEARCH = "view.search";
    public static final String THEME = "view.theme";
    public static final String FOLD_TABS = "view.fold-tabs";

    private CommandIds() {}
}
