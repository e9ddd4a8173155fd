package io.fieldloom.engine.device.modbus;

import java.io.IOException;

/**
 * Where the bytes of a Modbus connection go: a TCP connection, a UDP port, a serial line. It knows
 * nothing of frames. One thread at a time uses it, but for {@link #close()}.
 */
interface Wire {
    /** Opens it; fails with what an engineer can be told. */
    void open() throws IOException;

    boolean isOpen();

    void write(byte[] bytes) throws IOException;

    /**
     * Reads what there is, waiting for the first byte.
     *
     * @return how many bytes came; 0 when none came in that time
     * @throws IOException when the other side has gone
     */
    int read(byte[] into, int at, long nanos) throws IOException;

    /**
     * Leaves behind what may still be on its way: a connection is closed and opened anew by whoever
     * needs it; a serial line, which has nothing to close, throws away what has come.
     */
    void startOver();

    /** How long so many bytes take on the wire; 0 where that is no matter. */
    long nanosFor(int bytes);

    /** Idempotent, from any thread; ends a {@link #read} that is waiting. */
    void close();
}
