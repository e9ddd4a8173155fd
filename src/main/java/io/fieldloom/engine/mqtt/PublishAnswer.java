package io.fieldloom.engine.mqtt;

/**
 * What a broker answered to a message.
 *
 * @param code its reason code (MQTT 5.0, 3.4.2.1); 0 for QoS 0 and MQTT 3
 */
public record PublishAnswer(int code) {
    private static final int FIRST_REFUSAL = 128;
    private static final int NO_SUBSCRIBERS = 16;

    /** Whether the broker took the message. */
    public boolean isTaken() {
        return code < FIRST_REFUSAL;
    }

    /** The answer in words. */
    public String words() {
        if (code == 0) {
            return "taken";
        }
        if (code == NO_SUBSCRIBERS) {
            return "taken; nobody subscribes to it";
        }
        return isTaken()
                ? "taken (reason code " + code + ")"
                : "refused: " + ReasonCodes.words(code);
    }
}
