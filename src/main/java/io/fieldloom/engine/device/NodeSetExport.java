package io.fieldloom.engine.device;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * Capability: the address space, or a part of it, can be saved as NodeSet2 XML (OPC UA Part 6,
 * Annex F), which modelling tools and other servers load.
 */
public interface NodeSetExport {
    /**
     * Saves what is below a node, itself included, and the types that it needs; nodes of the
     * standard namespace are left out, for every server has them. Cancelling the answer ends it,
     * and leaves no file.
     *
     * @param from an address, or the empty text for the whole address space
     * @param looked is told how many nodes were read so far, on the driver's threads
     */
    CompletableFuture<Saved> save(String from, Path file, LongConsumer looked);

    /**
     * What is in the file.
     *
     * @param nodes how many nodes
     * @param withoutValue how many properties have a value that the file cannot hold
     * @param complete whether it is all; otherwise there were too many nodes
     */
    record Saved(int nodes, int withoutValue, boolean complete) {}
}
