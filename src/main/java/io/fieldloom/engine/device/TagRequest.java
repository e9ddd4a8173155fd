package io.fieldloom.engine.device;

import io.fieldloom.domain.tag.TagSpec;
import java.time.Duration;
import java.util.Objects;

/**
 * One tag to sample.
 *
 * @param address the protocol's address
 * @param interval wanted sampling interval
 * @param queue monitored item's queue size (OPC UA), or null for the driver's default
 * @param deadband absolute deadband in raw units, or null (OPC UA)
 */
public record TagRequest(String address, Duration interval, Integer queue, Double deadband) {
    public TagRequest {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(interval, "interval");
    }

    /** What a tag of the project asks for, sampled as often as that. */
    public static TagRequest of(TagSpec tag, Duration interval) {
        return new TagRequest(tag.address(), interval, tag.queue(), tag.deadband());
    }
}
