package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.outlet.OutletState.Link;
import java.time.Instant;

/**
 * A snapshot of a connection.
 *
 * @param link whether the broker is there
 * @param failure why it is not, or null while it is or nothing is known yet
 * @param since when {@code link} became what it is
 * @param nextAttempt when it is tried again, or null
 * @param losses how many times an established connection was lost
 */
public record LinkState(
        Link link, MqttFailure failure, Instant since, Instant nextAttempt, long losses) {

    /** A sentence with what to try; empty where there is nothing to say. */
    public String reason() {
        return failure == null ? "" : failure.sentence();
    }
}
