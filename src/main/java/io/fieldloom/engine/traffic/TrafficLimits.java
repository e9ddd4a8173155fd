package io.fieldloom.engine.traffic;

/**
 * What a traffic store may hold. Beyond a limit it drops and counts.
 *
 * @param topics most nodes of the topic tree
 * @param payloadBytes most bytes of last payloads; a payload beyond it is counted, but not kept
 * @param historyBytes most bytes of older messages of all topics
 * @param historyMessages most messages of one topic
 * @param waitingMessages most messages between {@code record} and the index
 * @param waitingBytes their payload bytes
 */
public record TrafficLimits(
        int topics,
        long payloadBytes,
        long historyBytes,
        int historyMessages,
        int waitingMessages,
        long waitingBytes) {
    private static final long MEGA = 1024 * 1024;

    /** For a heap of that size: payloads may take a quarter of it. */
    public static TrafficLimits forHeap(long maxHeapBytes) {
        return new TrafficLimits(
                4_000_000, maxHeapBytes / 4, 64 * MEGA, 1_000, 400_000, maxHeapBytes / 8);
    }
}
