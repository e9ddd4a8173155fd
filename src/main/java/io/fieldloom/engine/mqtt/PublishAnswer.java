package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.outlet.Publication;

/**
 * What a broker answered to a message.
 *
 * @param code its reason code (MQTT 5.0, 3.4.2.1); 0 for QoS 0 and MQTT 3
 * @param message what it answered to
 */
public record PublishAnswer(int code, Publication message) {
    private static final int FIRST_REFUSAL = 128;
    private static final int NO_SUBSCRIBERS = 16;

    /** Whether the broker took the message. */
    public boolean isTaken() {
        return code < FIRST_REFUSAL;
    }

    /** The answer in words. */
    public String words() {
        if (!isTaken()) {
            return "refused: " + ReasonCodes.words(code);
        }
        // QoS 0 has no answer: all that is known is that it was written.
        String taken = (message.qos() == 0 ? "written" : "taken") + fate();
        if (code == NO_SUBSCRIBERS) {
            // Fieldloom's own look at the embedded broker is no subscription.
            return taken + "; no program subscribes to it now";
        }
        return code == 0 ? taken : taken + " (reason code " + code + ")";
    }

    private String fate() {
        if (!message.retain() || message.qos() == 0) {
            return "";
        }
        return message.payload().length == 0 ? ", nothing is kept there now" : " and kept";
    }
}
