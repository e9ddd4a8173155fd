package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Scan.Where;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.device.modbus.Call.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What went wrong, in the engineer's words: which device, where, why and what to try. */
final class Failures {
    private static final String REACH =
            "Check the address, the cable and the firewall; ping the device.";

    private static final int MOST_NAMED = 8;

    private final SessionRequest request;

    Failures(SessionRequest request) {
        this.request = request;
    }

    /** {@code boiler at 10.0.0.9:502}; without a project the address alone. */
    private String who() {
        String where = request.endpoint().authority();
        return request.device().equals(where) ? where : request.device() + " at " + where;
    }

    DeviceException connect(IOException e) {
        if (e instanceof SerialWire.NoSerialPortException) {
            return failure(
                    Kind.UNREACHABLE,
                    "there is no such serial port",
                    "Check that the adapter is plugged in, and what the system calls it"
                            + " (/dev/ttyUSB0, COM3).",
                    e);
        }
        if (request.endpoint().scheme().equals(Endpoint.MODBUS_RTU)) {
            return failure(
                    Kind.UNREACHABLE,
                    e.getMessage(),
                    "See whether another program has it open, and whether you may use it (on Linux"
                            + " the group dialout).",
                    e);
        }
        if (e instanceof UnknownHostException) {
            return failure(
                    Kind.UNREACHABLE,
                    "the host name " + request.endpoint().host() + " is not known",
                    "Check the spelling, or use the IP address.",
                    e);
        }
        if (e instanceof SocketTimeoutException) {
            return failure(Kind.TIMEOUT, "nobody answers there", REACH, e);
        }
        if (e instanceof ConnectException && words(e).contains("refused")) {
            return failure(
                    Kind.UNREACHABLE,
                    "connection refused",
                    "Check the port, and that the device's Modbus server is switched on.",
                    e);
        }
        if (words(e).contains("no route") || words(e).contains("unreachable")) {
            return failure(Kind.UNREACHABLE, "there is no way to that network", REACH, e);
        }
        return failure(Kind.UNREACHABLE, e.getMessage(), REACH, e);
    }

    DeviceException lost(IOException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof PortUnreachableException) {
            return failure(
                    Kind.UNREACHABLE,
                    "nothing listens at that UDP port",
                    "Check the port, and that the device speaks Modbus over UDP.",
                    e);
        }
        if (e instanceof ConnectException || e instanceof SocketTimeoutException) {
            boolean refused = words(e).contains("refused");
            return failure(
                    Kind.LOST,
                    "the connection is lost, and "
                            + (refused ? "a new one is refused" : "nobody answers any more"),
                    "Check that the device is switched on and reachable.",
                    e);
        }
        return failure(
                Kind.LOST,
                "the connection is lost (" + e.getMessage() + ")",
                "Some devices allow only one or a few clients; see who else is connected.",
                e);
    }

    DeviceException silent(int polls) {
        return failure(
                Kind.TIMEOUT,
                "unit " + request.endpoint().unit() + " has not answered in " + polls + " rounds",
                "Check the unit id; a slow device wants a longer ?timeout=.",
                null);
    }

    /** A unit that was silent before, and still is. */
    DeviceException stillSilent(Duration pause) {
        return failure(
                Kind.TIMEOUT,
                "unit " + request.endpoint().unit() + " does not answer",
                pause.toSeconds() < 2
                        ? "Check the unit id and that the device is on."
                        : "Check the unit id and that the device is on. It is asked less and less"
                                + " often, so that it does not hold up others on the same line.",
                null);
    }

    DeviceException noIdentification(Outcome outcome) {
        if (outcome instanceof Outcome.Silent) {
            return failure(
                    Kind.TIMEOUT,
                    "it did not answer when asked what it is",
                    "Many devices ignore functions that they do not have (43 here).",
                    null);
        }
        String why =
                outcome instanceof Outcome.Refused refused
                        ? ModbusStatus.exception(refused.code()).name()
                        : outcome instanceof Outcome.Garbled garbled
                                ? "it " + garbled.what()
                                : "it hung up";
        return failure(
                Kind.REFUSED,
                "it does not say what it is: " + why,
                "Function 43 (read device identification) is optional; see the type plate.",
                null);
    }

    DeviceException silentUnit(int unit, Outcome last) {
        if (last instanceof Outcome.Refused refused) {
            return failure(
                    Kind.TIMEOUT,
                    "unit "
                            + unit
                            + " gives no values: "
                            + ModbusStatus.exception(refused.code()).name(),
                    "Ask it later and more slowly; behind a gateway, check the unit id and the line.",
                    null);
        }
        String instead = instead(last);
        if (instead != null) {
            return failure(
                    Kind.TIMEOUT,
                    "unit " + unit + " does not answer as it should: it " + instead,
                    wrongAnswerAdvice(),
                    null);
        }
        return failure(
                Kind.TIMEOUT,
                "unit " + unit + " does not answer",
                "Check the unit id and that the device is on; a slow device wants a longer"
                        + " ?timeout=.",
                null);
    }

    /** What came in place of an answer, or null. */
    private static String instead(Outcome outcome) {
        return outcome instanceof Outcome.Garbled garbled
                ? garbled.what()
                : outcome instanceof Outcome.Silent silent ? silent.instead() : null;
    }

    private String wrongAnswerAdvice() {
        return request.endpoint().scheme().equals(Endpoint.MODBUS_RTU)
                ? "Check baud, parity, stop bits, wiring and termination."
                : "Check that this port speaks Modbus at all, and in this framing.";
    }

    /** Addresses of which a scan cannot tell whether they are there. */
    DeviceException unsettled(Where where, List<Integer> addresses, Outcome last) {
        String some =
                addresses.stream()
                        .limit(MOST_NAMED)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
        int more = addresses.size() - MOST_NAMED;
        String instead = instead(last);
        String why =
                last instanceof Outcome.Refused refused
                        ? ModbusStatus.exception(refused.code()).name()
                        : instead == null ? "no answer" : "the device " + instead;
        return failure(
                Kind.TIMEOUT,
                "unit "
                        + where.unit()
                        + ": whether it has "
                        + where.table()
                        + " "
                        + some
                        + (more > 0 ? " and " + more + " more" : "")
                        + " could not be found out ("
                        + why
                        + ")",
                "Scan again, more slowly.",
                null);
    }

    DeviceException silentAt(int unit, String place) {
        return failure(
                Kind.TIMEOUT,
                "unit " + unit + " stopped answering at " + place,
                "Ask it more slowly, and give it a longer ?timeout=.",
                null);
    }

    DeviceException closed() {
        return failure(Kind.CLOSED, "the session is closed", "Connect again.", null);
    }

    DeviceException badAddress(String why, Throwable cause) {
        return failure(Kind.BAD_ADDRESS, why, "See the addresses in the device's manual.", cause);
    }

    private DeviceException failure(Kind kind, String why, String advice, Throwable cause) {
        return new DeviceException(kind, who() + ": " + why, advice, cause);
    }

    private static String words(IOException e) {
        return e.getMessage() == null ? "" : e.getMessage().toLowerCase(Locale.ROOT);
    }
}
