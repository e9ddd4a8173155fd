package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One TCP connection. */
final class TcpWire implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(TcpWire.class);
    private static final Duration LEAST_CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private final Endpoint endpoint;
    private volatile Socket socket;

    TcpWire(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void open() throws IOException {
        close();
        InetSocketAddress address = Hosts.resolved(endpoint);
        Socket fresh = new Socket();
        try {
            socket = fresh;
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
    public boolean isOpen() {
        return socket != null;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        connected().getOutputStream().write(bytes);
    }

    @Override
    public int read(byte[] into, int at, long nanos) throws IOException {
        Socket current = connected();
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

    private Socket connected() throws IOException {
        Socket current = socket;
        if (current == null) {
            throw new IOException("closed");
        }
        return current;
    }

    @Override
    public void startOver() {
        close();
    }

    @Override
    public long nanosFor(int bytes) {
        return 0;
    }

    @Override
    public void close() {
        Socket old = socket;
        socket = null;
        if (old != null) {
            try {
                old.close();
            } catch (IOException e) {
                LOG.debug("closing the connection to {}", endpoint.authority(), e);
            }
        }
    }
}
