package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Diagnosis;
import io.fieldloom.engine.device.Login;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.security.CertificateFiles;
import io.fieldloom.engine.security.Expected;
import io.fieldloom.engine.security.PresentedCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaServiceFaultException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** The stack's failures in the engineer's words, each with what to try. */
final class Failures {
    private final String device;
    private final Endpoint endpoint;
    private final String where;
    private final String seconds;
    private final Path ownCertificate;
    private final Login login;

    Failures(SessionRequest request, Path ownCertificate) {
        this.device = request.device();
        this.endpoint = request.endpoint();
        String authority = request.endpoint().authority();
        this.where = device.equals(authority) ? device : device + " at " + authority;
        this.seconds = io.fieldloom.domain.Durations.format(request.endpoint().timeout());
        this.ownCertificate = ownCertificate;
        this.login = request.login();
    }

    /** Why nothing could be learned from the address at all. */
    DeviceException unreachable(Throwable failure) {
        Throwable cause = Cause.of(failure);
        if (cause instanceof DeviceException known) {
            return known;
        }
        if (has(cause, UnknownHostException.class)) {
            return failed(
                    Kind.UNREACHABLE,
                    "no computer of that name is known",
                    "Check the spelling, or write the IP address.",
                    cause);
        }
        if (cause instanceof TimeoutException || isCode(cause, StatusCodes.Bad_Timeout)) {
            return failed(
                    Kind.UNREACHABLE,
                    "no OPC UA answer within " + seconds,
                    "Check that the device is on, the cable, the firewall and the port.",
                    cause);
        }
        if (has(cause, NoRouteToHostException.class)) {
            return failed(
                    Kind.UNREACHABLE,
                    "there is no route to it from here",
                    "Check this computer's network and the device's address.",
                    cause);
        }
        if (has(cause, ConnectException.class)
                || isCode(cause, StatusCodes.Bad_ConnectionRejected)) {
            return failed(
                    Kind.UNREACHABLE,
                    "nothing listens on that port",
                    "Check the port and that the server runs.",
                    cause);
        }
        if (isPathUnknown(cause)) {
            return failed(
                    Kind.REFUSED,
                    "an OPC UA server answers, but not under that path",
                    "Write the path of the endpoint after the port; the server's configuration"
                            + " shows it.",
                    cause);
        }
        return failed(
                Kind.REFUSED,
                "something answers there, but not as OPC UA demands" + code(cause),
                "Check the port: OPC UA's usual one is 4840.",
                cause);
    }

    /**
     * The same in the words of a diagnosis: where connections are taken, a hello said by hand tells
     * who answers there. Waits for a second at most.
     */
    CompletableFuture<DeviceException> explained(Throwable failure) {
        DeviceException why = unreachable(failure);
        Throwable cause = Cause.of(failure);
        boolean takesConnections =
                !(cause instanceof DeviceException)
                        && !has(cause, UnknownHostException.class)
                        && !has(cause, NoRouteToHostException.class)
                        && !has(cause, ConnectException.class)
                        && !isCode(cause, StatusCodes.Bad_ConnectionRejected)
                        && !isPathUnknown(cause);
        return takesConnections
                ? CompletableFuture.supplyAsync(
                        () ->
                                Hello.again(endpoint)
                                        .map(hello -> explained(hello, why, cause))
                                        .orElse(why),
                        Stack.sharedExecutor())
                : CompletableFuture.completedFuture(why);
    }

