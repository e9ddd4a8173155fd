package io.fieldloom.ui.workbench;

import io.fieldloom.engine.outlet.OutletState;
import java.time.Duration;

/**
 * What toolbar and status bar show, at one moment.
 *
 * @param file name of the open file
 * @param saved how the file stands against what is on screen
 * @param mappings whether they run
 * @param tags mapped tags
 * @param topics topics they go to
 * @param broker name of the broker that the selector chose, as a person reads it
 * @param brokerAddress where it is
 * @param link whether it is there
 * @param linkReason why not, and what to try; empty when it is
 * @param inPerSecond messages seen a second
 * @param outPerSecond messages published a second
 * @param dropped lost so far, in any queue
 * @param p99 latency of the slowest hundredth, or null while unknown
 * @param heapBytes memory in use
 */
public record WorkbenchState(
        String file,
        Saved saved,
        Mappings mappings,
        int tags,
        int topics,
        String broker,
        String brokerAddress,
        OutletState.Link link,
        String linkReason,
        double inPerSecond,
        double outPerSecond,
        long dropped,
        Duration p99,
        long heapBytes) {

    /** How the file stands against what is on screen. */
    public enum Saved {
        SAVED("saved"),
        UNSAVED("unsaved"),
        READ_ONLY("read-only");

        private final String word;

        Saved(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** What the mappings do. */
    public enum Mappings {
        STOPPED,
        STARTING,
        RUNNING,
        STOPPING
    }
}
