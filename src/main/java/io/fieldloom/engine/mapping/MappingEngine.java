package io.fieldloom.engine.mapping;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.engine.SerialLane;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.mapping.Transform.TransformException;
import io.fieldloom.engine.outlet.LastValues;
import io.fieldloom.engine.outlet.Outlet;
import io.fieldloom.engine.outlet.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the mappings of a project. An edit reaches the mappings it touches, and only those, without
 * a restart; a mapping with a fault stands still alone. One serial lane holds the structure;
 * samples flow on the drivers' threads. Thread-safe.
 */
public final class MappingEngine implements LastValues {
    /** Where mappings find what they are wired to. Called on the lane. */
    public interface Wiring {
        DeviceLink device(String name) throws Unavailable;

        /**
         * @param topic what is published there
         * @param unreal whether the values are simulated or replayed
         */
        Outlet outlet(String broker, String topic, boolean unreal) throws Unavailable;
    }

    /** Why a mapping stands still, in words. */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean forNow;

        public Unavailable(String message) {
            this(message, false);
        }

        private Unavailable(String message, boolean forNow) {
            super(message);
            this.forNow = forNow;
        }

        /** It stands still for a moment, until it is wired anew. That is no fault. */
        public static Unavailable forNow(String message) {
            return new Unavailable(message, true);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(MappingEngine.class);

    private static final int MOST_NOTES = 20;

    private final AtomicInteger noted = new AtomicInteger();
    private volatile Consumer<String> notes = LOG::warn;
    private final Wiring wiring;
    private final Transforms transforms;
    private final SerialLane lane;
    private final MappingCounters counters = new MappingCounters();
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    // Topics that had a fault since they were started last.
    private final Set<String> faulty = ConcurrentHashMap.newKeySet();
    // Only the lane changes these.
    private final Map<String, DeviceFeed> feeds = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> topicsOfDevice = new HashMap<>();
    private Project project = Project.EMPTY;
    private volatile boolean running;
    private volatile int tags;
    private volatile int stopped;

    /** One mapping: at work, or standing still with its fault. */
    private record Entry(
            String device, TagRequest tag, RunningMapping mapping, String fault, boolean forNow) {}

    public MappingEngine(Wiring wiring, Transforms transforms, Executor pool) {
        this.wiring = wiring;
        this.transforms = transforms;
        this.lane = new SerialLane(pool);
    }

    /** Starts every enabled mapping; completes when all are subscribed for. */
    public CompletionStage<Void> start(Project design) {
        return lane.run(
                () -> {
                    stopAll();
                    counters.reset();
                    noted.set(0);
                    project = design;
                    running = true;
                    restart(design.mappings().keySet());
                });
    }

    /** Lets a change reach the running mappings. */
    public CompletionStage<Void> apply(Change change) {
        return lane.run(
                () -> {
                    project = change.after();
                    if (running) {
                        restart(reached(change));
                    }
                });
    }

    /** Wires the mappings of some devices anew, after their links were made or replaced. */
    public CompletionStage<Void> rewire(Collection<String> devices) {
        return lane.run(
                () -> {
                    if (running) {
                        Set<String> topics = new LinkedHashSet<>();
                        devices.forEach(
                                name -> topics.addAll(topicsOfDevice.getOrDefault(name, Set.of())));
                        restart(topics);
                    }
                });
    }

    /** Wires some mappings anew, after what they waited for is known. */
    public CompletionStage<Void> rewireTopics(Collection<String> topics) {
        return lane.run(
                () -> {
                    if (running) {
                        restart(topics);
                    }
                });
    }

    /** Whether every mapped tag of the devices that are there has been heard of, good or bad. */
    public CompletionStage<Boolean> hasHeardOfAll() {
        AtomicBoolean all = new AtomicBoolean();
        return lane.run(() -> all.set(feeds.values().stream().allMatch(DeviceFeed::hasHeardOfAll)))
                .thenApply(done -> all.get());
    }

    /** Takes what the engineer should know of a run, a sentence each, and not too many. */
    public void noteTo(Consumer<String> taker) {
        notes = taker;
    }

    private void faulted(String topic, String message) {
        faulty.add(topic);
        note(topic + ": " + message);
    }

    private void note(String sentence) {
        int before = noted.getAndIncrement();
        if (before < MOST_NOTES) {
            notes.accept(sentence);
        } else if (before == MOST_NOTES) {
            notes.accept("more tags or transforms fail; they are counted, not listed");
        }
    }

    public CompletionStage<Void> stop() {
        return lane.run(
                () -> {
                    running = false;
                    stopAll();
                });
    }

    /** The topics whose mapping must be wired anew. */
    private Collection<String> reached(Change change) {
        boolean defaults = !change.before().defaults().equals(change.after().defaults());
        if (change.touched().everything() || defaults || !change.touched().brokers().isEmpty()) {
            Set<String> all = new LinkedHashSet<>(entries.keySet());
            all.addAll(project.mappings().keySet());
            return all;
        }
        if (change.touched().devices().isEmpty()) {
            return change.touched().topics();
        }
        Set<String> topics = new LinkedHashSet<>(change.touched().topics());
        for (String device : change.touched().devices()) {
            topics.addAll(topicsOfDevice.getOrDefault(device, Set.of()));
        }
        return topics;
    }

    private void restart(Collection<String> topics) {
        Map<String, RunningMapping> before = new HashMap<>();
        for (String topic : topics) {
            Entry entry = entries.get(topic);
            if (entry != null && entry.mapping() != null) {
                before.put(topic, entry.mapping());
            }
            stopOne(topic);
        }
        withdraw(before);
        // A device that was edited may have another link by now.
        feeds.entrySet().removeIf(this::hasNoLinkAnyMore);
        for (String topic : topics) {
            Mapping mapping = project.mappings().get(topic);
            if (mapping != null && mapping.enabled()) {
                startOne(mapping);
                RunningMapping old = before.get(topic);
                Entry now = entries.get(topic);
                if (old != null && now.mapping() == null && !now.forNow()) {
                    old.lost(Instant.now());
                }
            }
        }
        feeds.values().forEach(DeviceFeed::settle);
        count();
    }

    /** What waits for a broker that is away is not said any more where its mapping is gone. */
    private void withdraw(Map<String, RunningMapping> before) {
        Map<Outlet, Set<String>> gone = new IdentityHashMap<>();
        before.forEach(
                (topic, old) -> {
                    Mapping now = project.mappings().get(topic);
                    if (now == null || !now.enabled()) {
                        gone.computeIfAbsent(old.outlet(), any -> new HashSet<>()).add(topic);
                    }
                });
        gone.forEach(Outlet::withdraw);
    }

    private boolean hasNoLinkAnyMore(Map.Entry<String, DeviceFeed> entry) {
        try {
            if (entry.getValue().feedsFrom(wiring.device(entry.getKey()))) {
                return false;
            }
        } catch (Unavailable e) {
            LOG.debug("{} has no link any more: {}", entry.getKey(), e.getMessage());
        }
        entry.getValue().close();
        return true;
    }

    private void count() {
        tags = feeds.values().stream().mapToInt(DeviceFeed::tags).sum();
        stopped = (int) entries.values().stream().filter(each -> each.mapping() == null).count();
    }

    private void startOne(Mapping mapping) {
        String device = mapping.source().device();
        topicsOfDevice.computeIfAbsent(device, name -> new LinkedHashSet<>()).add(mapping.topic());
        Entry entry;
        try {
            entry = wired(mapping);
        } catch (Unavailable e) {
            entry = new Entry(device, null, null, e.getMessage(), e.forNow);
            if (!e.forNow) {
                // Lint and the list of faulty mappings say it, with the line to mend.
                faulty.add(mapping.topic());
            }
        }
        entries.put(mapping.topic(), entry);
    }

    private Entry wired(Mapping mapping) throws Unavailable {
        Optional<String> topicFault = Topic.fault(mapping.topic());
        if (topicFault.isPresent()) {
            throw new Unavailable(topicFault.get());
        }
        String name = mapping.source().device();
        Device device = project.devices().get(name);
        if (device == null) {
            throw new Unavailable("there is no device '" + name + "'");
        }
        String reference = mapping.source().tag();
        TagSpec tag =
                device.tag(reference)
                        .orElseThrow(
                                () -> new Unavailable(name + " has no tag '" + reference + "'"));
        DeviceLink link = wiring.device(name);
        boolean unreal = device.use() != Device.Use.REAL;
        Outlet outlet = wiring.outlet(project.brokerOf(mapping), mapping.topic(), unreal);
        Transform transform;
        try {
            transform = transforms.compile(mapping.transform());
        } catch (TransformException e) {
            throw new Unavailable("transform: " + e.getMessage());
        }
        RunningMapping work =
                new RunningMapping(
                        new RunningMapping.Plan(
                                mapping,
                                tag,
                                transform,
                                project.unitOf(mapping),
                                project.payloadOf(mapping),
                                project.qosOf(mapping),
                                project.retainOf(mapping),
                                unreal ? device.use().word() : null,
                                outlet),
                        counters,
                        this::faulted);
        TagRequest request = TagRequest.of(tag, device.intervalOf(tag));
        feeds.computeIfAbsent(name, unused -> new DeviceFeed(link, this::note, counters))
                .add(request, work);
        return new Entry(name, request, work, null, false);
    }

    private void stopOne(String topic) {
        Entry entry = entries.remove(topic);
        faulty.remove(topic);
        if (entry == null) {
            return;
        }
        Set<String> topics = topicsOfDevice.get(entry.device());
        if (topics != null) {
            topics.remove(topic);
        }
        DeviceFeed feed = feeds.get(entry.device());
        if (feed != null && entry.mapping() != null) {
            feed.remove(entry.tag(), entry.mapping());
        }
    }

    private void stopAll() {
        feeds.values().forEach(DeviceFeed::close);
        feeds.clear();
        entries.clear();
        faulty.clear();
        topicsOfDevice.clear();
        count();
    }

    /** What a mapping is doing; empty where none runs at that topic. */
    public Optional<MappingView> view(String topic) {
        Entry entry = entries.get(topic);
        if (entry == null) {
            return Optional.empty();
        }
        return Optional.of(
                entry.mapping() != null
                        ? entry.mapping().view()
                        : new MappingView(topic, null, null, null, entry.fault(), entry.forNow()));
    }

    /** The mappings that stand still or cannot compute now, with their faults. Never waits. */
    public List<MappingView> faulty() {
        List<MappingView> found = new ArrayList<>();
        for (String topic : faulty) {
            view(topic).filter(view -> view.fault() != null).ifPresent(found::add);
        }
        return found;
    }

    /** The tags that are bad now, by device and status, the most frequent first. Never waits. */
    public List<BadTags> badTags() {
        List<BadTags> bad = new ArrayList<>();
        feeds.values().forEach(feed -> feed.addBad(bad));
        bad.sort(Comparator.comparingInt(BadTags::tags).reversed());
        return bad;
    }

    @Override
    public Collection<String> topics(String broker) {
        List<String> kept = new ArrayList<>();
        entries.forEach(
                (topic, entry) -> {
                    if (entry.mapping() != null && entry.mapping().isKeptBy(broker)) {
                        kept.add(topic);
                    }
                });
        return kept;
    }

    @Override
    public Optional<Publication> last(String broker, String topic) {
        return Optional.ofNullable(entries.get(topic))
                .map(Entry::mapping)
                .filter(mapping -> mapping.isKeptBy(broker))
                .flatMap(RunningMapping::last);
    }

    public MappingStats stats() {
        int still = stopped;
        return new MappingStats(
                running,
                Math.max(0, entries.size() - still),
                tags,
                still,
                counters.samples.sum(),
                counters.published.sum(),
                counters.suppressed.sum(),
                counters.errors.sum());
    }
}
