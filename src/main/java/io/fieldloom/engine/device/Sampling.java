package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Status;
import java.util.Map;

/** A running subscription. Thread-safe. */
public interface Sampling extends AutoCloseable {
    /** The tags that the device refused, by index, with its reason. */
    Map<Integer, Status> rejected();

    /** What the device made of the wanted sampling of one tag. */
    Revised revised(int tag);

    /** Ends it. Idempotent; does not wait for the network. */
    @Override
    void close();
}
