package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.traffic.Message;
import java.time.Duration;
import java.util.List;

/**
 * One MQTT connection from its first attempt to its end, whatever the protocol's version. It never
 * reconnects. No method waits for the network but {@link #disconnect}.
 */
interface Wire {

    /** Told by a wire, on its client's threads; must not block and must not call the wire back. */
    interface Events {
        void connected(Wire wire);

        /** The attempt failed; nothing follows. */
        void refused(Wire wire, MqttFailure failure);

        /** The established connection is gone; nothing follows. */
        void lost(Wire wire, MqttFailure failure);

        void received(Message message);
    }

    /** What became of a request; exactly one call. */
    interface Answer {
        /** The broker's reason code; 0 where the protocol has none, or for QoS 0 once written. */
        void done(int reasonCode);

        /** The connection ended before the broker answered. */
        void failed(MqttFailure failure);
    }

    void connect();

    /**
     * Hands a publication to the client. An answer may come before this returns.
     *
     * @return false when too many are unanswered already; then no answer follows
     */
    boolean publish(Publication publication, Answer answer);

    /** The answer's code is the first refusal, or the highest granted QoS. */
    void subscribe(List<Subscription> subscriptions, Answer answer);

    void unsubscribe(String filter, Answer answer);

    /** How many publications may be unanswered; known once connected. */
    int inFlightLimit();

    /** The most bytes of a packet that the broker takes; known once connected. */
    long packetLimit();

    /** Says goodbye and ends, waiting no longer than that. */
    void disconnect(Duration atMost);

    /** Ends without a word, in the background. Idempotent. */
    void drop();
}
