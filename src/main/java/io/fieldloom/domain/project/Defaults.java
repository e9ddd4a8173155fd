package io.fieldloom.domain.project;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.mapping.PayloadFormat;
import java.util.Objects;

/**
 * What a mapping gets where it says nothing itself.
 *
 * @param broker the broker's name, which the window's selector changes
 * @param payload how values are written
 * @param qos 0, 1 or 2
 * @param retain whether the broker keeps the last message
 */
public record Defaults(String broker, PayloadFormat payload, int qos, boolean retain) {
    public static final Defaults STANDARD =
            new Defaults(Broker.EMBEDDED, PayloadFormat.JSON, 1, true);

    public Defaults {
        Objects.requireNonNull(broker, "broker");
        Objects.requireNonNull(payload, "payload");
    }

    public Defaults withBroker(String other) {
        return new Defaults(other, payload, qos, retain);
    }
}
