package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.mqtt.MqttFailure.Kind;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Says in the engineer's words what a broker or the network between meant. */
final class FailureWords {
    private final BrokerLogin login;
    private final String broker;

    FailureWords(BrokerLogin login) {
        this.login = login;
        String url = login.url().text();
        this.broker = login.name().equals(url) ? url : login.name() + " (" + url + ")";
    }

    MqttFailure of(Kind kind, String what, String advice) {
        return of(kind, what, advice, null);
    }

    private MqttFailure of(Kind kind, String what, String advice, Throwable cause) {
        return new MqttFailure(kind, "broker " + broker + ": " + what, advice, cause);
    }

    /** A certificate, key or CA file that cannot be used. */
    MqttFailure file(Exception cause) {
        return of(
                Kind.FILE,
                cause.getMessage(),
                "Check the files of the broker's ca, cert, key",
                cause);
    }

    MqttFailure noAnswer(String to, long seconds) {
        return of(
                Kind.TIMEOUT,
                "no answer to " + to + " within " + seconds + " s",
                "Check that an MQTT broker listens there and that it is not overloaded");
    }

    MqttFailure closed() {
        return of(Kind.CLOSED, "the connection was closed", "");
    }

    MqttFailure notConnected() {
        return of(Kind.LOST, "not connected", "Wait until the connection is back");
    }

    MqttFailure busy() {
        return of(
                Kind.REFUSED,
                "it has not yet answered as many messages as it allows at a time",
                "Try again in a moment");
    }

    MqttFailure subscriptionRefused(String filter, int code) {
        return of(
                Kind.SUBSCRIPTION_REFUSED,
                "refused the subscription to " + filter + ": " + ReasonCodes.words(code),
                "Ask for another filter, or for the right to read these topics");
    }

    MqttFailure publicationRefused(String topic, int code) {
        return of(
                Kind.PUBLICATION_REFUSED,
                "refused the message to " + topic + ": " + ReasonCodes.words(code),
                code == 0x87
                        ? "Ask for the right to publish there"
                        : "Check the topic, the QoS and the broker's limits");
    }

    MqttFailure tooLarge(String topic, long bytes, long limit) {
        return of(
                Kind.PACKET_TOO_LARGE,
                "takes packets of "
                        + limit
                        + " bytes at most; the message to "
                        + topic
                        + " has "
                        + bytes,
                "Make the payload smaller or raise the broker's limit");
    }

    /** A message that was given up, because each time it was sent alone the connection ended. */
    MqttFailure endsConnection(String topic, MqttFailure lastLoss) {
        return of(
                lastLoss.kind(),
                "ended the connection whenever the message to " + topic + " was sent",
                "Check the right to publish there, and the size that the broker allows",
                lastLoss);
    }

    /** An answer to CONNECT that is not zero; codes below 128 are those of MQTT 3.1.1. */
    MqttFailure connectRefused(int code, String said, Throwable cause) {
        String words = said == null || said.isBlank() ? "" : " (it says: " + said + ")";
        return switch (code) {
            case 4, 5, 0x86, 0x87, 0x8C ->
                    of(
                            Kind.NOT_AUTHORISED,
                            (login.user() == null
                                            ? "not authorised without a user"
                                            : "not authorised as " + login.user())
                                    + words,
                            login.user() == null
                                    ? "Give a user and a password"
                                    : "Check the user and the password",
                            cause);
            case 0x8A ->
                    of(
                            Kind.NOT_AUTHORISED,
                            "this client is banned" + words,
                            "Ask the broker's operator",
                            cause);
            case 2, 0x85 ->
                    of(
                            Kind.REFUSED,
                            "refuses the client id " + login.clientId() + words,
                            "Choose another client id",
                            cause);
            case 1, 0x84 ->
                    of(
                            Kind.PROTOCOL,
                            "does not speak MQTT " + (login.mqtt() == 5 ? "5" : "3.1.1") + words,
                            login.mqtt() == 5 ? "Choose MQTT 3" : "Choose MQTT 5",
                            cause);
            case 3, 0x88, 0x89, 0x9F ->
                    of(Kind.TIMEOUT, ReasonCodes.words(code) + words, "It is tried again", cause);
            default ->
                    of(
                            Kind.REFUSED,
                            "refused the connection: " + ReasonCodes.words(code) + words,
                            "See the broker's log",
                            cause);
        };
    }

