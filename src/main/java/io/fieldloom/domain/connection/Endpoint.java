package io.fieldloom.domain.connection;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a device is: {@code opc.tcp://host:port/path}, {@code modbus-tcp://host:port?unit=1}.
 *
 * @param scheme in lower case
 * @param host name or address; IPv6 in brackets; the serial device's path for {@code modbus-rtu}
 * @param port 1..65535; the protocol's own where the text names none; 0 for a serial line
 * @param path with its leading slash, or empty
 * @param query options by key; only known keys of the scheme
 */
public record Endpoint(
        String scheme, String host, int port, String path, Map<String, String> query) {
    public static final String OPC_TCP = "opc.tcp";
    public static final String MODBUS_TCP = "modbus-tcp";
    public static final String MODBUS_RTU = "modbus-rtu";
    public static final String MODBUS_RTU_TCP = "modbus-rtu-tcp";
    public static final String MODBUS_UDP = "modbus-udp";

    private static final Pattern NETWORK =
            Pattern.compile(
                    "([a-z][a-z.+-]*)://(\\[[0-9A-Fa-f:.%]+]|[^/:?#\\s\\[\\]]+)(?::(\\d{1,5}))?"
                            + "(/[^?#\\s]*)?(?:\\?([^#\\s]*))?",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern SERIAL =
            Pattern.compile("modbus-rtu:([^?#\\s]+)(?:\\?([^#\\s]*))?", Pattern.CASE_INSENSITIVE);
    private static final Set<String> MODBUS_KEYS = Set.of("unit", "timeout", "retries", "inflight");
    private static final Set<String> SERIAL_KEYS =
            Set.of("unit", "timeout", "retries", "inflight", "baud", "parity", "stop");
    private static final int DEFAULT_BAUD = 19_200;
    private static final Set<String> OPC_UA_KEYS = Set.of("timeout");

    /** Every unit of a serial line takes what is sent to it, and none answers. */
    private static final int BROADCAST = 0;

    private static final String NO_BROADCAST =
            "unit 0 is the broadcast of a serial line: all devices on it would take what is written,"
                    + " and none answers";

    public Endpoint {
        Objects.requireNonNull(host, "host");
        query = Collections.unmodifiableMap(new TreeMap<>(query));
    }

    /** Reads an endpoint; a malformed one says what is wrong with it. */
    public static Endpoint parse(String text) {
        Matcher serial = SERIAL.matcher(text);
        if (!text.contains("://") && serial.matches()) {
            return new Endpoint(
                    MODBUS_RTU,
                    serial.group(1),
                    0,
                    "",
                    query(text, MODBUS_RTU, serial.group(2), SERIAL_KEYS));
        }
        Matcher match = NETWORK.matcher(text);
        if (!match.matches()) {
            throw malformed(
                    text,
                    "write opc.tcp://host:port/path, modbus-tcp://host:port?unit=1 (also"
                            + " modbus-rtu-tcp, modbus-udp) or"
                            + " modbus-rtu:/dev/ttyUSB0?baud=19200&unit=1");
        }
        String scheme = match.group(1).toLowerCase(Locale.ROOT);
        Set<String> keys;
        int port;
        switch (scheme) {
            case OPC_TCP -> {
                keys = OPC_UA_KEYS;
                port = 4840;
            }
            case MODBUS_TCP, MODBUS_RTU_TCP, MODBUS_UDP -> {
                keys = MODBUS_KEYS;
                port = 502;
            }
            default ->
                    throw malformed(
                            text,
                            "'"
                                    + scheme
                                    + "' is not a protocol Fieldloom speaks; it speaks opc.tcp,"
                                    + " modbus-tcp, modbus-rtu-tcp, modbus-udp and modbus-rtu");
        }
        if (match.group(3) != null) {
            port = Integer.parseInt(match.group(3));
        }
        if (port < 1 || port > 65535) {
            throw malformed(text, "a port is 1 to 65535");
        }
        String path = match.group(4) == null ? "" : match.group(4);
        if (!scheme.equals(OPC_TCP) && path.length() > 1) {
            throw malformed(text, "a Modbus endpoint has no path");
        }
        return new Endpoint(
                scheme, match.group(2), port, path, query(text, scheme, match.group(5), keys));
    }

    private static Map<String, String> query(
            String text, String scheme, String query, Set<String> keys) {
        Map<String, String> found = new TreeMap<>();
        if (query == null || query.isEmpty()) {
            return found;
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!keys.contains(key)) {
                throw malformed(
                        text,
                        "unknown key '"
                                + key
                                + "'; "
                                + scheme
                                + " takes "
                                + String.join(", ", new java.util.TreeSet<>(keys)));
            }
            check(text, key, value);
            if (found.containsKey(key)) {
                throw malformed(text, key + " is written twice: leave one of them out");
            }
            if (key.equals("unit") && isSerial(scheme) && Integer.parseInt(value) == BROADCAST) {
                throw malformed(text, NO_BROADCAST + ". Units are 1 to 247");
            }
            if (key.equals("inflight") && isSerial(scheme) && !value.equals("1")) {
                throw malformed(
                        text,
                        "RTU answers do not say which request they belong to, so that only one may"
                                + " be open: leave out inflight");
            }
            found.put(key, value);
        }
        return found;
    }

    private static void check(String text, String key, String value) {
        switch (key) {
            case "timeout" -> {
                try {
                    if (Durations.parse(value).isZero()) {
                        throw malformed(text, "timeout must be longer than nothing");
                    }
                } catch (MalformedException e) {
                    throw malformed(text, "timeout takes a duration such as 500ms or 2s");
                }
            }
            case "unit" -> number(text, key, value, 0, 255);
            case "retries" -> number(text, key, value, 0, 10);
            case "inflight" -> number(text, key, value, 1, 64);
            case "baud" -> number(text, key, value, 300, 4_000_000);
            case "stop" -> number(text, key, value, 1, 2);
            default -> {
                if (!Set.of("none", "even", "odd").contains(value)) {
                    throw malformed(text, "parity is none, even or odd");
                }
            }
        }
    }

    private static void number(String text, String key, String value, int least, int most) {
        if (!value.matches("\\d{1,8}")
                || Integer.parseInt(value) < least
                || Integer.parseInt(value) > most) {
            throw malformed(text, key + " is a number from " + least + " to " + most);
        }
    }

    public boolean isOpcUa() {
        return scheme.equals(OPC_TCP);
    }

    private static boolean isSerial(String scheme) {
        return scheme.startsWith(MODBUS_RTU);
    }

    /**
     * Refuses the broadcast of a serial line; on TCP and UDP 0 is a unit, most often the device
     * itself.
     */
    public void checkUnit(int unit) {
        if (unit == BROADCAST && isSerial(scheme)) {
            throw new MalformedException(authority() + ": " + NO_BROADCAST);
        }
    }

    /** Modbus unit id (server address), 1 unless the endpoint says otherwise. */
    public int unit() {
        return Integer.parseInt(query.getOrDefault("unit", "1"));
    }

    /** How long one answer may take: 5 s for OPC UA, 1 s for Modbus, unless told otherwise. */
    public Duration timeout() {
        String text = query.get("timeout");
        return text == null ? Duration.ofSeconds(isOpcUa() ? 5 : 1) : Durations.parse(text);
    }

    /** How often a Modbus request is repeated after a time-out. */
    public int retries() {
        return Integer.parseInt(query.getOrDefault("retries", "1"));
    }

    /** How many Modbus requests may be open at once on the connection. */
    public int inFlight() {
        return Integer.parseInt(query.getOrDefault("inflight", "1"));
    }

    /** Bits a second of a serial line: 19200 unless told otherwise. */
    public int baud() {
        String text = query.get("baud");
        return text == null ? DEFAULT_BAUD : Integer.parseInt(text);
    }

    /** Parity of a serial line, {@code none even odd}: even, as the standard wants it. */
    public String parity() {
        return query.getOrDefault("parity", "even");
    }

    /** Stop bits of a serial line: 1 unless told otherwise. */
    public int stopBits() {
        return Integer.parseInt(query.getOrDefault("stop", "1"));
    }

    /** The same place, another unit of it. */
    public Endpoint withUnit(int unit) {
        Map<String, String> other = new TreeMap<>(query);
        other.put("unit", String.valueOf(unit));
        return new Endpoint(scheme, host, port, path, other);
    }

    /** Whether a text means the same device as an endpoint, whatever it says of time-outs. */
    public static boolean isAt(String text, Endpoint place) {
        try {
            Endpoint other = parse(text);
            return other.scheme.equals(place.scheme)
                    && other.authority().equals(place.authority())
                    && other.path.equals(place.path)
                    && other.unit() == place.unit();
        } catch (MalformedException e) {
            return false; // told where the device is edited, and in Problems
        }
    }

    /** Host and port, as messages name the device. */
    public String authority() {
        return port == 0 ? host : host + ":" + port;
    }

    /** What is there, whatever is said of time-outs: {@code opc.tcp://host:port/path}. */
    public String place() {
        String where = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return scheme + "://" + authority().toLowerCase(Locale.ROOT) + where;
    }

    /** The canonical text; {@link #parse} reads it back. */
    public String text() {
        StringBuilder out = new StringBuilder(scheme);
        if (port == 0) {
            out.append(':').append(host);
        } else {
            out.append("://").append(host).append(':').append(port).append(path);
        }
        String separator = "?";
        for (Map.Entry<String, String> entry : query.entrySet()) {
            out.append(separator).append(entry.getKey()).append('=').append(entry.getValue());
            separator = "&";
        }
        return out.toString();
    }

    private static MalformedException malformed(String text, String rule) {
        return new MalformedException("'" + text + "' is not an endpoint: " + rule);
    }
}
