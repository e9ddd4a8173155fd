package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a TCP connection and a UDP port share: a socket that is opened anew to leave behind what is
 * still on its way, and whose bytes take no time that matters.
 */
abstract class SocketWire<S extends Closeable> implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(SocketWire.class);

    final Endpoint endpoint;
    private volatile S socket;

    SocketWire(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Takes a fresh socket, before it connects, so that {@link #close} ends that too. */
    final void use(S fresh) {
        socket = fresh;
    }

    /** The open socket. */
    final S opened() throws IOException {
        S current = socket;
        if (current == null) {
            throw new IOException("closed");
        }
        return current;
    }

    @Override
    public boolean isOpen() {
        return socket != null;
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
        S old = socket;
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
