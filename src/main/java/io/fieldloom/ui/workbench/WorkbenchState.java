package io.fieldloom.ui.workbench;

import io.fieldloom.engine.outlet.Drops;
import io.fieldloom.engine.outlet.OutletState;
import java.time.Duration;
import java.util.List;

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
 * @param lost what was lost so far, by the reason
 * @param waiting the queues of brokers that are away or behind
 * @param armed devices that may be written to
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
        Lost lost,
        List<Waiting> waiting,
        List<String> armed,
        Duration p99,
        long heapBytes) {

    public WorkbenchState {
        waiting = List.copyOf(waiting);
        armed = List.copyOf(armed);
    }

    /**
     * Messages lost, by the reason.
     *
     * @param published on the way to brokers
     * @param tooFast not shown in traffic, because they came too fast
     * @param tooMany not shown in traffic, because their topics were too many
     */
    public record Lost(Drops published, long tooFast, long tooMany) {
        public static final Lost NOTHING = new Lost(Drops.NONE, 0, 0);

        long total() {
            return published.total() + tooFast + tooMany;
        }
    }

    /**
     * What waits for one broker.
     *
     * @param broker its name
     * @param queue its outlet, with the queue and its bounds
     */
    public record Waiting(String broker, OutletState queue) {}

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
