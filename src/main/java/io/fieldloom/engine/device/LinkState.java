package io.fieldloom.engine.device;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a link to a device stands.
 *
 * @param phase what it is doing
 * @param since when the phase began (UTC)
 * @param failure why it is down, or null
 * @param nextAttempt when it is tried again, or null
 * @param reconnects how often it came back after a loss
 */
public record LinkState(
        Phase phase, Instant since, DeviceException failure, Instant nextAttempt, int reconnects) {

    public LinkState {
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(since, "since");
    }

    /** What a link is doing. */
    public enum Phase {
        STOPPED,
        CONNECTING,
        UP,
        /** Down; it is tried again at {@link LinkState#nextAttempt()}. */
        WAITING
    }

    public boolean isUp() {
        return phase == Phase.UP;
    }

    public Optional<DeviceException> why() {
        return Optional.ofNullable(failure);
    }
}
