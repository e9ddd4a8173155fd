package io.fieldloom.ui.watch;

import io.fieldloom.domain.tag.Monitoring;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.Revised;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.Watch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The samples of one device's watched tags between two beats of the window; one subscription for
 * all of them. Bounded: the oldest give way. Thread-safe.
 */
final class WatchFeed implements AutoCloseable {
    private static final int MOST_WAITING = 20_000;

    /**
     * One tag of the device.
     *
     * @param name its entry in the watch list
     */
    record Line(String name, TagSpec tag, Duration interval, Monitoring monitoring) {
        private TagRequest request() {
            return new TagRequest(tag.address(), interval, monitoring);
        }
    }

    private record Arrived(Line line, Sample sample) {}

    private final DeviceLink link;
    private final List<Line> lines;
    private final Watch watch;
    private final Deque<Arrived> waiting = new ArrayDeque<>();

    WatchFeed(DeviceLink link, List<Line> lines) {
        this.link = link;
        this.lines = List.copyOf(lines);
        watch = link.watch(this.lines.stream().map(Line::request).toList(), this::take);
    }

    /** Whether it still is what is wanted. */
    boolean isFor(DeviceLink wanted, List<Line> wantedLines) {
        return link == wanted && lines.equals(wantedLines);
    }

    /** What the device made of the wanted sampling of one line; empty while it is not there. */
    Optional<Revised> revised(int line) {
        return watch.revised(line);
    }

    private synchronized void take(int[] tags, Sample[] samples) {
        for (int at = 0; at < tags.length; at++) {
            if (waiting.size() == MOST_WAITING) {
                waiting.removeFirst();
            }
            waiting.addLast(new Arrived(lines.get(tags[at]), samples[at]));
        }
    }

    /** Hands over what came since the last time, oldest first, as the tags' own values. */
    void drain(BiConsumer<String, Sample> to) {
        List<Arrived> fresh;
        synchronized (this) {
            fresh = new ArrayList<>(waiting);
            waiting.clear();
        }
        for (Arrived one : fresh) {
            Sample sample = one.sample();
            to.accept(one.line().name(), sample.withValue(one.line().tag().own(sample.value())));
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
