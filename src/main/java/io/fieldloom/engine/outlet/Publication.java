package io.fieldloom.engine.outlet;

import java.util.Objects;

/**
 * One message on its way to an outlet. The payload is not copied: whoever makes a publication does
 * not touch the array again.
 *
 * @param topic where it goes
 * @param payload its bytes
 * @param qos 0, 1 or 2
 * @param retain whether the receiver keeps it as the last value
 * @param origin {@code simulated} or {@code replayed} for values that do not come from the real
 *     device, else null
 * @param arrivedNanos {@link System#nanoTime()} when its sample arrived at the driver; 0 for none
 */
public record Publication(
        String topic, byte[] payload, int qos, boolean retain, String origin, long arrivedNanos) {
    public Publication {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(payload, "payload");
    }
}
