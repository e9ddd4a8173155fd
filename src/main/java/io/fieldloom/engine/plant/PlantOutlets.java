package io.fieldloom.engine.plant;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.broker.EmbeddedBroker;
import io.fieldloom.engine.mapping.LatencyMeter;
import io.fieldloom.engine.mapping.MappingEngine.Unavailable;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.MqttConnection;
import io.fieldloom.engine.mqtt.MqttOutlet;
import io.fieldloom.engine.mqtt.Presence;
import io.fieldloom.engine.mqtt.SessionSettings;
import io.fieldloom.engine.outlet.Drops;
import io.fieldloom.engine.outlet.LastValues;
import io.fieldloom.engine.outlet.Outlet;
import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.engine.outlet.PublicationQueue;
import io.fieldloom.engine.traffic.Message;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outlets of a plant, one a broker, opened when the first mapping needs them. Counts what
 * reached the brokers: at the tap of the embedded one, by acknowledgement of another. Thread-safe.
 */
public final class PlantOutlets {
    private static final Logger LOG = LoggerFactory.getLogger(PlantOutlets.class);

    // What is on its way to a broker that is about to be replaced.
    private static final Duration BEFORE_AN_EDIT = Duration.ofSeconds(2);

    private final EmbeddedBroker embedded;
    private final LatencyMeter latency;
    private final ScheduledExecutorService pool;
    private final Map<String, Entry> open = new LinkedHashMap<>();
    private final Map<String, Entry> tapped = new ConcurrentHashMap<>();
    private final RetainedTopics retained = new RetainedTopics();
    private Project project = Project.EMPTY;
    private PlantSettings settings;
    private boolean running;
    private Consent consent = Consent.GIVEN;
    private LastValues lastValues = LastValues.NONE;
    private Consumer<String> warn = LOG::warn;
    private Totals closed = Totals.NOTHING;

    /**
     * Sums over all brokers since the mappings were started.
     *
     * @param received messages that reached a broker
     * @param drops messages lost on the way
     * @param failed messages that a broker refused
     */
    public record Totals(long received, Drops drops, long failed) {
        static final Totals NOTHING = new Totals(0, Drops.NONE, 0);

        public long dropped() {
            return drops.total();
        }

        private Totals and(Entry entry) {
            OutletState state = entry.outlet.state();
            return new Totals(
                    received + (entry.isTapped() ? entry.seen.sum() : state.delivered()),
                    drops.and(state.drops()),
                    failed + state.failed());
        }
    }

    private record Entry(
            MqttOutlet outlet, CompletableFuture<Void> reached, LongAdder seen, boolean isTapped) {}

    /** An outlet that takes publications and does not connect yet. */
    private record Connecting(
            MqttOutlet outlet, BrokerLogin login, SessionSettings session, boolean isTapped) {}

    PlantOutlets(EmbeddedBroker embedded, LatencyMeter latency, ScheduledExecutorService pool) {
        this.embedded = embedded;
        this.latency = latency;
        this.pool = pool;
        embedded.addTap(this::seenAtTap);
    }

    synchronized void ask(Consent other) {
        consent = other;
    }

    /** Where the values are that brokers are to keep; asked whenever one was away. */
    synchronized void restoreFrom(LastValues values) {
        lastValues = values;
    }

    synchronized void warnTo(Consumer<String> taker) {
        warn = taker;
    }

    void open(Project design, PlantSettings surroundings) {
        close(Duration.ZERO);
        synchronized (this) {
            project = design;
            settings = surroundings;
        }
    }

    /** Connects anew where a broker was edited; what waits for it goes over the new connection. */
    void apply(Change change) {
        synchronized (this) {
            project = change.after();
        }
        change.touched().brokers().forEach(this::replace);
    }

    /**
     * Takes the project's new name. Where it stands in the online topic it connects anew, for the
     * will of a connection cannot be changed: the old topic says offline, the new one online.
     */
    void renamed(PlantSettings surroundings) {
        List<String> affected;
        synchronized (this) {
            boolean same = surroundings.stem().equals(settings.stem());
            settings = surroundings;
            affected = same ? List.of() : List.copyOf(open.keySet());
        }
        affected.forEach(this::replace);
    }

    /** Connects anew wherever a user's password was changed. */
    void passwordChanged(String host, int port, String user) {
        List<String> affected;
        synchronized (this) {
            affected =
                    open.keySet().stream().filter(name -> isLogin(name, host, port, user)).toList();
        }
        affected.forEach(this::replace);
    }

    private boolean isLogin(String name, String host, int port, String user) {
        Broker design = project.brokers().get(name);
        Optional<BrokerUrl> url = url(name);
        return design != null
                && Objects.equals(user, design.user())
                && url.isPresent()
                && url.get().host().equals(host)
                && url.get().port() == port;
    }

