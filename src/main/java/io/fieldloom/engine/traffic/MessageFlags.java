package io.fieldloom.engine.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * What a stored message needs beside payload and time, in one byte: QoS, retain, DUP and its
 * origin. Origins are few words ({@code simulated}); whoever invents more than fourteen gets {@code
 * other}.
 */
final class MessageFlags {
    private static final int QOS = 3;
    private static final int RETAINED = 4;
    private static final int DUPLICATE = 8;
    private static final int ORIGIN_SHIFT = 4;
    private static final int MOST_ORIGINS = 15;

    private final List<String> origins = new ArrayList<>();

    byte of(Message message) {
        int flags = message.qos() & QOS;
        if (message.retained()) {
            flags |= RETAINED;
        }
        if (message.duplicate()) {
            flags |= DUPLICATE;
        }
        if (message.origin() != null) {
            flags |= origin(message.origin()) << ORIGIN_SHIFT;
        }
        return (byte) flags;
    }

    private int origin(String origin) {
        int at = origins.indexOf(origin);
        if (at < 0 && origins.size() < MOST_ORIGINS) {
            at = origins.size();
            origins.add(at == MOST_ORIGINS - 1 ? "other" : origin);
        }
        return at < 0 ? MOST_ORIGINS : at + 1;
    }

    static int qos(byte flags) {
        return flags & QOS;
    }

    static boolean retained(byte flags) {
        return (flags & RETAINED) != 0;
    }

    static boolean duplicate(byte flags) {
        return (flags & DUPLICATE) != 0;
    }

    String origin(byte flags) {
        int code = (flags & 0xff) >>> ORIGIN_SHIFT;
        return code == 0 ? null : origins.get(code - 1);
    }
}
