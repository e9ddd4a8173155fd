package io.fieldloom.engine.mapping;

/**
 * A snapshot of a mapping engine since its start.
 *
 * @param running whether mappings run
 * @param mappings mappings that run
 * @param tags tags that they watch
 * @param stopped mappings that stand still because of a fault
 * @param samples samples taken in
 * @param published messages handed to outlets
 * @param suppressed samples that were no change, or have no payload
 * @param errors transforms and reads that failed
 */
public record MappingStats(
        boolean running,
        int mappings,
        int tags,
        int stopped,
        long samples,
        long published,
        long suppressed,
        long errors) {}
