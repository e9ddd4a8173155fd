package io.fieldloom.engine.traffic;

import java.util.Arrays;

/** The latest messages of one topic, the last one included, as a ring in arrays. */
final class TopicHistory {
    private static final int OVERHEAD = 96;
    private static final int EACH = Long.BYTES + Integer.BYTES + 1 + Integer.BYTES;
    private static final int ARRAY = 16;

    private long[] micros = new long[2];
    private byte[][] payloads = new byte[2][];
    private byte[] flags = new byte[2];
    private int first;
    private int size;
    private long payloadBytes;

    int size() {
        return size;
    }

    /** What it costs on the heap, its ticket in the queue included. */
    long bytes() {
        return OVERHEAD + (long) EACH * micros.length + payloadBytes;
    }

    private static long cost(byte[] payload) {
        return payload == null ? 0 : ARRAY + (payload.length + 7L & ~7L);
    }

    void add(long time, byte[] payload, byte messageFlags) {
        if (size == micros.length) {
            grow();
        }
        int at = place(size);
        micros[at] = time;
        payloads[at] = payload;
        flags[at] = messageFlags;
        payloadBytes += cost(payload);
        size++;
    }

    void dropOldest() {
        payloadBytes -= cost(payloads[first]);
        payloads[first] = null;
        first = place(1);
        size--;
    }

    private void grow() {
        int next = 2 * size;
        long[] nextMicros = new long[next];
        byte[][] nextPayloads = new byte[next][];
        byte[] nextFlags = new byte[next];
        int tail = size - first;
        System.arraycopy(micros, first, nextMicros, 0, tail);
        System.arraycopy(micros, 0, nextMicros, tail, first);
        System.arraycopy(payloads, first, nextPayloads, 0, tail);
        System.arraycopy(payloads, 0, nextPayloads, tail, first);
        System.arraycopy(flags, first, nextFlags, 0, tail);
        System.arraycopy(flags, 0, nextFlags, tail, first);
        micros = nextMicros;
        payloads = nextPayloads;
        flags = nextFlags;
        first = 0;
    }

    private int place(int index) {
        int at = first + index;
        return at < micros.length ? at : at - micros.length;
    }

    /** Times in microseconds since 1970; index 0 is the oldest. */
    long micros(int index) {
        return micros[place(index)];
    }

    byte[] payload(int index) {
        return payloads[place(index)];
    }

    byte flags(int index) {
        return flags[place(index)];
    }

    @Override
    public String toString() {
        return size + " messages, " + Arrays.stream(payloads).filter(p -> p != null).count();
    }
}
