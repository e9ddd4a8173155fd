package io.fieldloom.engine.mapping;

import io.fieldloom.domain.value.Status;
import java.time.Instant;

/**
 * Tags of one device that mappings publish as bad, all for the same reason.
 *
 * @param device the device
 * @param status what the device says of them
 * @param tags how many they are
 * @param topic a topic that one of them is published to
 * @param since when the first of them became so
 */
public record BadTags(String device, Status status, int tags, String topic, Instant since) {}
