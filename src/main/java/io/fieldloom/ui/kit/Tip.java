package io.fieldloom.ui.kit;

import javafx.scene.control.Control;
import javafx.scene.control.Tooltip;

/**
 * What a control says when the pointer rests on it. The tooltip is made when the pointer first
 * comes, for it brings all of the toolkit's popups with it, and the start has no use for those.
 */
public final class Tip {
    private Tip() {}

    /** Gives a control its words, or other words. */
    public static void set(Control control, String words) {
        Tooltip made = control.getTooltip();
        if (made != null) {
            made.setText(words);
            return;
        }
        control.setOnMouseEntered(
                event -> {
                    control.setTooltip(new Tooltip(words));
                    control.setOnMouseEntered(null);
                });
    }
}
