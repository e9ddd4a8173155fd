package io.fieldloom.engine.device.opcua;

import java.time.Instant;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;

/**
 * OPC UA's dates, which count 100 ns from 1601 on (OPC UA Part 6, 5.2.2.5). The stack's own way
 * back to an instant is one second late for fractions before 1970. Pure.
 */
final class Ticks {
    /** The last moment that OPC UA tells apart: it and all later ones are the greatest number. */
    static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private static final long A_SECOND = 10_000_000;
    private static final long FIRST = Instant.parse("1601-01-01T00:00:00Z").getEpochSecond();

    private Ticks() {}

    static Instant instant(DateTime time) {
        long ticks = time.utcTime();
        Instant instant =
                Instant.ofEpochSecond(
                        FIRST + Math.floorDiv(ticks, A_SECOND),
                        Math.floorMod(ticks, A_SECOND) * 100);
        return instant.isAfter(LAST) ? LAST : instant;
    }

    /** The date that travels; all that is before 1601 is the null date. */
    static DateTime of(Instant instant) {
        if (!instant.isBefore(LAST)) {
            return new DateTime(Long.MAX_VALUE);
        }
        long seconds = instant.getEpochSecond() - FIRST;
        return seconds < 0
                ? DateTime.MIN_VALUE
                : new DateTime(seconds * A_SECOND + instant.getNano() / 100);
    }
}
