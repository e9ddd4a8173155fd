package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import java.util.HashMap;
import java.util.Map;

/**
 * The lines of a program, one for each place that endpoints name. A line without users is closed
 * but kept, for what is known of its units. Thread-safe.
 */
final class Lines {
    private final Map<String, Line> lines = new HashMap<>();

    /** The line of an endpoint, which all units there share. */
    synchronized Line of(Endpoint endpoint) {
        String place =
                endpoint.scheme() + ' ' + endpoint.authority().toLowerCase(java.util.Locale.ROOT);
        Line line = lines.get(place);
        if (line == null || !line.isUsed() && !isAlike(line.endpoint(), endpoint)) {
            line = made(endpoint);
            lines.put(place, line);
        }
        return line;
    }

    /** Two devices on one serial line that do not speak alike cannot both be right. */
    static void check(Line line, Endpoint endpoint) throws DeviceException {
        if (!isAlike(line.endpoint(), endpoint)) {
            throw new DeviceException(
                    Kind.REFUSED,
                    endpoint.authority()
                            + " is already open for another unit at "
                            + serial(line.endpoint())
                            + ", and was to be opened at "
                            + serial(endpoint),
                    "Write the same baud, parity and stop for all units of one line.");
        }
    }

    private static boolean isAlike(Endpoint one, Endpoint other) {
        return serial(one).equals(serial(other));
    }

    private static String serial(Endpoint endpoint) {
        return endpoint.baud()
                + " baud, parity "
                + endpoint.parity()
                + ", stop "
                + endpoint.stopBits();
    }

    private static Line made(Endpoint endpoint) {
        return switch (endpoint.scheme()) {
            case Endpoint.MODBUS_RTU ->
                    new Line(endpoint, new SerialWire(endpoint), new RtuFraming());
            case Endpoint.MODBUS_RTU_TCP ->
                    new Line(endpoint, new TcpWire(endpoint), new RtuFraming());
            case Endpoint.MODBUS_UDP ->
                    new Line(endpoint, new UdpWire(endpoint), new MbapFraming());
            default -> new Line(endpoint, new TcpWire(endpoint), new MbapFraming());
        };
    }
}
