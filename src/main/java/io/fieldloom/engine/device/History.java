package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Sample;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Capability: the device itself remembers values. */
public interface History {
    /** Whether the device says that this variable's past can be read, and by this user. */
    CompletionStage<Boolean> isKept(String address);

    /**
     * The values that were recorded from one moment up to another, as the device recorded them.
     * Cancelling the answer ends the reading. Fails with BAD_ADDRESS where the device does not give
     * them.
     *
     * @param most how many samples are taken; the oldest come first
     */
    CompletableFuture<Past> read(String address, Instant from, Instant to, int most);

    /**
     * What was recorded.
     *
     * @param samples oldest first
     * @param complete whether it is all of that time; otherwise there were more than were asked for
     */
    record Past(List<Sample> samples, boolean complete) {
        public Past {
            samples = List.copyOf(samples);
        }
    }
}
