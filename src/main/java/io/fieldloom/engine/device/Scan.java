package io.fieldloom.engine.device;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Capability: finds out by asking what is behind a connection. It only reads, one question at a
 * time, and other work of the session goes on in between.
 */
public interface Scan {
    /**
     * Looks for units that answer anything at all, be it a refusal. A device that takes every unit
     * id for its own answers to all of them.
     *
     * @param from first unit id
     * @param to last unit id, inclusive
     * @param found told of each, in order, on the search's own thread
     */
    Search units(int from, int to, Pace pace, IntConsumer found);

    /**
     * Looks for addresses of one table that can be read.
     *
     * @param found told of each range when its end is known, in order, on the search's own thread
     */
    Search ranges(Where where, Pace pace, Consumer<Range> found);

    /**
     * What is looked through.
     *
     * @param table {@code holding input coil discrete}
     * @param from first address, zero-based
     * @param to last address, inclusive
     * @param step how far apart addresses from 1000 on are tried where nothing is found; 1 misses
     *     nothing
     */
    record Where(int unit, String table, int from, int to, int step) {}

    /**
     * How hard the device is asked.
     *
     * @param pause between two questions
     * @param timeout for each question; null for the endpoint's
     */
    record Pace(Duration pause, Duration timeout) {}

    /** Addresses that can be read, both ends inclusive. */
    record Range(int unit, String table, int from, int to) {}

    /** A search that runs. Thread-safe. */
    interface Search {
        /**
         * Completes when all is looked through or the search was cancelled; fails with a {@link
         * DeviceException} when the device stopped answering. Completes on the search's own thread.
         */
        CompletionStage<Void> done();

        /** Why something may be there that was not found, once it is done. */
        Optional<DeviceException> incomplete();

        /** How far it is, 0 to 1. */
        double progress();

        /** How many questions were asked so far. */
        long questions();

        /** Ends it after the present question. Idempotent. */
        void cancel();
    }
}
