package io.fieldloom.engine.mqtt;

import java.util.Objects;

/**
 * @param filter an MQTT topic filter
 * @param qos the most that the broker shall deliver with: 0, 1 or 2
 * @param retainAsPublished whether a live message says that it is kept, too, and not only one that
 *     was kept before; MQTT 3.1.1 has no such wish
 */
public record Subscription(String filter, int qos, boolean retainAsPublished) {
    public Subscription {
        Objects.requireNonNull(filter, "filter");
    }

    public Subscription(String filter, int qos) {
        this(filter, qos, false);
    }
}
