package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.traffic.Message;

/** Told by a connection, on its threads; must return at once. */
public interface MqttListener {
    /** One message of a subscription, in the broker's order. */
    default void received(Message message) {
        // publishers have no use for it
    }

    /** The link changed. Called in order, never by two threads at once. */
    default void link(LinkState state) {
        // most ask for the state when they need it
    }
}
