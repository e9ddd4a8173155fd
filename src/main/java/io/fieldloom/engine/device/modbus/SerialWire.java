package io.fieldloom.engine.device.modbus;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.fieldloom.domain.connection.Endpoint;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A serial line, eight data bits, at the endpoint's speed. It keeps the silence of 3.5 characters
 * before each frame (Modbus over Serial Line V1.02, 2.5.1.1).
 */
final class SerialWire implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(SerialWire.class);

    /** Start, eight data bits, parity or a second stop bit, stop. */
    private static final int BITS_PER_BYTE = 11;

    /** From here on the silence no longer shrinks with the speed (ibidem). */
    private static final int FAST_BAUD = 19_200;

    private static final long FAST_SILENCE_NANOS = 1_750_000;
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** Closing must be able to end a read, which the port itself does not do everywhere. */
    private static final int SLICE_MILLIS = 50;

    private final Endpoint endpoint;
    private volatile SerialPort port;
    private long lastActivity;

    SerialWire(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void open() throws IOException {
        close();
        SerialPort fresh;
        try {
            fresh = SerialPort.getCommPort(endpoint.host());
        } catch (SerialPortInvalidPortException e) {
            throw new NoSerialPortException(endpoint.host(), e);
        }
        fresh.setComPortParameters(
                endpoint.baud(),
                8,
                endpoint.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT,
                parity());
        fresh.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, SLICE_MILLIS, 0);
        if (!fresh.openPort(0)) {
            throw new IOException(
                    "the serial port cannot be opened (error " + fresh.getLastErrorCode() + ")");
        }
        fresh.flushIOBuffers(); // what was sent before belongs to nobody here
        port = fresh;
        lastActivity = System.nanoTime();
    }

    private int parity() {
        if (isPseudoTerminal()) {
            return SerialPort.NO_PARITY;
        }
        return switch (endpoint.parity()) {
            case "even" -> SerialPort.EVEN_PARITY;
            case "odd" -> SerialPort.ODD_PARITY;
            default -> SerialPort.NO_PARITY;
        };
    }

    /** It stands for a serial port where there is no wire, and refuses to be given a parity. */
    private boolean isPseudoTerminal() {
        try {
            return Path.of(endpoint.host()).toRealPath().startsWith("/dev/pts");
        } catch (IOException | InvalidPathException e) {
            LOG.debug("{} is no file", endpoint.host(), e);
            return false;
        }
    }

    /** There is no such port on this computer. */
    static final class NoSerialPortException extends IOException {
        private static final long serialVersionUID = 1L;

        NoSerialPortException(String name, Throwable cause) {
            super("there is no serial port " + name, cause);
        }
    }

    @Override
    public boolean isOpen() {
        return port != null;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        SerialPort current = opened();
        long silence =
                endpoint.baud() > FAST_BAUD ? FAST_SILENCE_NANOS : nanosFor(7) / 2; // 3.5 bytes
        long wait = lastActivity + silence - System.nanoTime();
        while (wait > 0) {
            LockSupport.parkNanos(wait);
            wait = lastActivity + silence - System.nanoTime();
        }
        if (current.writeBytes(bytes, bytes.length) != bytes.length) {
            throw new IOException("the serial port does not take bytes any more");
        }
        lastActivity = System.nanoTime() + nanosFor(bytes.length);
    }

    @Override
    public int read(byte[] into, int at, long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        do {
            int count = opened().readBytes(into, into.length - at, at);
            if (count < 0) {
                throw new IOException("the serial port is gone");
            }
            if (count > 0) {
                lastActivity = System.nanoTime();
                return count;
            }
        } while (System.nanoTime() - end < 0);
        return 0;
    }

    private SerialPort opened() throws IOException {
        SerialPort current = port;
        if (current == null) {
            throw new IOException("closed");
        }
        return current;
    }

    @Override
    public void startOver() {
        SerialPort current = port;
        if (current != null) {
            current.flushIOBuffers();
        }
    }

    @Override
    public long nanosFor(int bytes) {
        return bytes * BITS_PER_BYTE * SECOND_NANOS / endpoint.baud();
    }

    @Override
    public void close() {
        SerialPort old = port;
        port = null;
        if (old != null) {
            old.closePort();
        }
    }
}
