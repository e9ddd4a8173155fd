package io.fieldloom.ui.kit.chart;

/**
 * Numbers over time in a ring of fixed size; the oldest give way. A NaN is a gap: nothing was known
 * then. One thread only, the chart's.
 */
public final class TimeSeries {
    private static final int FIRST = 32;

    private final int capacity;
    private long[] times;
    private double[] values;
    private int start;
    private int size;

    /**
     * @param capacity most points that are kept
     */
    public TimeSeries(int capacity) {
        this.capacity = capacity;
        times = new long[Math.min(FIRST, capacity)];
        values = new double[times.length];
    }

    /** Adds a point; times do not go back: an earlier one is taken as the newest time. */
    public void add(long epochMillis, double value) {
        if (size == times.length && size < capacity) {
            grow();
        }
        int at = (start + size) % times.length;
        times[at] = size == 0 ? epochMillis : Math.max(epochMillis, time(size - 1));
        values[at] = value;
        if (size < times.length) {
            size++;
        } else {
            start = (start + 1) % times.length;
        }
    }

    private void grow() {
        int room = Math.min(capacity, 2 * times.length);
        long[] moreTimes = new long[room];
        double[] moreValues = new double[room];
        for (int at = 0; at < size; at++) {
            moreTimes[at] = time(at);
            moreValues[at] = value(at);
        }
        times = moreTimes;
        values = moreValues;
        start = 0;
    }

    /** Forgets what was before a time, except for the value that stood then. */
    public void forgetBefore(long epochMillis) {
        while (size > 1 && time(1) <= epochMillis) {
            start = (start + 1) % times.length;
            size--;
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
