package io.fieldloom.domain.simulation;

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
}
