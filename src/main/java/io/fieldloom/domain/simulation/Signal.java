package io.fieldloom.domain.simulation;

import io.fieldloom.domain.value.Status;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What one simulated node or register does over time.
 *
 * @param type the protocol's type: an OPC UA type ({@code Double}); for Modbus the type is in the
 *     address and this is null
 * @param shape constant, ramp, sine, square, walk, counter or states
 * @param value the constant, as text of its type; the start of a walk or counter; or null
 * @param min least value
 * @param max largest value
 * @param period of ramp, sine and square; how often a walk steps
 * @param step size of a walk's or counter's step
 * @param states names of the states, in their order
 * @param each how long each state lasts, or how often a counter counts
 * @param unit engineering unit, or null
 * @param writable whether a client may write it
 * @param bad when the value goes bad, or null for never
 */
public record Signal(
        String type,
        Shape shape,
        String value,
        Double min,
        Double max,
        Duration period,
        Double step,
        List<String> states,
        Duration each,
        String unit,
        boolean writable,
        Bad bad) {
    public Signal {
        Objects.requireNonNull(shape, "shape");
        states = states == null ? List.of() : List.copyOf(states);
    }

    /** The shapes, spelled in the file in lower case. */
    public enum Shape {
        CONSTANT,
        RAMP,
        SINE,
        SQUARE,
        WALK,
        COUNTER,
        STATES;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A value that goes bad now and then.
     *
     * @param every from the begin of one bad time to the next
     * @param duration how long it stays bad
     * @param status what it is then
     */
    public record Bad(Duration every, Duration duration, Status status) {}
}
