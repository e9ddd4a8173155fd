package io.fieldloom.domain.connection;

import io.fieldloom.domain.MalformedException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a broker listens: {@code mqtt:// mqtts:// ws:// wss://} with host and port.
 *
 * @param scheme in lower case
 * @param host name or address; IPv6 in brackets
 * @param port 1..65535; 1883, 8883, 80 or 443 where the text names none
 * @param path of a WebSocket, with its leading slash ({@code /mqtt} where the text names none);
 *     empty for TCP
 */
public record BrokerUrl(String scheme, String host, int port, String path) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(mqtts?|wss?)://(\\[[0-9A-Fa-f:.%]+]|[^/:?#\\s\\[\\]@]+)(?::(\\d{1,5}))?(/\\S*)?",
                    Pattern.CASE_INSENSITIVE);
    private static final Set<String> LOOPBACK = Set.of("localhost", "[::1]", "[0:0:0:0:0:0:0:1]");

    public static BrokerUrl parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            throw new MalformedException(
                    "'"
                            + text
                            + "' is not a broker: write mqtt://host:1883, mqtts://host:8883,"
                            + " ws://host:port/path or wss://host:port/path");
        }
        String scheme = match.group(1).toLowerCase(Locale.ROOT);
        int port =
                match.group(3) == null
                        ? switch (scheme) {
                            case "mqtt" -> 1883;
                            case "mqtts" -> 8883;
                            case "ws" -> 80;
                            default -> 443;
                        }
                        : Integer.parseInt(match.group(3));
        if (port < 1 || port > 65535) {
            throw new MalformedException("'" + text + "' is not a broker: a port is 1 to 65535");
        }
        String path = match.group(4) == null ? "" : match.group(4);
        boolean webSocket = scheme.startsWith("ws");
        if (!webSocket && path.length() > 1) {
            throw new MalformedException(
                    "'" + text + "' is not a broker: only ws:// and wss:// have a path");
        }
        if (webSocket && path.isEmpty()) {
            path = "/mqtt";
        }
        return new BrokerUrl(scheme, match.group(2), port, webSocket ? path : "");
    }

    public boolean isEncrypted() {
        return scheme.equals("mqtts") || scheme.equals("wss");
    }

    /** Whether the broker is on this computer, where publishing asks nobody. */
    public boolean isLoopback() {
        return LOOPBACK.contains(host.toLowerCase(Locale.ROOT))
                || host.matches("127(\\.\\d{1,3}){3}");
    }

    public String text() {
        return scheme + "://" + host + ":" + port + path;
    }
}
