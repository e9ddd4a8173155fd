package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** What both network wires need of an endpoint. Pure but for the name service. */
final class Hosts {
    private static final int MOST_MILLIS = 3_600_000;

    private Hosts() {}

    static InetSocketAddress resolved(Endpoint endpoint) throws UnknownHostException {
        String host = endpoint.host();
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        InetSocketAddress address = new InetSocketAddress(host, endpoint.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        return address;
    }

    /** As a socket's time-out, where 0 would mean for ever. */
    static int millis(long nanos) {
        return (int) Math.max(1, Math.min(nanos / 1_000_000, MOST_MILLIS));
    }
}
