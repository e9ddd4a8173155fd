package io.fieldloom.engine.device;

import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The newest samples of one tag's own value, collected while somebody looks at it. Bounded: the
 * oldest give way. Thread-safe.
 */
public final class TagRecording implements AutoCloseable {
    private final int capacity;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Watch watch;
    private long total;

    /**
     * @param capacity most samples that are kept
     */
    public TagRecording(DeviceLink link, TagSpec tag, Duration interval, int capacity) {
        this.capacity = capacity;
        watch =
                link.watch(
                        List.of(TagRequest.of(tag, interval)),
                        (tags, fresh) -> {
                            for (Sample sample : fresh) {
                                add(sample.withValue(tag.own(sample.value())));
                            }
                        });
    }

    private synchronized void add(Sample sample) {
        if (samples.size() == capacity) {
            samples.removeFirst();
        }
        samples.addLast(sample);
        total++;
    }

    /** How many samples came since the beginning. */
    public synchronized long total() {
        return total;
    }

    /** The samples after the first {@code seen} ones, oldest first, as far as they are kept. */
    public synchronized List<Sample> since(long seen) {
        int wanted = (int) Math.min(total - seen, samples.size());
        List<Sample> newest = new ArrayList<>(wanted);
        Iterator<Sample> all = samples.iterator();
        for (int skip = samples.size() - wanted; skip > 0; skip--) {
            all.next();
        }
        all.forEachRemaining(newest::add);
        return newest;
    }

    @Override
    public void close() {
        watch.close();
    }
}
