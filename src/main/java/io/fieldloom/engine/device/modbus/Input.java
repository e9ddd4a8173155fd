package io.fieldloom.engine.device.modbus;

import java.io.IOException;
import java.util.Arrays;

/** Bytes that have come and were not taken yet. Not thread-safe. */
final class Input {
    private final byte[] bytes = new byte[4096];
    private int filled;

    int size() {
        return filled;
    }

    int at(int index) {
        return bytes[index] & 0xFF;
    }

    /** Two bytes, the high one first. */
    int word(int index) {
        return at(index) << 8 | at(index + 1);
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Adds what the wire gives; false when nothing came in that time. */
    boolean fill(Wire wire, long nanos) throws IOException {
        if (filled == bytes.length) {
            discard(filled / 2); // only noise is ever that long
        }
        int count = wire.read(bytes, filled, nanos);
        filled += count;
        return count > 0;
    }

    /** Forgets the first bytes. */
    void discard(int count) {
        filled -= count;
        System.arraycopy(bytes, count, bytes, 0, filled);
    }

    void clear() {
        filled = 0;
    }
}
