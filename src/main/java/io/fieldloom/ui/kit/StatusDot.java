package io.fieldloom.ui.kit;

import javafx.scene.layout.Region;

/** A small round light. The word beside it says the same, for those who do not see colours. */
public final class StatusDot extends Region {
    private Tone tone = Tone.NORMAL;

    public StatusDot() {
        getStyleClass().add("status-dot");
        show(Tone.OFF);
    }

    /** Shows a tone; painting the same again costs nothing. */
    public void show(Tone other) {
        if (other != tone) {
            tone = other;
            other.paint(this);
        }
    }
}
