package io.fieldloom.engine.device;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Capability: what goes over the wire, frame by frame. Costs nothing while nobody records. */
public interface FrameLog {
    /**
     * Records from now on, over reconnects of the same connection, until closed. Frames of other
     * devices on the same connection are recorded too. Thread-safe.
     *
     * @param capacity most frames that are kept; the oldest give way
     */
    Recording record(int capacity);

    /** Frames as they come. Thread-safe; nothing waits. */
    interface Recording extends AutoCloseable {
        /** How many frames came since the beginning. */
        long total();

        /**
         * The frames after the first {@code seen} ones, oldest first, as far as they are kept. What
         * they mean is worked out here, on the caller's thread.
         */
        List<Frame> since(long seen);

        /** Idempotent. */
        @Override
        void close();
    }

    /** Which way a frame went. */
    enum Direction {
        SENT,
        RECEIVED
    }

    /**
     * One frame.
     *
     * @param time when it was written, or was whole (UTC)
     * @param bytes all of it, framing included; not to be changed
     * @param unit whom it went to or came from
     * @param meaning what it says, in words
     * @param roundTrip of an answer, the time since its question; else null
     */
    record Frame(
            Instant time,
            Direction direction,
            byte[] bytes,
            int unit,
            String meaning,
            Duration roundTrip) {}
}
