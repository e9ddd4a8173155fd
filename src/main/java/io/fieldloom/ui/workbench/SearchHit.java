package io.fieldloom.ui.workbench;

import io.fieldloom.ui.kit.Icon;

/**
 * Something the palette found.
 *
 * @param icon what kind of thing it is
 * @param title its name
 * @param detail where it is, or its shortcut
 * @param open goes there, or does it
 */
public record SearchHit(Icon icon, String title, String detail, Runnable open) {}
