package io.fieldloom.engine.device;

import java.util.concurrent.CompletionStage;

/** Capability: nodes are looked for in the whole address space, not only in what was browsed. */
public interface NodeSearch {
    /**
     * Looks for nodes whose name, display name or address has a text in it, or whose path has it
     * where the text has a slash. A text that is a node's address finds that node at once. What is
     * near the root comes first.
     *
     * @param watcher is told while the search goes on, on the driver's threads, by one at a time
     * @return completes when all was looked at, the watcher has had enough, or too much was found
     */
    CompletionStage<Outcome> search(String text, Watcher watcher);

    /** Who waits for the hits of one search. */
    interface Watcher {
        void found(Hit hit);

        /** How many nodes were looked at so far. */
        void looked(long nodes);

        /** Whether nobody wants to know any more. */
        boolean isCancelled();
    }

    /**
     * One node.
     *
     * @param path BrowseNames from Objects, Types or Views on, with slashes between; the address
     *     where it was found by that
     */
    record Hit(String address, String name, String path, String nodeClass) {}

    /**
     * How a search ended.
     *
     * @param nodes how many nodes were looked at
     * @param complete whether that was all there is
     */
    record Outcome(long nodes, boolean complete) {}
}
