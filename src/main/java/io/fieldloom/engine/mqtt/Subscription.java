package io.fieldloom.engine.mqtt;

import java.util.Objects;

/**
 * @param filter an MQTT topic filter
 * @param qos the most that the broker shall deliver with: 0, 1 or 2
 */
public record Subscription(String filter, int qos) {
    public Subscription {
        Objects.requireNonNull(filter, "filter");
    }
}
