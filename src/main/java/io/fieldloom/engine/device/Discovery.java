package io.fieldloom.engine.device;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Asks who answers at a port, in one protocol, without a session and without changing anything. */
public interface Discovery {
    /** The protocol's own port. */
    int port();

    /** Ports on which products of the field listen besides, in no order. */
    List<Integer> otherPorts();

    /**
     * The devices that are reached there; empty where something else answers.
     *
     * @param timeout how long one answer may take
     */
    CompletionStage<List<FoundDevice>> at(String host, int port, Duration timeout);
}
