package io.fieldloom.ui.devices;

import io.fieldloom.domain.connection.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Modbus endpoint taken apart into what is typed into fields; texts, since what is typed need not
 * be right. Pure.
 *
 * @param transport how it is reached
 * @param host host name or address; the port's path of a serial line
 * @param port empty for the usual one; of no meaning on a serial line
 */
record ModbusPlace(
        Transport transport,
        String host,
        String port,
        String unit,
        String timeout,
        String retries,
        String inFlight,
        String baud,
        String parity,
        String stopBits) {
    static final String PORT = "502";

    /** What an endpoint does not say, by the keys of its query. */
    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "timeout",
                    "1s",
                    "retries",
                    "1",
                    "inflight",
                    "1",
                    "baud",
                    "19200",
                    "parity",
                    "even",
                    "stop",
                    "1");

    /** The ways that Modbus travels, as a person chooses among them. */
    enum Transport {
        TCP(Endpoint.MODBUS_TCP, "TCP"),
        UDP(Endpoint.MODBUS_UDP, "UDP"),
        RTU(Endpoint.MODBUS_RTU, "RTU, a serial line"),
        RTU_TCP(Endpoint.MODBUS_RTU_TCP, "RTU over TCP, a serial server");

        private final String scheme;
        private final String words;

        Transport(String scheme, String words) {
            this.scheme = scheme;
            this.words = words;
        }

        boolean isSerial() {
            return this == RTU;
        }

        /** RTU answers do not say what they answer, so that only one request may be open. */
        boolean isRtu() {
            return this == RTU || this == RTU_TCP;
        }

        static Transport of(String scheme) {
            for (Transport each : values()) {
                if (each.scheme.equals(scheme)) {
                    return each;
                }
            }
            throw new IllegalArgumentException(scheme + " is no Modbus");
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Takes an endpoint apart; what it does not say is written out. */
    static ModbusPlace of(Endpoint endpoint) {
        return new ModbusPlace(
                Transport.of(endpoint.scheme()),
                endpoint.host(),
                endpoint.port() == 0 ? PORT : String.valueOf(endpoint.port()),
                String.valueOf(endpoint.unit()),
                said(endpoint, "timeout"),
                said(endpoint, "retries"),
                said(endpoint, "inflight"),
                said(endpoint, "baud"),
                said(endpoint, "parity"),
                said(endpoint, "stop"));
    }

    private static String said(Endpoint endpoint, String key) {
        return endpoint.query().getOrDefault(key, DEFAULTS.get(key));
    }

    /** Puts it together again, without what goes without saying; it may be no endpoint. */
    String text() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("unit", unit);
        Map<String, String> more = new TreeMap<>();
        more.put("timeout", timeout);
        more.put("retries", retries);
        if (!transport.isRtu()) {
            more.put("inflight", inFlight);
        }
        if (transport.isSerial()) {
            more.put("baud", baud);
            more.put("parity", parity);
            more.put("stop", stopBits);
        }
        more.forEach(
                (key, value) -> {
                    if (!value.isEmpty() && !value.equals(DEFAULTS.get(key))) {
                        query.put(key, value);
                    }
                });
        StringBuilder text = new StringBuilder(transport.scheme);
        if (transport.isSerial()) {
            text.append(':').append(host);
        } else {
            text.append("://").append(host);
            text.append(':').append(port.isEmpty() ? PORT : port);
        }
        String separator = "?";
        for (Map.Entry<String, String> entry : query.entrySet()) {
            text.append(separator).append(entry.getKey()).append('=').append(entry.getValue());
            separator = "&";
        }
        return text.toString();
    }
}
