package io.fieldloom.domain.simulation;

import java.time.Duration;

/** Signals as tests need them. */
public final class Signals {
    private Signals() {}

    /**
     * One that stays as it is until somebody writes it.
     *
     * @param type null where the address says it
     */
    public static Signal constant(String type, String value, boolean writable) {
        return new Signal(
                type,
                Signal.Shape.CONSTANT,
                value,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                writable,
                null);
    }

    /** A UInt32 that counts. */
    public static Signal counter(Duration each) {
        return new Signal(
                "UInt32",
                Signal.Shape.COUNTER,
                null,
                null,
                null,
                null,
                null,
                null,
                each,
                null,
                false,
                null);
    }
}
