package io.fieldloom.engine.broker;

import io.fieldloom.engine.traffic.Message;

/** Sees every message that a client publishes to the embedded broker, Fieldloom's own included. */
@FunctionalInterface
public interface Tap {
    /**
     * Called on the broker's threads, for one client by one thread at a time and in the order it
     * published; must return at once. The message's payload is a copy that all taps share.
     *
     * @param clientId the publisher
     * @param message with {@code retained} when the publisher asked the broker to keep it
     */
    void seen(String clientId, Message message);
}
