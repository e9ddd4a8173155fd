package io.fieldloom.ui.kit;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/**
 * The one way from another thread to the FX thread. Post once per answer or beat, never per sample
 * or message: work posted there has no bound.
 */
public final class FxGate implements Executor {

    /** Runs a task on the FX thread, after what is already waiting there; returns at once. */
    @Override
    public void execute(Runnable task) {
        Platform.runLater(task);
    }

    /** Whether the caller may touch nodes. */
    public boolean isOpen() {
        return Platform.isFxApplicationThread();
    }
}
