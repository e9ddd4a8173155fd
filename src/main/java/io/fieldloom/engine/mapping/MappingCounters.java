package io.fieldloom.engine.mapping;

import java.util.concurrent.atomic.LongAdder;

/** Counts of one mapping engine since its start. Thread-safe. */
final class MappingCounters {
    final LongAdder samples = new LongAdder();
    final LongAdder published = new LongAdder();
    final LongAdder suppressed = new LongAdder();
    final LongAdder errors = new LongAdder();

    void reset() {
        samples.reset();
        published.reset();
        suppressed.reset();
        errors.reset();
    }
}
