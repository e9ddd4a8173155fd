package io.fieldloom.ui.node;

/** How fast a count grows, of a second or more at a time: shorter looks would make it jump. */
final class Rate {
    private static final long LEAST_NANOS = 1_000_000_000L;

    private long since;
    private long from = -1;
    private double perSecond;

    /** The rate until now. A count that is less than it was belongs to another session. */
    double at(long nanoTime, long count) {
        if (from < 0 || count < from) {
            forget();
            since = nanoTime;
            from = count;
        } else if (nanoTime - since >= LEAST_NANOS) {
            perSecond = (count - from) * 1e9 / (nanoTime - since);
            since = nanoTime;
            from = count;
        }
        return perSecond;
    }

    /** Begins anew. */
    void forget() {
        from = -1;
        perSecond = 0;
    }
}
