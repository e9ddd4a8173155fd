package io.fieldloom.app.bench;

import io.fieldloom.engine.traffic.TrafficRows;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Does to a traffic tree what the open window does: everything expanded, forty rows read twenty
 * times a second, scrolling on and on.
 */
final class OpenTree implements AutoCloseable {
    private static final int ROWS_ON_SCREEN = 40;
    private static final int PERIOD_MILLIS = 50;

    private final TrafficRows rows;
    private final ScheduledFuture<?> reading;
    private volatile long reads;
    private volatile long slowestNanos;
    private int top;

    OpenTree(TrafficRows rows, ScheduledExecutorService pool) {
        this.rows = rows;
        this.reading =
                pool.scheduleAtFixedRate(this::read, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void read() {
        long start = System.nanoTime();
        int count = rows.count();
        top = top + ROWS_ON_SCREEN < count ? top + 7 : 0;
        for (int place = top; place < Math.min(top + ROWS_ON_SCREEN, count); place++) {
            rows.at(place);
        }
        reads++;
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - start);
    }

    /** Opens every branch, of however many topics. The slowest reading counts from here. */
    void openAll() {
        for (int place = 0; place < rows.count(); place++) {
            rows.expand(place, true);
        }
        slowestNanos = 0;
    }

    /** Waits until the screen was read that many times more. */
    void awaitReads(int more, Duration atMost) {
        long wanted = reads + more;
        long end = System.nanoTime() + atMost.toNanos();
        while (reads < wanted && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));
        }
    }

    int rows() {
        return rows.count();
    }

    long reads() {
        return reads;
    }

    double slowestMillis() {
        return slowestNanos / 1e6;
    }

    @Override
    public void close() {
        reading.cancel(false);
        rows.close();
    }
}
