package io.fieldloom.engine.device;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.Diagnosis.Layer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The layers below every protocol over TCP: the name and the port. */
public final class NetworkLayers {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkLayers.class);

    private NetworkLayers() {}

    /** Walks both; the connected socket, which the caller closes, or empty after a failure. */
    public static Optional<Socket> walk(Endpoint endpoint, Consumer<Layer> told) {
        Optional<InetAddress> address = dns(endpoint.host(), told);
        return address.isEmpty() ? Optional.empty() : tcp(endpoint, address.get(), told);
    }

    private static Optional<InetAddress> dns(String host, Consumer<Layer> told) {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            String listed =
                    Arrays.stream(addresses)
                            .map(InetAddress::getHostAddress)
                            .distinct()
                            .collect(Collectors.joining(", "));
            told.accept(
                    Layer.good(
                            "dns",
                            listed.equals(host)
                                    ? host + " is an address, no name has to be looked up."
                                    : host + " is " + listed + "."));
            return Optional.of(addresses[0]);
        } catch (UnknownHostException e) {
            told.accept(
                    Layer.bad(
                            "dns",
                            "No computer of the name " + host + " is known here.",
                            "Check the spelling, this computer's DNS server and domain, or write"
                                    + " the IP address."));
            return Optional.empty();
        }
    }

    private static Optional<Socket> tcp(
            Endpoint endpoint, InetAddress address, Consumer<Layer> told) {
        String where = address.getHostAddress() + ":" + endpoint.port();
        long begin = System.nanoTime();
        Socket socket = new Socket();
        try {
            int millis = (int) Math.min(Integer.MAX_VALUE, endpoint.timeout().toMillis());
            socket.connect(new InetSocketAddress(address, endpoint.port()), millis);
            socket.setSoTimeout(millis);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            told.accept(Layer.good("tcp", where + " accepts connections, within " + took + " ms."));
            return Optional.of(socket);
        } catch (IOException e) {
            close(socket);
            told.accept(refused(where, endpoint, e));
            return Optional.empty();
        }
    }

    private static Layer refused(String where, Endpoint endpoint, IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return Layer.bad(
                    "tcp",
                    where + " says nothing within " + Durations.format(endpoint.timeout()) + ".",
                    "The device is off, or a firewall drops the packets. Check power, cable,"
                            + " address and firewall; ping the device.");
        }
        if (failure instanceof NoRouteToHostException) {
            return Layer.bad(
                    "tcp",
                    "There is no way from this computer to " + where + ".",
                    "Check this computer's network: adapter, address, mask, gateway, VPN.");
        }
        if (failure instanceof ConnectException) {
            return Layer.bad(
                    "tcp",
                    "The computer answers, but nothing listens at " + where + ".",
                    "Check the port, and that the server on the device runs. 'fieldloom discover "
                            + endpoint.host()
                            + "' tries the usual ports.");
        }
        return Layer.bad(
                "tcp",
                where + " cannot be connected: " + failure.getMessage() + ".",
                "Check this computer's network and the device's address.");
    }

    /** Closes what is no longer needed; that it was broken already changes nothing. */
    public static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A connection did not close cleanly", e);
        }
    }
}
