package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tags that are watched over a {@link DeviceLink}, reconnects included. The loss of the device is a
 * value: every tag gets its last sample with a bad status, once. Thread-safe.
 */
public final class Watch implements AutoCloseable {
    private final DeviceLink link;
    private final List<TagRequest> tags;
    private final SampleSink sink;
    private final Sample[] last;
    // Guards all below, and that the sink is called by one thread at a time.
    private final Object lock = new Object();
    private Object session;
    private Sampling sampling;
    private boolean lossTold;
    private boolean closed;

    Watch(DeviceLink link, List<TagRequest> tags, SampleSink sink) {
        this.link = link;
        this.tags = List.copyOf(tags);
        this.sink = sink;
        this.last = new Sample[this.tags.size()];
    }

    public List<TagRequest> tags() {
        return tags;
    }

    /** What the device made of the wanted sampling; empty while there is no link. */
    public Optional<Revised> revised(int tag) {
        synchronized (lock) {
            return Optional.ofNullable(sampling)
                    .filter(made -> !made.rejected().containsKey(tag))
                    .map(made -> made.revised(tag));
        }
    }

    /** Lets a new session feed this watch. Runs on the link's lane. */
    void attach(DeviceSession fresh) {
        synchronized (lock) {
            if (closed || session == fresh) {
                return;
            }
            session = fresh;
            sampling = null;
        }
        CompletionStage<Sampling> asked =
                fresh.subscribe(tags, (at, samples) -> deliver(fresh, at, samples));
        asked.whenComplete((made, failure) -> subscribed(fresh, made, failure));
    }

    private void subscribed(DeviceSession from, Sampling made, Throwable failure) {
        if (failure != null) {
            link.subscribeFailed(from, failure);
            return;
        }
        synchronized (lock) {
            if (closed || session != from) {
                made.close();
                return;
            }
            sampling = made;
        }
        Instant now = Instant.now();
        made.rejected()
                .forEach(
                        (tag, status) ->
                                deliver(
                                        from,
                                        new int[] {tag},
                                        new Sample[] {refused(tag, status, now)}));
    }

    private Sample refused(int tag, Status status, Instant now) {
        synchronized (lock) {
            Sample before = last[tag];
            return before == null
                    ? Sample.failed(status, now)
                    : new Sample(before.value(), status, null, null, now);
        }
    }

    private void deliver(DeviceSession from, int[] at, Sample[] samples) {
        synchronized (lock) {
            if (closed || session != from) {
                return;
            }
            lossTold = false;
            link.counted(at.length);
            for (int i = 0; i < at.length; i++) {
                last[at[i]] = samples[i];
            }
            sink.accept(at, samples);
        }
    }

    /** Tells every tag once that the device is gone. Runs on the link's lane. */
    void lost(Instant now) {
        synchronized (lock) {
            session = null;
            sampling = null;
            if (closed || lossTold) {
                return;
            }
            lossTold = true;
            int[] at = new int[last.length];
            Sample[] samples = new Sample[last.length];
            for (int i = 0; i < last.length; i++) {
                at[i] = i;
                samples[i] =
                        last[i] == null
                                ? Sample.failed(Status.BAD_NO_COMMUNICATION, now)
                                : last[i].lost(now);
            }
            sink.accept(at, samples);
        }
    }

    /** Ends it; the sink is not called again once this has returned. */
    @Override
    public void close() {
        Sampling running;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            running = sampling;
            sampling = null;
            session = null;
        }
        link.forget(this);
        if (running != null) {
            running.close();
        }
    }
}
