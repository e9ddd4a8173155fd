package io.fieldloom.domain.value;

import java.time.Instant;
import java.util.Objects;

/**
 * One sample of one tag: value, status and times (OPC UA Part 4, 7.11 DataValue). Immutable, safe
 * to share between threads.
 *
 * @param value the tag's value; {@link Value#NONE} when nothing was ever read
 * @param status read it first: a bad sample may still carry the last known value
 * @param sourceTime when the device made the value, by its own clock (UTC); null where the protocol
 *     has none (Modbus)
 * @param serverTime when the server stamped it (UTC); null where the protocol has none
 * @param receivedAt when this computer took the sample (UTC)
 */
public record Sample(
        Value value, Status status, Instant sourceTime, Instant serverTime, Instant receivedAt) {
    public Sample {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(receivedAt, "receivedAt");
    }

    /** A good sample of a protocol that carries no time of its own. */
    public static Sample good(Value value, Instant receivedAt) {
        return new Sample(value, Status.GOOD, null, null, receivedAt);
    }

    /** A sample without a value. */
    public static Sample failed(Status status, Instant receivedAt) {
        return new Sample(Value.NONE, status, null, null, receivedAt);
    }

    /** The best time known: the source's, else the server's, else that of arrival. */
    public Instant time() {
        if (sourceTime != null) {
            return sourceTime;
        }
        return serverTime != null ? serverTime : receivedAt;
    }

    /** The same sample with another value. */
    public Sample withValue(Value other) {
        return new Sample(other, status, sourceTime, serverTime, receivedAt);
    }

    /** The same sample with another status. */
    public Sample withStatus(Status other) {
        return new Sample(value, other, sourceTime, serverTime, receivedAt);
    }

    /** The same value, no longer to be trusted: what is published when the device is lost. */
    public Sample lost(Instant now) {
        return new Sample(value, Status.BAD_NO_COMMUNICATION, null, null, now);
    }

    /** A new value or a new quality; a new time alone is no change. */
    public boolean differsFrom(Sample other) {
        return other == null
                || status.quality() != other.status.quality()
                || !value.equals(other.value);
    }
}
