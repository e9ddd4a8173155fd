package io.fieldloom.engine.plant;

/**
 * What a plant has done since its mappings were started.
 *
 * @param tags tags that mappings watch
 * @param topics mappings that run
 * @param published messages handed to outlets
 * @param received messages that reached a broker
 * @param dropped messages lost to full queues or links that were away
 * @param errors failed transforms, encodes, publishes and reads
 * @param seconds since everything ran, else since the start
 * @param p50Millis median way from driver to broker
 * @param p99Millis its 99th percentile
 */
public record PlantSummary(
        int tags,
        int topics,
        long published,
        long received,
        long dropped,
        long errors,
        double seconds,
        double p50Millis,
        double p99Millis) {}
