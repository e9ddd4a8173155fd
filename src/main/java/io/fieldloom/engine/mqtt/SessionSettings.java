package io.fieldloom.engine.mqtt;

import java.time.Duration;
import java.util.Objects;

/**
 * How a connection behaves.
 *
 * @param presence its online topic, or null for none
 * @param keepAlive the longest silence before the broker is asked whether it is still there
 * @param cleanStart whether the broker forgets what it kept for this client id
 * @param sessionExpiry how long the broker keeps the session after the end (MQTT 5)
 */
public record SessionSettings(
        Presence presence, Duration keepAlive, boolean cleanStart, Duration sessionExpiry) {
    /**
     * Nothing kept. Ten seconds of silence are enough to notice a network that went away, and cost
     * one packet of two bytes.
     */
    public static final SessionSettings DEFAULT =
            new SessionSettings(null, Duration.ofSeconds(10), true, Duration.ZERO);

    public SessionSettings {
        Objects.requireNonNull(keepAlive, "keepAlive");
        Objects.requireNonNull(sessionExpiry, "sessionExpiry");
    }

    public SessionSettings withPresence(Presence other) {
        return new SessionSettings(other, keepAlive, cleanStart, sessionExpiry);
    }
}