    private DeviceException explained(Diagnosis.Layer hello, DeviceException why, Throwable cause) {
        boolean silent =
                cause instanceof TimeoutException || isCode(cause, StatusCodes.Bad_Timeout);
        boolean silentNow = hello.message().equals(Hello.SILENT);
        if (silentNow && !silent) {
            return why; // it takes one connection only, or has had enough
        }
        if (!hello.ok()) {
            String words =
                    hello.message().replaceFirst("\\.$", "")
                            + (silentNow ? " within " + seconds : "");
            return failed(
                    why.kind(),
                    words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1),
                    hello.advice(),
                    cause);
        }
        return failed(
                why.kind(),
                "an OPC UA server answers the hello, but "
                        + (silent
                                ? "nothing more within " + seconds
                                : "what it sends then is no OPC UA" + code(cause)),
                "Restart the server and look into its log; ?timeout=20s waits longer.",
                cause);
    }

    /** The status in brackets; what is none are words of the program, which help nobody. */
    private static String code(Throwable cause) {
        return UaException.extractStatusCode(cause)
                .map(code -> " (" + Statuses.name(code) + ")")
                .orElse("");
    }

    /** Why a session could not be opened on a server that answers. */
    DeviceException notOpened(Throwable failure) {
        Throwable cause = Cause.of(failure);
        if (cause instanceof DeviceException known) {
            return known;
        }
        long code =
                UaException.extractStatusCode(cause).map(StatusCode::value).orElse(0L)
                        & 0xFFFF_0000L;
        if (code == StatusCodes.Bad_UserAccessDenied
                || code == StatusCodes.Bad_IdentityTokenRejected
                || code == StatusCodes.Bad_IdentityTokenInvalid
                || code == StatusCodes.Bad_UserSignatureInvalid) {
            return turnedAway(cause);
        }
        if (code == StatusCodes.Bad_SecurityChecksFailed
                || code == StatusCodes.Bad_CertificateUntrusted
                || code == StatusCodes.Bad_CertificateInvalid
                || code == StatusCodes.Bad_CertificateUriInvalid
                || code == StatusCodes.Bad_CertificateUseNotAllowed
                || code == StatusCodes.Bad_CertificateChainIncomplete) {
            return failed(
                    Kind.SECURITY,
                    "the server does not trust Fieldloom's certificate (" + words(cause) + ")",
                    "On the server, move it from the rejected to the trusted certificates; the"
                            + " file is "
                            + ownCertificate
                            + ".",
                    cause);
        }
        if (code == StatusCodes.Bad_TooManySessions
                || code == StatusCodes.Bad_MaxConnectionsReached
                || code == StatusCodes.Bad_TcpNotEnoughResources) {
            return failed(
                    Kind.REFUSED,
                    "the server has no free session (" + words(cause) + ")",
                    "Close another client, or wait until its session times out.",
                    cause);
        }
        if (code == StatusCodes.Bad_ServerHalted || code == StatusCodes.Bad_Shutdown) {
            return failed(
                    Kind.REFUSED,
                    "the server is shutting down or stopped (" + words(cause) + ")",
                    "Start it, or wait.",
                    cause);
        }
        if (cause instanceof TimeoutException || code == StatusCodes.Bad_Timeout) {
            return failed(
                    Kind.TIMEOUT,
                    "the server answers, but did not open a session within " + seconds,
                    "Try again, or give the endpoint a longer time-out: ?timeout=20s.",
                    cause);
        }
        return failed(
                Kind.REFUSED,
                "the server did not open a session (" + words(cause) + ")",
                "Try another security choice, or look into the server's log.",
                cause);
    }

    private DeviceException turnedAway(Throwable cause) {
        if (login instanceof Login.Certificate user) {
            return certificateRefused(user, cause);
        }
        boolean nobody = login instanceof Login.Anonymous;
        return failed(
                Kind.NOT_AUTHORISED,
                "the server does not accept "
                        + (nobody ? "an anonymous session" : "this user and password")
                        + " ("
                        + words(cause)
                        + ")",
                nobody
                        ? "Log in as a user."
                        : "Check the user name and password, and what that user may do on the"
                                + " server.",
                cause);
    }

    private DeviceException certificateRefused(Login.Certificate user, Throwable cause) {
        String name = user.certificate().toString();
        String faults = "";
        try {
            PresentedCertificate shown =
                    PresentedCertificate.of(
                            CertificateFiles.certificates(user.certificate()).get(0),
                            Expected.ANYTHING,
                            Instant.now());
            name = shown.subject() + ", SHA-1 " + shown.sha1();
            faults = String.join(" ", shown.faults()).replaceAll("\\.$", "");
        } catch (IOException e) {
            cause.addSuppressed(e); // its name has to do
        }
        String refused =
                "the server does not accept the user certificate "
                        + name
                        + " ("
                        + words(cause)
                        + ")";
        return faults.isEmpty()
                ? failed(
                        Kind.NOT_AUTHORISED,
                        refused,
                        "On the server, put it among the trusted certificates of users, not of"
                                + " applications, and check what that user may do; the file is "
                                + user.certificate()
                                + ".",
                        cause)
                : failed(
                        Kind.NOT_AUTHORISED,
                        refused + ". " + faults,
                        "Have a new one issued.",
                        cause);
    }

    /** Why a service failed in an open session. */
    DeviceException service(String what, Throwable failure) {
        Throwable cause = Cause.of(failure);
        if (cause instanceof DeviceException known) {
            return known;
        }
        long code =
                UaException.extractStatusCode(cause).map(StatusCode::value).orElse(0L)
                        & 0xFFFF_0000L;
        if (cause instanceof TimeoutException || code == StatusCodes.Bad_Timeout) {
            return new DeviceException(
                    Kind.TIMEOUT,
                    device + ": " + what + ": no answer within " + seconds,
                    "Try again, or give the endpoint a longer time-out: ?timeout=20s.",
                    cause);
        }
        if (code == StatusCodes.Bad_SessionClosed
                || code == StatusCodes.Bad_SessionIdInvalid
                || code == StatusCodes.Bad_ConnectionClosed
                || code == StatusCodes.Bad_SecureChannelClosed
                || code == StatusCodes.Bad_NotConnected) {
            return new DeviceException(
                    Kind.LOST,
                    device + ": " + what + ": the connection was lost",
                    "It is opened again as soon as the server answers.",
                    cause);
        }
        return new DeviceException(
                Kind.REFUSED,
                device + ": " + what + ": " + words(cause),
                "Look into the server's log.",
                cause);
    }

    /** The same of a request that changes something: without an answer it may have done so. */
    DeviceException sent(String what, Throwable failure) {
        Throwable cause = Cause.of(failure);
        DeviceException why = service(what, failure);
        boolean isKnown =
                cause instanceof DeviceException || cause instanceof UaServiceFaultException;
        return isKnown || why.kind() != Kind.TIMEOUT && why.kind() != Kind.LOST
                ? why
                : new DeviceException(
                        Kind.UNANSWERED,
                        why.getMessage() + ", so it may or may not have been carried out",
                        "Look at the device before you send it again.",
                        cause);
    }

    DeviceException readOnly(String address, String why, String advice) {
        return new DeviceException(Kind.READ_ONLY, device + ": " + address + ": " + why, advice);
    }

    DeviceException badAddress(String address, String why, String advice) {
        return new DeviceException(Kind.BAD_ADDRESS, device + ": " + address + ": " + why, advice);
    }

    DeviceException unknownNode(String address, String status) {
        return badAddress(address, "it cannot be browsed (" + status + ")", "Check the address.");
    }

    DeviceException noNamespace(String address) {
        return badAddress(
                address,
                "the server has no such namespace (BadNodeIdUnknown)",
                "Check the address.");
    }

    DeviceException lost(String why) {
        return new DeviceException(
                Kind.LOST, where + ": " + why, "It is opened again as soon as the server answers.");
    }

    DeviceException failed(Kind kind, String why, String advice, Throwable cause) {
        return new DeviceException(kind, where + ": " + why, advice, cause);
    }

    /** Whether an OPC UA server answers, but knows no endpoint of the path that was asked for. */
    static boolean isPathUnknown(Throwable failure) {
        return isCode(Cause.of(failure), StatusCodes.Bad_TcpEndpointUrlInvalid);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCode(Throwable failure, long code) {
        return UaException.extractStatusCode(failure)
                .map(status -> (status.value() & 0xFFFF_0000L) == code)
                .orElse(false);
    }

    private static String words(Throwable cause) {
        return UaException.extractStatusCode(cause)
                .map(Statuses::name)
                .orElseGet(
                        () ->
                                cause.getMessage() == null
                                        ? cause.getClass().getSimpleName()
                                        : cause.getMessage());
    }
}