    /** Waits without the lock, as {@link #closeOne} does. */
    private void replace(String name) {
        Entry old;
        synchronized (this) {
            old = open.get(name);
        }
        if (old == null) {
            return;
        }
        boolean isUp = old.outlet().state().link() == OutletState.Link.UP;
        Optional<BrokerLogin> login = login(name).filter(this::mayGoOn);
        if (login.isEmpty()) {
            closeOne(name, isUp ? BEFORE_AN_EDIT : Duration.ZERO);
            return;
        }
        if (isUp) {
            old.outlet().drain(BEFORE_AN_EDIT);
        }
        Connecting next;
        synchronized (this) {
            next = connecting(name, login.get());
        }
        // Before the new one connects, for under the same client id the two would turn each other
        // out.
        old.outlet().handOver(next.outlet());
        synchronized (this) {
            tapped.remove(old.outlet().clientId());
            closed = closed.and(old);
            open.put(name, connected(next));
        }
    }

    /** Without a person's consent to the new broker nothing is sent there, what waits neither. */
    private synchronized boolean mayGoOn(BrokerLogin login) {
        boolean unreal =
                project.devices().values().stream()
                        .anyMatch(device -> device.use() != Device.Use.REAL);
        return running && consent.mayPublish(login.url(), unreal);
    }

    /** Begins a run: counts from zero and connects the brokers that mappings use. */
    synchronized void begin() {
        closed = Totals.NOTHING;
        running = true;
        for (String name : used(project)) {
            try {
                outlet(name, false);
            } catch (Unavailable e) {
                // Each of its mappings stands still and says the same.
                LOG.debug("{} is not opened: {}", name, e.getMessage());
            }
        }
    }

    /**
     * Completes when each opened broker is reached or has failed once, so that the first samples
     * find a link.
     */
    synchronized CompletableFuture<Void> tried() {
        return CompletableFuture.allOf(
                open.values().stream()
                        .map(entry -> entry.reached().handle((done, failure) -> null))
                        .toArray(CompletableFuture[]::new));
    }

    /** The brokers that the enabled mappings of a project use. */
    public static Set<String> used(Project project) {
        Set<String> names = new LinkedHashSet<>();
        for (Mapping mapping : project.mappings().values()) {
            if (mapping.enabled()) {
                names.add(project.brokerOf(mapping));
            }
        }
        return names;
    }

    /** The outlet to a broker, opened now if need be, where a person agreed to publishing. */
    synchronized Outlet outlet(String name, boolean unreal) throws Unavailable {
        if (!running) {
            throw new Unavailable("the mappings do not run");
        }
        BrokerLogin login =
                login(name)
                        .orElseThrow(
                                () ->
                                        new Unavailable(
                                                isEmbedded(name)
                                                        ? "the embedded broker does not run"
                                                        : "there is no broker '" + name + "'"));
        if (!consent.mayPublish(login.url(), unreal)) {
            throw new Unavailable(
                    "publishing to " + name + " was not agreed to; stop and run the mappings");
        }
        return open.computeIfAbsent(name, unused -> connected(connecting(name, login))).outlet();
    }

    /**
     * Where a broker of the project is; empty where there is none of that name, or before the
     * project is open here, which a window that is being filled may well ask. From memory.
     */
    public synchronized Optional<BrokerUrl> url(String name) {
        if (settings == null) {
            return Optional.empty();
        }
        BrokerUrl other = settings.brokerUrls().get(name);
        if (other != null) {
            return Optional.of(other);
        }
        if (isEmbedded(name)) {
            return embedded.url();
        }
        try {
            return Optional.ofNullable(project.brokers().get(name))
                    .map(design -> BrokerUrl.parse(design.url()));
        } catch (MalformedException e) {
            LOG.debug("{} is no broker that can be reached", name, e);
            return Optional.empty();
        }
    }

    /**
     * How a broker of the project is reached, password included; empty where there is none of that
     * name. May read the file of remembered passwords.
     */
    public Optional<BrokerLogin> login(String name) {
        Broker design;
        PlantSettings surroundings;
        synchronized (this) {
            design = project.brokers().get(name);
            surroundings = settings;
        }
        return url(name)
                .map(
                        url -> {
                            Broker broker = design == null ? Broker.of(name, url.text()) : design;
                            return BrokerLogin.of(
                                    broker,
                                    url,
                                    surroundings.folder(),
                                    surroundings.passwords().of(broker));
                        });
    }

    /** What the mappings have left on the brokers. */
    public RetainedTopics retained() {
        return retained;
    }

    /** Whether a name stands for the broker that Fieldloom starts, in this run. */
    public synchronized boolean isEmbedded(String name) {
        return name.equals(Broker.EMBEDDED) && !settings.brokerUrls().containsKey(name);
    }

