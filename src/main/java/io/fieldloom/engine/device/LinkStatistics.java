package io.fieldloom.engine.device;

import java.time.Duration;

/** Capability: how the conversation with the device goes. */
public interface LinkStatistics {
    /** Counts since the session was opened. From any thread, waits for nothing. */
    Counts counts();

    /**
     * @param nanoTime when this was so, {@link System#nanoTime()}
     * @param requests questions sent, repetitions included
     * @param answers answers that fit, refusals included
     * @param refusals of them those in which the device said no
     * @param timeouts questions without an answer in time
     * @param faults answers that did not fit, and connections that broke
     * @param lastRoundTrip time from the last answered question to its answer; zero before
     * @param meanRoundTrip mean over all answers; zero before
     */
    record Counts(
            long nanoTime,
            long requests,
            long answers,
            long refusals,
            long timeouts,
            long faults,
            Duration lastRoundTrip,
            Duration meanRoundTrip) {

        /**
         * Requests a second since an earlier count of the same session; 0 where time stood still.
         */
        public double requestRateSince(Counts earlier) {
            double seconds = (nanoTime - earlier.nanoTime) / 1e9;
            return seconds <= 0 ? 0 : (requests - earlier.requests) / seconds;
        }
    }
}
