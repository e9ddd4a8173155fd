package io.fieldloom.ui.traffic;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.plant.TrafficWatch;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.engine.traffic.TrafficStore;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the traffic column asks of the program. Called on the FX thread unless it says otherwise;
 * answers come from memory.
 */
public interface TrafficDesk {
    TrafficStore store();

    /** Which broker is watched, and how that stands. */
    TrafficWatch.State watched();

    /** Whether the watched broker is Fieldloom's own, of which everything is seen. */
    boolean isEmbedded();

    /** Whether the project is open for reading only, so that no broker is reached. */
    boolean isReadOnly();

    /** Watches one more filter on the broker. */
    void watchAlso(String filter);

    /** Where a broker of the project is; empty while it is not known. */
    Optional<BrokerUrl> url(String broker);

    /**
     * Sends one message to a broker; completes with its reason code, or fails saying why not.
     * Called on any thread.
     */
    CompletionStage<Integer> send(String broker, Publication publication);

    /** Whether a message that a broker keeps is what Fieldloom itself left there last. */
    boolean isOurs(String broker, Message message);

    /** Whether the design has a mapping at a topic that can be gone to. */
    boolean hasMapping(String topic);

    /** Goes to the mapping of a topic. */
    void goToMapping(String topic);

    /** Fills the publish form from a message that was seen. */
    void publishLike(Message message);
}