    private Connecting connecting(String name, BrokerLogin login) {
        Broker design = project.brokers().get(name);
        boolean speaks = design == null || design.statusTopic();
        String clientId = OnlineTopic.clientId(login);
        SessionSettings session =
                speaks
                        ? SessionSettings.DEFAULT.withPresence(
                                OnlineTopic.of(name, settings, clientId).orElse(null))
                        : SessionSettings.DEFAULT;
        MqttOutlet outlet =
                new MqttOutlet(
                        login.withClientId(clientId),
                        session,
                        PublicationQueue.Bounds.DEFAULT,
                        pool);
        boolean isTapped = isEmbedded(name);
        if (isTapped) {
            outlet.matchArrivals();
        } else {
            // The embedded one ends with this program, and forgets nothing before.
            outlet.restoreFrom(lastValues);
        }
        outlet.listenToLink(new LossNotes(outlet.name(), login.url().text(), warn));
        outlet.listenToDeliveries(new Deliveries(name, retained, isTapped ? null : latency));
        return new Connecting(outlet, login, session, isTapped);
    }

    private Entry connected(Connecting next) {
        MqttOutlet outlet = next.outlet();
        String clientId = outlet.clientId();
        Presence presence = next.session().presence();
        long begun = System.nanoTime();
        CompletableFuture<Void> reached =
                next.isTapped() || presence == null
                        ? outlet.open()
                        : OnlineTopic.lookForAnother(next.login(), presence, clientId, warn, pool)
                                .thenCompose(looked -> outlet.open(left(begun)));
        Entry entry = new Entry(outlet, reached, new LongAdder(), next.isTapped());
        if (next.isTapped()) {
            tapped.put(clientId, entry);
        }
        return entry;
    }

    /** Looking for another Fieldloom takes from the time in which the broker must be reached. */
    private static Duration left(long begunNanos) {
        return MqttConnection.CONNECT_WITHIN.minusNanos(System.nanoTime() - begunNanos);
    }

    private void seenAtTap(String clientId, Message message) {
        Entry entry = tapped.get(clientId);
        if (entry == null || message.duplicate()) {
            return;
        }
        OptionalLong arrived = entry.outlet().arrivedAtBroker(message.topic());
        if (arrived.isPresent()) {
            entry.seen().increment();
            if (arrived.getAsLong() != 0) {
                latency.record(arrived.getAsLong(), System.nanoTime());
            }
        }
    }

    /** Completes when every used broker is reached; fails with the first one's reason. */
    public synchronized CompletableFuture<Void> reached() {
        return CompletableFuture.allOf(
                open.values().stream().map(Entry::reached).toArray(CompletableFuture[]::new));
    }

    /** Where each opened outlet stands, by broker name. */
    public synchronized Map<String, OutletState> states() {
        Map<String, OutletState> states = new LinkedHashMap<>();
        open.forEach((name, entry) -> states.put(name, entry.outlet().state()));
        return states;
    }

    /** How one broker stands; empty where no mapping uses it. */
    public synchronized Optional<OutletState> state(String broker) {
        return Optional.ofNullable(open.get(broker)).map(entry -> entry.outlet().state());
    }

    /** Sums since the mappings were started, closed outlets included. */
    public synchronized Totals totals() {
        Totals sum = closed;
        for (Entry entry : open.values()) {
            sum = sum.and(entry);
        }
        return sum;
    }

    /** Tests every link again, after the computer slept or the network changed. */
    public synchronized void test() {
        open.values().forEach(entry -> entry.outlet().connection().test());
    }

    /** Delivers what is queued within a time, then takes leave of every broker. */
    void close(Duration drain) {
        Set<String> names;
        synchronized (this) {
            running = false;
            names = Set.copyOf(open.keySet());
        }
        names.forEach(name -> closeOne(name, drain));
    }

    /** Waits without the lock, so that nobody who asks for the state waits too. */
    private void closeOne(String name, Duration drain) {
        Entry entry;
        synchronized (this) {
            entry = open.get(name);
        }
        if (entry == null) {
            return;
        }
        boolean wasReached =
                entry.reached().isDone() && !entry.reached().isCompletedExceptionally();
        // Nothing is worth waiting for, or telling of, where no link has ever been.
        if (wasReached && !drain.isZero()) {
            entry.outlet().drain(drain);
        }
        long droppedBefore = entry.outlet().state().dropped();
        entry.outlet().close();
        long lost = entry.outlet().state().dropped() - droppedBefore;
        synchronized (this) {
            if (wasReached && lost > 0) {
                warn.accept(name + ": " + LossNotes.messages(lost) + " still queued, and dropped");
            }
            open.remove(name, entry);
            tapped.remove(entry.outlet().clientId());
            closed = closed.and(entry);
        }
    }
}
