package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.engine.device.Revised;
import io.fieldloom.engine.device.SampleSink;
import io.fieldloom.engine.device.Sampling;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.modbus.BlockReader.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls all subscriptions of one session, the tags of one interval together. A beat that comes
 * while the one before is still being read is skipped, never made up for. Runs on the session's
 * lane, but for {@link #end()}.
 */
final class Poller {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

    /** Faster than any device changes, and far from a busy loop. */
    static final Duration LEAST_INTERVAL = Duration.ofMillis(10);

    private static final int SILENT_ROUNDS = 3;
    private static final int OVERRUNS_BEFORE_NOTE = 5;

    private final Lane lane;
    private final BlockReader reader;
    private final Consumer<String> note;
    private final IntConsumer silent;
    private final Map<Duration, Group> groups = new TreeMap<>();
    private int silentRounds;
    private volatile boolean ended;

    /**
     * @param note told once when a group cannot keep its interval
     * @param silent told when the device has not answered anything in so many rounds
     */
    Poller(Lane lane, BlockReader reader, Consumer<String> note, IntConsumer silent) {
        this.lane = lane;
        this.reader = reader;
        this.note = note;
        this.silent = silent;
    }

    /** Takes tags in and reads them for the first time right after. */
    Sampling add(List<TagRequest> tags, SampleSink sink) {
        Subscription subscription = new Subscription(tags.size(), sink);
        Map<Duration, List<Entry>> fresh = new LinkedHashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            Duration interval = tags.get(i).interval();
            interval = interval.compareTo(LEAST_INTERVAL) < 0 ? LEAST_INTERVAL : interval;
            subscription.intervals[i] = interval;
            try {
                ModbusAddress address = ModbusAddress.parse(tags.get(i).address());
                fresh.computeIfAbsent(interval, k -> new ArrayList<>())
                        .add(new Entry(subscription, i, address));
            } catch (MalformedException e) {
                LOG.debug("{}", e.getMessage());
                subscription.rejected.put(i, ModbusStatus.ADDRESS_INVALID);
            }
        }
        fresh.forEach(
                (interval, entries) -> {
                    Group group = groups.computeIfAbsent(interval, Group::new);
                    group.entries.addAll(entries);
                    group.selection = null;
                    lane.later(Duration.ZERO, () -> group.begin(entries));
                });
        return subscription;
    }

    void end() {
        ended = true;
    }

    private void count(Tally tally) {
        silentRounds = tally.isSilence() ? silentRounds + 1 : 0;
        if (silentRounds >= SILENT_ROUNDS) {
            silent.accept(silentRounds);
        }
    }

    /** One tag of one subscription. */
    private static final class Entry {
        final Subscription subscription;
        final int tag;
        final ModbusAddress address;
        Sample last;

        Entry(Subscription subscription, int tag, ModbusAddress address) {
            this.subscription = subscription;
            this.tag = tag;
            this.address = address;
        }

        /** Keeps the sample where it says something new. */
        void take(Sample sample, Map<Subscription, List<Entry>> changed) {
            if (last == null
                    || !sample.status().equals(last.status())
                    || !sample.value().equals(last.value())) {
                last = sample;
                changed.computeIfAbsent(subscription, s -> new ArrayList<>()).add(this);
            }
        }
    }

    /** The tags of one interval. */
    private final class Group {
        private final Duration interval;
        private final List<Entry> entries = new ArrayList<>();
        private BlockReader.Selection selection;
        private List<List<Entry>> bySelection = List.of();
        private boolean beating;
        private long nextBeat;
        private int overruns;
        private boolean noted;

        Group(Duration interval) {
            this.interval = interval;
        }

        /** The first reading of new tags; the group's beat goes on as before, or begins. */
        void begin(List<Entry> fresh) throws IOException {
            if (!beating) {
                beating = true;
                nextBeat = System.nanoTime();
                beat();
                return;
            }
            Map<ModbusAddress, List<Entry>> wanted = byAddress(fresh);
            read(reader.new Selection(List.copyOf(wanted.keySet())), List.copyOf(wanted.values()));
        }

        void beat() throws IOException {
            if (ended) {
                return;
            }
            if (entries.removeIf(entry -> entry.subscription.closed)) {
                selection = null;
            }
            if (entries.isEmpty()) {
                groups.remove(interval, this);
                return;
            }
            if (selection == null) {
                Map<ModbusAddress, List<Entry>> wanted = byAddress(entries);
                selection = reader.new Selection(List.copyOf(wanted.keySet()));
                bySelection = List.copyOf(wanted.values());
            }
            read(selection, bySelection);
            long now = System.nanoTime();
            long step = interval.toNanos();
            long late = (now - nextBeat) / step;
            noteOverrun(late > 0, (now - nextBeat) / 1_000_000);
            nextBeat += (late + 1) * step;
            lane.later(Duration.ofNanos(nextBeat - now), this::beat);
        }

        /** Says once that the interval cannot be kept, when that is more than a hiccup. */
        private void noteOverrun(boolean late, long millis) {
            if (noted) {
                return;
            }
            overruns = late ? overruns + 1 : 0;
            if (overruns == OVERRUNS_BEFORE_NOTE) {
                noted = true;
                note.accept(
                        "reading "
                                + entries.size()
                                + " tags takes "
                                + millis
                                + " ms, longer than their interval of "
                                + Durations.format(interval));
            }
        }

        private Map<ModbusAddress, List<Entry>> byAddress(List<Entry> some) {
            Map<ModbusAddress, List<Entry>> wanted = new LinkedHashMap<>();
            for (Entry entry : some) {
                wanted.computeIfAbsent(entry.address, a -> new ArrayList<>(1)).add(entry);
            }
            return wanted;
        }

        private void read(BlockReader.Selection what, List<List<Entry>> takers) throws IOException {
            Map<Subscription, List<Entry>> changed = new HashMap<>();
            BlockReader.Sink sink =
                    new BlockReader.Sink() {
                        @Override
                        public void accept(int index, Sample sample) {
                            takers.get(index).forEach(entry -> entry.take(sample, changed));
                        }

                        @Override
                        public void roundEnded() {
                            changed.forEach(Subscription::deliver);
                            changed.clear();
                        }
                    };
            count(what.poll(sink));
        }
    }

    /** What a subscriber holds. */
    private static final class Subscription implements Sampling {
        private final SampleSink sink;
        private final Duration[] intervals;
        private final Map<Integer, Status> rejected = new TreeMap<>();
        private volatile boolean closed;

        Subscription(int tags, SampleSink sink) {
            this.sink = sink;
            intervals = new Duration[tags];
        }

        void deliver(List<Entry> changed) {
            if (closed) {
                return;
            }
            int[] tags = new int[changed.size()];
            Sample[] samples = new Sample[changed.size()];
            for (int i = 0; i < tags.length; i++) {
                tags[i] = changed.get(i).tag;
                samples[i] = changed.get(i).last;
            }
            try {
                sink.accept(tags, samples);
            } catch (RuntimeException e) {
                LOG.error("A taker of Modbus samples failed", e);
            }
        }

        @Override
        public Map<Integer, Status> rejected() {
            return Map.copyOf(rejected);
        }

        @Override
        public Revised revised(int tag) {
            return Revised.every(intervals[tag]);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
