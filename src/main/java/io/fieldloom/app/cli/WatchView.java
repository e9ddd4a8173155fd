package io.fieldloom.app.cli;

import io.fieldloom.engine.traffic.Message;
import java.time.Duration;

/** What {@code watch} makes of the messages. */
interface WatchView {
    /** Takes one message, on the connection's thread; returns at once. */
    void received(Message message);

    /**
     * Shows what comes until the time is over or the person wishes to stop.
     *
     * @param atMost counted from now; null for no limit
     */
    void run(Duration atMost) throws InterruptedException;
}