    /** A DISCONNECT that the broker sent (MQTT 5). */
    MqttFailure disconnected(int code, String said) {
        String words = said == null || said.isBlank() ? "" : " (it says: " + said + ")";
        return switch (code) {
            case 0x8E ->
                    of(
                            Kind.TAKEN_OVER,
                            "another client took over the client id " + login.clientId() + words,
                            "Give each client an id of its own");
            case 0x8D ->
                    of(
                            Kind.KEEP_ALIVE,
                            "it heard nothing from here for longer than the keep-alive time"
                                    + words,
                            "Check the network; it is tried again");
            case 0x95 ->
                    of(
                            Kind.PACKET_TOO_LARGE,
                            "a message was larger than it allows" + words,
                            "Make the payload smaller or raise the broker's limit");
            case 0x8B -> of(Kind.SHUTTING_DOWN, "it is shutting down" + words, "It is tried again");
            case 0x87 ->
                    of(
                            Kind.NOT_AUTHORISED,
                            "closed the connection: not authorised" + words,
                            "Check the rights of "
                                    + (login.user() == null ? "anonymous clients" : login.user()));
            default ->
                    of(
                            Kind.LOST,
                            "closed the connection: " + ReasonCodes.words(code) + words,
                            "It is tried again");
        };
    }

    MqttFailure perhapsTakenOver(MqttFailure failure) {
        return of(
                Kind.LOST,
                "it closes the connection again and again; perhaps another client uses the client id "
                        + login.clientId(),
                "Give each client an id of its own",
                failure);
    }

    /** A refusal of a QoS 2 message, which ends the connection in the client library. */
    MqttFailure publicationRefused(int code, Throwable cause) {
        return of(
                Kind.PUBLICATION_REFUSED,
                "refused a message: " + ReasonCodes.words(code),
                "Check the topics, and the right to publish there",
                cause);
    }

    MqttFailure pingUnanswered(Throwable cause) {
        return of(
                Kind.KEEP_ALIVE,
                "nothing was heard for longer than the keep-alive time",
                "Check the network; it is tried again",
                cause);
    }

    /** What broke an established connection. */
    MqttFailure broken(Throwable cause) {
        if (find(cause, SSLException.class) != null) {
            return tls(cause);
        }
        return of(Kind.LOST, "the connection broke", "It is tried again", cause);
    }

    /** What kept a connection from being made, below MQTT. */
    MqttFailure unreachable(Throwable cause) {
        String host = login.url().host();
        if (find(cause, UnknownHostException.class) != null) {
            return of(
                    Kind.UNKNOWN_HOST,
                    "the name " + host + " cannot be resolved",
                    "Check the spelling and the name server",
                    cause);
        }
        if (find(cause, NoRouteToHostException.class) != null) {
            return of(
                    Kind.UNREACHABLE,
                    "no route to " + host,
                    "Check the network and the VPN",
                    cause);
        }
        ConnectException refused = find(cause, ConnectException.class);
        if (refused != null && String.valueOf(refused.getMessage()).contains("refused")) {
            return of(
                    Kind.UNREACHABLE,
                    "nothing listens on port " + login.url().port(),
                    "Check that the broker runs, and the port",
                    cause);
        }
        if (refused != null || find(cause, SocketTimeoutException.class) != null) {
            return of(
                    Kind.UNREACHABLE,
                    host + " does not answer",
                    "Check the address, the network and the firewall",
                    cause);
        }
        if (find(cause, GreetedSocket.NotMqttException.class) != null) {
            return of(
                    Kind.PROTOCOL,
                    "something answers there, but it is not an MQTT broker",
                    "Check the port; brokers listen on 1883, or with TLS on 8883",
                    cause);
        }
        if (isCutOff(cause)) {
            // a broker that is just starting behind a proxy does that too: it is tried again soon
            return of(
                    Kind.UNREACHABLE,
                    "the other side closed the connection instead of answering",
                    login.url().isEncrypted()
                            ? "Check that the port speaks TLS (mqtt:// or ws:// is for a plain one),"
                                    + " and whether it wants a client certificate"
                            : "Check that the port is an MQTT port without TLS",
                    cause);
        }
        if (find(cause, SSLException.class) != null
                || find(cause, CertificateException.class) != null) {
            return tls(cause);
        }
        if (login.url().scheme().startsWith("ws")) {
            return of(
                    Kind.PROTOCOL,
                    "the WebSocket was not accepted: " + text(cause),
                    "Check the port and the path " + login.url().path(),
                    cause);
        }
        return of(
                Kind.UNREACHABLE,
                "cannot connect: " + text(cause),
                "Check the address and the port",
                cause);
    }

