package io.fieldloom.engine.simulate.opcua;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/**
 * One monitored item that is sampled when its node changes, and no more often than its sampling
 * interval: a change that comes too early waits until the interval is over, and then the newest one
 * is taken. Thread-safe.
 */
final class SampledItem {
    private final DataItem item;
    private final ScheduledExecutorService timer;
    private DataValue newest;
    private Future<?> later;
    private long sampledNanos;
    private boolean sampled;

    SampledItem(DataItem item, ScheduledExecutorService timer) {
        this.item = item;
        this.timer = timer;
    }

    /** Takes the value that the node had when the item was made, unless it has changed since. */
    synchronized void begin(DataValue first) {
        if (newest == null) {
            newest = first;
        }
        sample();
    }

    /** The node has another value. */
    synchronized void changed(DataValue value) {
        newest = value;
        sampleInTime();
    }

    /** The item was given another interval or another monitoring mode. */
    synchronized void modified() {
        cancelLater();
        if (newest != null) {
            sampleInTime();
        }
    }

    synchronized void end() {
        cancelLater();
        newest = null;
    }

    private void sampleInTime() {
        if (later != null || !item.isSamplingEnabled()) {
            return;
        }
        long wait =
                sampled
                        ? (long) (item.getSamplingInterval() * 1e6)
                                - (System.nanoTime() - sampledNanos)
                        : 0;
        if (wait <= 0) {
            sample();
        } else {
            later = timer.schedule(this::sampleLater, wait, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void sampleLater() {
        later = null;
        if (newest != null) {
            sample();
        }
    }

    private void sample() {
        if (item.isSamplingEnabled()) {
            sampled = true;
            sampledNanos = System.nanoTime();
            item.setValue(newest); // filters and queues are the item's own
        }
    }

    private void cancelLater() {
        if (later != null) {
            later.cancel(false);
            later = null;
        }
    }
}
