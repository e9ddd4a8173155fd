package io.fieldloom.engine.plant;

import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.traffic.Message;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The topics at which Fieldloom has left a retained value since it was started, by broker, each
 * with a hash of that value: somebody else may have written over it. Thread-safe.
 */
public final class RetainedTopics {
    private final Map<String, Map<String, Integer>> byBroker = new ConcurrentHashMap<>();

    RetainedTopics() {}

    void delivered(String broker, Publication publication) {
        if (!publication.retain()) {
            return;
        }
        Map<String, Integer> topics =
                byBroker.computeIfAbsent(broker, unused -> new ConcurrentHashMap<>());
        if (publication.payload().length > 0) {
            topics.put(publication.topic(), Arrays.hashCode(publication.payload()));
        } else {
            topics.remove(publication.topic());
        }
    }

    /** Whether a broker has a value of Fieldloom's at a topic, as far as Fieldloom knows. */
    public boolean has(String broker, String topic) {
        return byBroker.getOrDefault(broker, Map.of()).containsKey(topic);
    }

    /** Whether a message is what Fieldloom itself left there last. */
    public boolean isOurs(String broker, Message message) {
        Integer left = byBroker.getOrDefault(broker, Map.of()).get(message.topic());
        return left != null && left == Arrays.hashCode(message.payload());
    }
}
