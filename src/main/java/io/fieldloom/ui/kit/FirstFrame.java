package io.fieldloom.ui.kit;

import javafx.animation.AnimationTimer;

/** Waits until a window that was shown is on the screen. FX thread only. */
public final class FirstFrame {
    private FirstFrame() {}

    /** Two pulses: the first lays out, the second has painted it. */
    public static void then(Runnable next) {
        new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                if (++pulses == 3) {
                    stop();
                    next.run();
                }
            }
        }.start();
    }
}
