package io.fieldloom.ui.workbench;

import io.fieldloom.ui.kit.Icon;

/**
 * Something the palette found.
 *
 * @param icon what kind of thing it is
 * @param title its name
 * @param detail where it is, or its shortcut
 * @param open goes there, or does it
 * @param onward whether it is no find, but a search that goes on elsewhere
 */
public record SearchHit(Icon icon, String title, String detail, Runnable open, boolean onward) {
    public SearchHit(Icon icon, String title, String detail, Runnable open) {
        this(icon, title, detail, open, false);
    }
}
