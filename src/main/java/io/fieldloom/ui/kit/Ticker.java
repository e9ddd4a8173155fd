package io.fieldloom.ui.kit;

import java.time.Duration;

/**
 * The beat that views pull on. FX thread only. In the window it is a {@link FxTicker}; tests turn
 * it by hand, so that nothing in them sleeps.
 */
public interface Ticker {
    /**
     * For what a person watches: faster than an eye reads numbers, slow enough to leave the frame
     * to layout.
     */
    Duration LIVE = Duration.ofMillis(100);

    /** For states, counts and what is enabled. */
    Duration CALM = Duration.ofMillis(250);

    /** Calls a task again and again until the handle is closed; a late beat is not made up for. */
    Handle every(Duration period, Runnable task);

    /** Ends one task's beat. Idempotent. */
    interface Handle extends AutoCloseable {
        @Override
        void close();
    }
}
