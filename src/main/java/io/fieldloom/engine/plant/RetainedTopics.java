package io.fieldloom.engine.plant;

import io.fieldloom.engine.outlet.Publication;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The topics at which Fieldloom has left a retained value since it was started, by broker: for the
 * brokers whose traffic nobody watches. Thread-safe.
 */
public final class RetainedTopics {
    private final Map<String, Set<String>> byBroker = new ConcurrentHashMap<>();

    RetainedTopics() {}

    void delivered(String broker, Publication publication) {
        if (!publication.retain()) {
            return;
        }
        Set<String> topics =
                byBroker.computeIfAbsent(broker, unused -> ConcurrentHashMap.newKeySet());
        if (publication.payload().length > 0) {
            topics.add(publication.topic());
        } else {
            topics.remove(publication.topic());
        }
    }

    /** Whether a broker has a value of Fieldloom's at a topic, as far as Fieldloom knows. */
    public boolean has(String broker, String topic) {
        return byBroker.getOrDefault(broker, Set.of()).contains(topic);
    }
}
