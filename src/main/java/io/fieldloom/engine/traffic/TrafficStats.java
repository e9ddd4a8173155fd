package io.fieldloom.engine.traffic;

/**
 * Totals of a traffic store since its start or its last clearing.
 *
 * @param messages messages recorded
 * @param topics different topics
 * @param bytes payload bytes of all messages
 * @param duplicates messages with the DUP flag
 * @param tooFast messages that were lost here, because they came faster than they could be indexed
 * @param tooMany messages that were lost here, because their topics exceeded the limit
 * @param notKept payloads that were counted, but not kept for lack of memory
 * @param retained topics with a retained value
 * @param perSecond messages a second, over the last two seconds
 */
public record TrafficStats(
        long messages,
        int topics,
        long bytes,
        long duplicates,
        long tooFast,
        long tooMany,
        long notKept,
        int retained,
        double perSecond) {
    /** All messages that were lost here. */
    public long dropped() {
        return tooFast + tooMany;
    }
}
