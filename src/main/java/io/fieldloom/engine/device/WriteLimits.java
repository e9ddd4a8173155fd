package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Value;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * Capability: a device says which values make sense for a tag, narrower than its type. A device may
 * take others as well, so that a person is warned and decides.
 */
public interface WriteLimits {
    /** What the device says of one address; empty where it says nothing. */
    CompletionStage<List<Limit>> limits(String address);

    /**
     * A range of values.
     *
     * @param name the device's word: {@code EURange}, {@code InstrumentRange}
     * @param low the least value that makes sense
     * @param high the greatest
     */
    record Limit(String name, double low, double high) {
        public Limit {
            Objects.requireNonNull(name, "name");
        }

        /** Whether a value is in the range, all elements of an array; what is no number is. */
        public boolean holds(Value value) {
            if (value instanceof Value.Array array) {
                return array.elements().stream().allMatch(this::holds);
            }
            return !(value instanceof Value.Numeric number)
                    || number.asDouble() >= low && number.asDouble() <= high;
        }
    }
}
