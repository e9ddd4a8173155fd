package io.fieldloom.engine.traffic;

import java.time.Instant;

/**
 * One row of the traffic tree.
 *
 * @param topic the whole topic of the row, the last level of a compacted chain
 * @param label the levels that the row shows, {@code prague/bottling/line-1} for a compacted chain
 * @param depth how many rows lie above it in the tree
 * @param expandable whether rows lie below it
 * @param expanded whether they are shown
 * @param isTopic whether messages came to this very topic
 * @param topicCount topics at and below it
 * @param preview the last payload as one line of text, at most 200 characters; empty for a branch
 * @param rate messages a second at and below it, smoothed
 * @param count messages at and below it
 * @param retained whether the broker keeps a value for this topic
 * @param qos of the last message
 * @param lastTime when its last message came; of a branch that is no topic, the last one below
 * @param deleted whether the last message deleted what the broker kept; the row goes soon
 */
public record TopicRow(
        String topic,
        String label,
        int depth,
        boolean expandable,
        boolean expanded,
        boolean isTopic,
        int topicCount,
        String preview,
        double rate,
        long count,
        boolean retained,
        int qos,
        Instant lastTime,
        boolean deleted) {
    static final TopicRow BLANK =
            new TopicRow(
                    "", "", 0, false, false, false, 0, "", 0, 0, false, 0, Instant.EPOCH, false);

    /** This row's values at the place in the tree, and as open, as the other one has it. */
    TopicRow withTree(TopicRow other) {
        return new TopicRow(
                topic,
                other.label,
                other.depth,
                other.expandable,
                other.expanded,
                isTopic,
                topicCount,
                preview,
                rate,
                count,
                retained,
                qos,
                lastTime,
                deleted);
    }
}
