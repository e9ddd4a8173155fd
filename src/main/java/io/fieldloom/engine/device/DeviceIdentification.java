package io.fieldloom.engine.device;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Capability: the device says what it is. */
public interface DeviceIdentification {
    /**
     * What the device says of itself, by what it is called ({@code Vendor name}), in its order.
     * Completes on the driver's thread; fails with REFUSED where the device has no such function.
     */
    CompletionStage<Map<String, String>> identify();
}
