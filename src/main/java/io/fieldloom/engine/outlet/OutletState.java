package io.fieldloom.engine.outlet;

import java.time.Instant;

/**
 * A snapshot of an outlet.
 *
 * @param link whether the receiver is there
 * @param reason why it is not, a sentence with what to try; empty when it is
 * @param since when {@code link} became what it is
 * @param nextAttempt when it is tried again, or null
 * @param taken publications offered
 * @param delivered publications that the receiver has acknowledged (QoS 0: written)
 * @param drops publications that were lost, by the reason
 * @param failed publications that the receiver refused
 * @param queued publications waiting
 * @param queuedBytes their payload and topic bytes
 * @param queueBound most publications that may wait
 * @param queueBoundBytes most bytes that may wait
 */
public record OutletState(
        Link link,
        String reason,
        Instant since,
        Instant nextAttempt,
        long taken,
        long delivered,
        Drops drops,
        long failed,
        int queued,
        long queuedBytes,
        int queueBound,
        long queueBoundBytes) {

    /** All that were lost. */
    public long dropped() {
        return drops.total();
    }

    /** Whether the receiver is there. */
    public enum Link {
        CONNECTING,
        UP,
        DOWN,
        CLOSED
    }
}
