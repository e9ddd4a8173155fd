package io.fieldloom.engine.traffic;

import java.time.Instant;

/**
 * What is known of one topic.
 *
 * @param topic the topic
 * @param last its last message; its payload is empty when {@code payloadKept} is false
 * @param payloadKept false when there was no memory left for it
 * @param firstTime when the first message of it was seen
 * @param count its messages
 * @param rate messages a second, smoothed
 * @param retained whether the broker keeps a value for it, as far as was seen
 */
public record TopicView(
        String topic,
        Message last,
        boolean payloadKept,
        Instant firstTime,
        long count,
        double rate,
        boolean retained) {}
