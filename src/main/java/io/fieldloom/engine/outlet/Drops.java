package io.fieldloom.engine.outlet;

/**
 * Publications that an outlet lost, by the reason.
 *
 * @param full the oldest, when the queue was full
 * @param away of QoS 0, while the receiver was away: they do not wait
 * @param ended those that still waited when the outlet was closed or their mapping was taken away
 */
public record Drops(long full, long away, long ended) {
    public static final Drops NONE = new Drops(0, 0, 0);

    public long total() {
        return full + away + ended;
    }

    public Drops and(Drops other) {
        return new Drops(full + other.full, away + other.away, ended + other.ended);
    }
}
