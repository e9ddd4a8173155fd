package io.fieldloom.engine.mqtt;

/** The reason codes of MQTT 5 (MQTT 5.0, 2.4), and those of MQTT 3.1.1 below them, as words. */
final class ReasonCodes {
    private ReasonCodes() {}

    static String words(int code) {
        return switch (code) {
            case 3, 0x88 -> "the server is unavailable";
            case 0x81 -> "malformed packet";
            case 0x82 -> "protocol error";
            case 0x83 -> "not allowed by the broker's rules";
            case 0x87 -> "not authorised";
            case 0x89 -> "the server is busy";
            case 0x8B -> "the server is shutting down";
            case 0x8F -> "topic filter invalid";
            case 0x90 -> "topic name invalid";
            case 0x91 -> "packet identifier in use";
            case 0x93 -> "receive maximum exceeded";
            case 0x94 -> "topic alias invalid";
            case 0x95 -> "packet too large";
            case 0x96 -> "message rate too high";
            case 0x97 -> "quota exceeded";
            case 0x98 -> "an administrator's action";
            case 0x99 -> "payload format invalid";
            case 0x9A -> "retained messages are not supported";
            case 0x9B -> "this QoS is not supported";
            case 0x9C, 0x9D -> "use another server";
            case 0x9E -> "shared subscriptions are not supported";
            case 0x9F -> "too many connections at a time";
            case 0xA0 -> "the longest time of a connection is over";
            case 0xA1 -> "subscription identifiers are not supported";
            case 0xA2 -> "wildcard subscriptions are not supported";
            default -> "reason code " + code;
        };
    }
}
