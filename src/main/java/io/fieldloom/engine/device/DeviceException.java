package io.fieldloom.engine.device;

import io.fieldloom.engine.security.PresentedCertificate;
import java.util.Objects;
import java.util.Optional;

/**
 * An expected failure of a device. The message is what failed and why, in the engineer's words and
 * naming the device; {@link #advice()} is what to try.
 */
public final class DeviceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String advice;
    private final transient PresentedCertificate certificate;

    /** What the user can do about it. */
    public enum Kind {
        /** Nobody answers at that address. */
        UNREACHABLE,
        /** Somebody answers, but not this protocol, or it turned us away. */
        REFUSED,
        /** Wrong user, password or user certificate, or none where one is needed. */
        NOT_AUTHORISED,
        /** The server's certificate is not trusted; see {@link #certificate()}. */
        UNTRUSTED,
        /** The offered security does not have what was asked for. */
        SECURITY,
        /** No answer in time. */
        TIMEOUT,
        /** Sent, but no answer came: whether it was carried out is not known. */
        UNANSWERED,
        /** A node or register that does not exist, a type that does not fit. */
        BAD_ADDRESS,
        /** The node or register is there, but nobody may write it, or not this user. */
        READ_ONLY,
        /** The connection broke. */
        LOST,
        /** Closed by us. */
        CLOSED;

        /** Whether trying again comes to the same until a person has decided something. */
        public boolean needsPerson() {
            return switch (this) {
                case UNTRUSTED, NOT_AUTHORISED, SECURITY -> true;
                default -> false;
            };
        }
    }

    public DeviceException(Kind kind, String message, String advice) {
        this(kind, message, advice, null, null);
    }

    public DeviceException(Kind kind, String message, String advice, Throwable cause) {
        this(kind, message, advice, null, cause);
    }

    public DeviceException(
            Kind kind,
            String message,
            String advice,
            PresentedCertificate certificate,
            Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.advice = Objects.requireNonNull(advice, "advice");
        this.certificate = certificate;
    }

    public Kind kind() {
        return kind;
    }

    /** What to try, a sentence. */
    public String advice() {
        return advice;
    }

    /** What failed, on which device, and what to try: one line. */
    public String sentence(String device) {
        String named = getMessage().startsWith(device) ? "" : device + ": ";
        return named + getMessage() + ". " + advice;
    }

    /** The certificate that waits for a person's decision. */
    public Optional<PresentedCertificate> certificate() {
        return Optional.ofNullable(certificate);
    }
}
