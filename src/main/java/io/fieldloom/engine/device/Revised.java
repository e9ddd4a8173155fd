package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Status;
import java.time.Duration;

/**
 * What a device made of what was asked for one tag (OPC UA Part 4, 5.13.2: revised values).
 *
 * @param interval how often it looks or how often it sends, whichever is longer
 * @param queue how many values wait at the device, or null where the protocol has no queue
 * @param filterRefused why the device did not take the deadband or trigger, so that every change is
 *     reported instead; else null
 */
public record Revised(Duration interval, Integer queue, Status filterRefused) {
    /** The wanted interval, where there is nothing else to know. */
    public static Revised every(Duration interval) {
        return new Revised(interval, null, null);
    }
}
