package io.fieldloom.engine.mqtt;

import java.util.Objects;

/**
 * Why a broker cannot be used, or why it refused something. The message names the broker and is
 * whole without its advice.
 */
public final class MqttFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String advice;

    /** What the user can do about it. */
    public enum Kind {
        /** Nobody listens there, or nobody can be reached. */
        UNREACHABLE,
        /** The name cannot be resolved. */
        UNKNOWN_HOST,
        /** No answer in time. */
        TIMEOUT,
        /** Wrong user or password, or not allowed to connect. */
        NOT_AUTHORISED,
        /** The broker's certificate is not trusted. */
        UNTRUSTED,
        /** TLS failed otherwise. */
        TLS,
        /** A certificate or key file of ours cannot be used. */
        FILE,
        /** Whoever answers does not speak this MQTT. */
        PROTOCOL,
        /** The broker turned the connection away for another reason. */
        REFUSED,
        /** Another client with the same id took the connection over. */
        TAKEN_OVER,
        /** Nothing was heard for longer than the keep-alive time. */
        KEEP_ALIVE,
        /** A message is larger than the broker allows. */
        PACKET_TOO_LARGE,
        /** The broker refused to take a message. */
        PUBLICATION_REFUSED,
        /** The broker refused a topic filter. */
        SUBSCRIPTION_REFUSED,
        /** The broker said that it stops. */
        SHUTTING_DOWN,
        /** The connection broke. */
        LOST,
        /** Closed by us. */
        CLOSED;

        /** Whether trying the same again soon is unlikely to help. */
        public boolean needsAPerson() {
            return switch (this) {
                case UNKNOWN_HOST, NOT_AUTHORISED, UNTRUSTED, TLS, FILE, PROTOCOL, REFUSED -> true;
                default -> false;
            };
        }
    }

    public MqttFailure(Kind kind, String message, String advice) {
        this(kind, message, advice, null);
    }

    public MqttFailure(Kind kind, String message, String advice, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.advice = Objects.requireNonNull(advice, "advice");
    }

    public Kind kind() {
        return kind;
    }

    /** What to try, a sentence without a full stop. */
    public String advice() {
        return advice;
    }

    /** What failed and what to try, for one line on a screen. */
    public String sentence() {
        return advice.isEmpty() ? getMessage() : getMessage() + ". " + advice;
    }
}
