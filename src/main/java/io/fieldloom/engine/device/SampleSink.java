package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Sample;

/**
 * Takes samples in batches. Called on the driver's thread, never by two threads at once; it returns
 * at once and keeps neither array.
 */
@FunctionalInterface
public interface SampleSink {
    /**
     * @param tags indices into the list that was subscribed
     * @param samples one sample for each index, oldest first where an index comes twice
     */
    void accept(int[] tags, Sample[] samples);
}
