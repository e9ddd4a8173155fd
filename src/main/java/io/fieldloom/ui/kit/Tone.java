package io.fieldloom.ui.kit;

import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.Node;

/**
 * What a colour means. Styles follow it as a pseudo-class, so that both themes decide the colour
 * itself.
 */
public enum Tone {
    NORMAL,
    DIM,
    OK,
    WARN,
    BAD,
    OFF,
    LINK;

    private final PseudoClass pseudoClass =
            PseudoClass.getPseudoClass("tone-" + name().toLowerCase(Locale.ROOT));

    /** Gives a node this tone and takes the one it had. */
    public void paint(Node node) {
        for (Tone tone : values()) {
            if (tone != NORMAL) {
                node.pseudoClassStateChanged(tone.pseudoClass, tone == this);
            }
        }
    }
}
