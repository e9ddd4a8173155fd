package io.fieldloom.engine.outlet;

/** Told by an outlet what became of its publications, on the outlet's threads; returns at once. */
@FunctionalInterface
public interface DeliveryListener {
    /**
     * The receiver has it: it acknowledged it, or a QoS 0 publication was written.
     *
     * @param nanoTime {@link System#nanoTime()} of that moment
     */
    void delivered(Publication publication, long nanoTime);

    /** The receiver refused it, and why. */
    default void refused(Publication publication, String reason) {
        // counted in OutletState.failed
    }
}
