package io.fieldloom.ui.kit.chart;

/**
 * Numbers over time in a ring of fixed size; the oldest give way. A NaN is a gap: nothing was known
 * then. One thread only, the chart's.
 */
public final class TimeSeries {
    private final long[] times;
    private final double[] values;
    private int start;
    private int size;

    /**
     * @param capacity most points that are kept
     */
    public TimeSeries(int capacity) {
        times = new long[capacity];
        values = new double[capacity];
    }

    /** Adds a point; times do not go back: an earlier one is taken as the newest time. */
    public void add(long epochMillis, double value) {
        int at = (start + size) % times.length;
        times[at] = size == 0 ? epochMillis : Math.max(epochMillis, time(size - 1));
        values[at] = value;
        if (size < times.length) {
            size++;
        } else {
            start = (start + 1) % times.length;
        }
    }

    public void clear() {
        start = 0;
        size = 0;
    }

    public int size() {
        return size;
    }

    /** Epoch milliseconds of a point, 0 the oldest. */
    public long time(int at) {
        return times[(start + at) % times.length];
    }

    public double value(int at) {
        return values[(start + at) % values.length];
    }

    /** The first point at or after a time; {@link #size()} when there is none. */
    public int firstFrom(long epochMillis) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time(middle) < epochMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