    private static boolean isCutOff(Throwable cause) {
        SocketException socket = find(cause, SocketException.class);
        return find(cause, EOFException.class) != null
                || socket != null && String.valueOf(socket.getMessage()).contains("reset");
    }

    private MqttFailure tls(Throwable cause) {
        String text = text(cause).toLowerCase(Locale.ROOT);
        if (find(cause, CertificateExpiredException.class) != null) {
            return of(
                    Kind.UNTRUSTED,
                    "its certificate has expired",
                    "Renew the broker's certificate, and check the clock of this computer",
                    cause);
        }
        if (find(cause, CertificateNotYetValidException.class) != null) {
            return of(
                    Kind.UNTRUSTED,
                    "its certificate is not valid yet",
                    "Check the clock of this computer and of the broker",
                    cause);
        }
        if (find(cause, CertPathBuilderException.class) != null
                || find(cause, CertPathValidatorException.class) != null
                || text.contains("trust anchor")) {
            return of(
                    Kind.UNTRUSTED,
                    "its certificate comes from an unknown issuer",
                    login.ca() == null
                            ? "Give the issuer's certificate as the broker's ca"
                            : "Check that "
                                    + login.ca().getFileName()
                                    + " is its issuer's certificate",
                    cause);
        }
        if (text.contains("no name matching") || text.contains("no subject alternative")) {
            return of(
                    Kind.UNTRUSTED,
                    "its certificate is for another name than " + login.url().host(),
                    "Use the name that the certificate carries",
                    cause);
        }
        if (text.contains("unsupported or unrecognized ssl message")) {
            return of(
                    Kind.TLS,
                    "port " + login.url().port() + " does not speak TLS",
                    "Use mqtt:// or ws:// for a plain port, or the broker's TLS port",
                    cause);
        }
        if (text.contains("certificate_required")
                || text.contains("bad_certificate")
                || text.contains("certificate_unknown")
                || text.contains("unknown_ca")) {
            return of(
                    Kind.TLS,
                    login.cert() == null
                            ? "it wants a client certificate"
                            : "it refuses the client certificate",
                    login.cert() == null
                            ? "Give the broker's cert and key"
                            : "Check cert and key, and that the broker trusts their issuer",
                    cause);
        }
        return of(
                Kind.TLS,
                "TLS failed: " + text(cause),
                "Check the port and the certificates",
                cause);
    }

    private static <T extends Throwable> T find(Throwable from, Class<T> kind) {
        Throwable at = from;
        for (int depth = 0; at != null && depth < 12; depth++) {
            if (kind.isInstance(at)) {
                return kind.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }

    /** The innermost message, which is the one that says most. */
    private static String text(Throwable from) {
        String text = from.getClass().getSimpleName();
        Throwable at = from;
        for (int depth = 0; at != null && depth < 12; depth++) {
            if (at.getMessage() != null && !at.getMessage().isBlank()) {
                text = at.getMessage();
            }
            at = at.getCause();
        }
        return text;
    }
}
