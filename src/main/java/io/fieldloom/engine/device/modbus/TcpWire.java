package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** One TCP connection. */
final class TcpWire extends SocketWire<Socket> {
    private static final Duration LEAST_CONNECT_TIMEOUT = Duration.ofSeconds(3);

    TcpWire(Endpoint endpoint) {
        super(endpoint);
    }

    @Override
    public void open() throws IOException {
        close();
        InetSocketAddress address = Hosts.resolved(endpoint);
        Socket fresh = new Socket();
        try {
            use(fresh);
            fresh.setTcpNoDelay(true);
            fresh.setKeepAlive(true);
            Duration timeout = endpoint.timeout();
            if (timeout.compareTo(LEAST_CONNECT_TIMEOUT) < 0) {
                timeout = LEAST_CONNECT_TIMEOUT;
            }
            fresh.connect(address, (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        opened().getOutputStream().write(bytes);
    }

    @Override
    public int read(byte[] into, int at, long nanos) throws IOException {
        Socket current = opened();
        try {
            current.setSoTimeout(Hosts.millis(nanos));
            int count = current.getInputStream().read(into, at, into.length - at);
            if (count < 0) {
                throw new EOFException("the device closed the connection");
            }
            return count;
        } catch (SocketTimeoutException nothing) {
            return 0;
        }
    }
}
