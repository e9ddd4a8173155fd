package io.fieldloom.engine.plant;

import io.fieldloom.domain.connection.BrokerUrl;

/**
 * Whether a person agreed to publishing on a broker. Asked whenever a mapping is about to use one,
 * so that no edit, undo or choice of a broker publishes where nobody said so. Thread-safe.
 */
@FunctionalInterface
public interface Consent {
    /** Starting the command was the consent. */
    Consent GIVEN = (url, unreal) -> true;

    /**
     * @param url the broker
     * @param unreal whether the values are simulated or replayed
     */
    boolean mayPublish(BrokerUrl url, boolean unreal);
}
