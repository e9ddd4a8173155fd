package io.fieldloom.engine.plant;

import io.fieldloom.domain.connection.BrokerUrl;

/**
 * A topic that a mapping is about to publish to and that somebody else uses already. The mapping
 * waits for a person's word.
 *
 * @param topic the topic
 * @param broker the broker's name in the project
 * @param url where that broker is
 * @param what what lies there, in words: {@code keeps 21.5}
 */
public record OccupiedTopic(String topic, String broker, BrokerUrl url, String what) {
    /** Why the mapping stands still and what to do, without its topic. */
    String words() {
        return broker
                + " "
                + what
                + " at this topic, which is not Fieldloom's. It is published over only when you"
                + " agree to the question, which comes again after stop and run";
    }
}
