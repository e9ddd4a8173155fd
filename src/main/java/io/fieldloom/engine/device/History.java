package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Capability: the device itself remembers values. Cancelling an answer ends the reading. Readings
 * fail with BAD_ADDRESS where the device does not give them.
 */
public interface History {
    /** What the device can tell of this variable's past, and to this user. */
    CompletionStage<Kept> kept(String address);

    /**
     * The values that were recorded from one moment up to another, as the device recorded them.
     *
     * @param most how many samples are taken; the newest of them
     */
    CompletableFuture<Past> read(String address, Range range, int most);

    /**
     * What the device calculates of the recorded values, one for each interval.
     *
     * @param interval at least a millisecond
     * @param most how many samples are taken; the newest of them
     */
    CompletableFuture<Past> processed(
            String address, Range range, Aggregate aggregate, Duration interval, int most);

    /**
     * What there is of a variable's past.
     *
     * @param values whether its recorded values can be read
     * @param aggregates what can be calculated of them
     */
    record Kept(boolean values, Set<Aggregate> aggregates) {
        public Kept {
            aggregates = Set.copyOf(aggregates);
        }
    }

    /** From one moment up to another. */
    record Range(Instant from, Instant to) {
        public Range {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("the time begins after its end");
            }
        }
    }

    /** What is calculated for each interval (OPC UA Part 13). */
    enum Aggregate {
        /** The mean of the values. */
        AVERAGE("Average"),
        MINIMUM("Minimum"),
        MAXIMUM("Maximum"),
        /** How many values there are. */
        COUNT("Count"),
        /** The value at the interval's begin, between the values around it. */
        INTERPOLATIVE("Interpolative");

        private final String word;

        Aggregate(String word) {
            this.word = word;
        }

        /** As OPC UA names it. */
        public String word() {
            return word;
        }
    }

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
