package io.fieldloom.engine.mapping;

import io.fieldloom.domain.value.Sample;

/**
 * What one mapping is doing, as the window shows it.
 *
 * @param topic its topic
 * @param own the tag's own value, newest; null before the first sample
 * @param published the sample behind the last message; null before the first one
 * @param unit the unit that is published, or null
 * @param fault why it stands still or cannot compute, or null
 * @param waits whether that ends by itself or by an answer, and nothing is wrong with the design
 */
public record MappingView(
        String topic, Sample own, Sample published, String unit, String fault, boolean waits) {}
