package io.fieldloom.engine.traffic;

import java.time.Instant;
import java.util.Objects;

/**
 * One message as it was seen on a broker. The payload array is shared: read it, never write it.
 *
 * @param time when it was seen (UTC)
 * @param topic its topic
 * @param payload its bytes
 * @param qos 0, 1 or 2
 * @param retained whether the broker sent it as a kept last value (from a subscription), or the
 *     publisher asked to keep it (at the tap)
 * @param duplicate the DUP flag
 * @param origin the user property {@code fieldloom-origin}, or null
 */
public record Message(
        Instant time,
        String topic,
        byte[] payload,
        int qos,
        boolean retained,
        boolean duplicate,
        String origin) {
    public Message {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(payload, "payload");
    }
}
