package io.fieldloom.engine.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.mqtt.MqttFailure.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can hardly be made to happen for real; the rest is asked of a real broker. */
class FailureWordsTest {
    private static FailureWords words(String url) {
        return new FailureWords(
                BrokerLogin.of("plant", BrokerUrl.parse(url)).withClientId("line-1"));
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(
                        new UnknownHostException("broker.acme"),
                        Kind.UNKNOWN_HOST,
                        "the name broker.acme cannot be resolved"),
                Arguments.of(
                        new ConnectException("Connection refused"),
                        Kind.UNREACHABLE,
                        "nothing listens on port 8883"),
                Arguments.of(
                        new SocketTimeoutException("connect timed out"),
                        Kind.UNREACHABLE,
                        "broker.acme does not answer"),
                Arguments.of(
                        new SSLHandshakeException("x")
                                .initCause(new CertificateExpiredException("NotAfter")),
                        Kind.UNTRUSTED,
                        "its certificate has expired"),
                Arguments.of(
                        new SSLHandshakeException("x")
                                .initCause(new CertificateNotYetValidException("NotBefore")),
                        Kind.UNTRUSTED,
                        "not valid yet"),
                Arguments.of(
                        new SSLHandshakeException("Received fatal alert: certificate_required"),
                        Kind.TLS,
                        "wants a client certificate"),
                Arguments.of(
                        new SSLHandshakeException("Remote host terminated the handshake")
                                .initCause(new EOFException()),
                        Kind.UNREACHABLE,
                        "closed the connection instead of answering"),
                Arguments.of(
                        new SocketException("Connection reset"),
                        Kind.UNREACHABLE,
                        "Check that the port speaks TLS"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void whatKeptAConnectionFromBeingMade(Throwable cause, Kind kind, String part) {
        MqttFailure failure =
                words("mqtts://broker.acme:8883").unreachable(new IOException("wrapped", cause));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.sentence())
                .startsWith("broker plant (mqtts://broker.acme:8883): ")
                .contains(part);
        assertThat(failure.advice()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x8B, 0x8D, 0x8E, 0x95, 0x98, 0x89, 0x9C})
    void aBrokersGoodbyeIsTranslatedAndItsOwnWordsAreKept(int code) {
        MqttFailure failure = words("mqtt://b:1").disconnected(code, "because");
        assertThat(failure.getMessage()).contains("because").doesNotContain("reason code");
        assertThat(failure.kind().needsAPerson()).isFalse();
    }

    @Test
    void aRefusedConnectionSaysWhatToTry() {
        FailureWords words = words("mqtt://b:1");
        assertThat(words.connectRefused(0x84, null, null).sentence())
                .contains("does not speak MQTT 5. Choose MQTT 3");
        assertThat(words.connectRefused(2, null, null).sentence())
                .contains("refuses the client id line-1");
        assertThat(words.connectRefused(0x88, null, null).kind().needsAPerson()).isFalse();
        assertThat(words.connectRefused(5, null, null).kind()).isEqualTo(Kind.NOT_AUTHORISED);
    }
}
