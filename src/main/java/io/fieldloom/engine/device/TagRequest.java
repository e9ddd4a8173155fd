package io.fieldloom.engine.device;

import io.fieldloom.domain.tag.Monitoring;
import io.fieldloom.domain.tag.TagSpec;
import java.time.Duration;
import java.util.Objects;

/**
 * One tag to sample.
 *
 * @param address the protocol's address
 * @param interval wanted sampling interval
 * @param monitoring what the server does with its monitored item (OPC UA)
 */
public record TagRequest(String address, Duration interval, Monitoring monitoring) {
    public TagRequest {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(monitoring, "monitoring");
    }

    /** One of which nothing but its interval matters. */
    public TagRequest(String address, Duration interval) {
        this(address, interval, Monitoring.USUAL);
    }

    /** What a tag of the project asks for, sampled as often as that. */
    public static TagRequest of(TagSpec tag, Duration interval) {
        return new TagRequest(tag.address(), interval, tag.monitoring());
    }
}
