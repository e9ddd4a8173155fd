package io.fieldloom.engine.plant;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.connection.DeviceLogin;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.SerialLane;
import io.fieldloom.engine.broker.EmbeddedBroker;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.LinkState;
import io.fieldloom.engine.device.Login;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.mapping.LatencyMeter;
import io.fieldloom.engine.mapping.MappingEngine;
import io.fieldloom.engine.mapping.MappingEngine.Unavailable;
import io.fieldloom.engine.mapping.MappingStats;
import io.fieldloom.engine.mapping.Transforms;
import io.fieldloom.engine.outlet.Outlet;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.simulate.SimulatorFactory;
import io.fieldloom.engine.simulate.SimulatorRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One project at work: its broker, simulators, device links, mappings and outlets, wired together.
 * The window and the command line drive the same plant. Thread-safe; what waits for a network
 * returns a stage.
 */
public final class Plant implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Plant.class);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final long CLOSE_SECONDS = 10;
    // Outlets take leave of their brokers on these, up to two seconds each.
    private static final int TIMER_THREADS = 4;

    private final ExecutorService pool;
    private final ScheduledExecutorService timer;
    private final SerialLane lane;
    private final EmbeddedBroker broker;
    private final SimulatorRegistry simulators;
    private final DeviceRegistry devices;
    private final MappingEngine mappings;
    private final PlantOutlets outlets;
    private final TopicGate topics;
    private final WakeWatch wake;
    private final Set<Runnable> wakened = new CopyOnWriteArraySet<>();
    private final LatencyMeter latency = new LatencyMeter();
    private final LongAdder deviceFailures = new LongAdder();
    // A start that waits for a broker is overtaken by a stop.
    private final AtomicLong run = new AtomicLong();
    private final AtomicLong startedNanos = new AtomicLong();
    private final AtomicLong stoppedNanos = new AtomicLong();
    private volatile Project project = Project.EMPTY;
    private volatile PlantSettings settings;
    private volatile Consumer<String> warnings = LOG::warn;
    private volatile BiFunction<Device, DeviceException, String> deviceWords =
            (device, why) -> why.sentence(device.name());
    // What ran last; the engine forgets it when it stops.
    private volatile MappingStats ran;

    /**
     * @param home Fieldloom's own folder
     * @param drivers the protocols that are spoken
     * @param factories the simulators that can be made, by protocol word
     */
    public Plant(Home home, List<Driver> drivers, Map<String, SimulatorFactory> factories) {
        pool = Executors.newCachedThreadPool(PlantThreads.named("plant"));
        timer = Executors.newScheduledThreadPool(TIMER_THREADS, PlantThreads.named("plant-timer"));
        lane = new SerialLane(pool);
        broker = new EmbeddedBroker(home, pool);
        simulators = new SimulatorRegistry(factories);
        devices = new DeviceRegistry(drivers, this::resolve, pool, timer, Clock.systemUTC());
        devices.onState((link, state) -> countFailure(state));
        devices.onState(
                new DeviceNotes(sentence -> warnings.accept(sentence), this::deviceFailure));
        outlets = new PlantOutlets(broker, latency, timer);
        mappings = new MappingEngine(new PlantWiring(), new Transforms(), pool);
        outlets.restoreFrom(mappings);
        topics = new TopicGate(outlets::login, outlets.retained(), mappings::rewireTopics, timer);
        wake = new WakeWatch(timer, this::testLinks);
    }

    /** Asks this before anything is published to a broker; at first everything may be. */
    public void ask(Consent consent) {
        outlets.ask(consent);
    }

    /** Takes warnings that the person should see at the start; at first the log does. */
    public void warnTo(Consumer<String> taker) {
        warnings = taker;
        outlets.warnTo(taker);
        mappings.noteTo(taker);
    }

    /** Words the failures of devices from now on; at first each is said with its own advice. */
    public void wordDeviceFailures(BiFunction<Device, DeviceException, String> words) {
        deviceWords = words;
    }

    private String deviceFailure(String name, DeviceException why) {
        Device device = project.devices().get(name);
        return device == null ? why.sentence(name) : deviceWords.apply(device, why);
    }

    /** The password that a device's user logs in with, or that opens the user's key; or null. */
    public char[] passwordOf(Device device) {
        return settings.passwords().of(device);
    }

    /** Takes a project; nothing is started or connected yet. */
    public CompletionStage<Void> open(Project design, PlantSettings surroundings) {
        return lane.run(
                () -> {
                    project = design;
                    settings = surroundings;
                    outlets.open(design, surroundings);
                    simulators.load(design);
                    devices.load(design);
                });
    }

    /** Lets an edit reach whatever runs. */
    public CompletionStage<Void> apply(Change change) {
        return lane.run(
                        () -> {
                            project = change.after();
                            topics.apply(change);
                            outlets.apply(change);
                            followSimulators(change);
                            devices.apply(change);
                        })
                .thenCompose(done -> mappings.apply(change));
    }

    /** The project is in another file now; what it is called on the brokers follows. */
    public CompletionStage<Void> renamed(String stem, Path folder) {
        return lane.run(
                () -> {
                    PlantSettings before = settings;
                    settings = before.withFile(stem, folder);
                    outlets.renamed(settings);
                });
    }

    /** Lets whoever publishes as that user log in again, with the password that it has now. */
    public CompletionStage<Void> passwordChanged(String host, int port, String user) {
        return lane.run(() -> outlets.passwordChanged(host, port, user));
    }

    private void followSimulators(Change change) {
        try {
            simulators.apply(change);
        } catch (IOException e) {
            LOG.warn("A simulator did not start again: {}", e.getMessage());
        }
        change.touched().simulators().forEach(this::reconnectTo);
    }

    /** Lets the devices that a simulator stands in for connect to it, and their mappings follow. */
    private void reconnectTo(String simulator) {
        List<String> names = new ArrayList<>();
        for (Device device : project.devices().values()) {
            if (isSimulated(device) && device.simulator().equals(simulator)) {
                devices.refresh(device);
                names.add(device.name());
            }
        }
        mappings.rewire(names);
    }

    /** Starts the broker that comes with Fieldloom, see {@link EmbeddedBroker#start}. */
    public CompletableFuture<BrokerUrl> startBroker(int port, boolean fixed) {
        return broker.start(port, fixed);
    }

    /**
     * Starts the simulators that stand in for devices.
     *
     * @return fails with the {@link IOException} of the first that cannot listen
     */
    public CompletionStage<Void> startUsedSimulators() {
        return lane.run(
                () -> {
                    for (Device device : project.devices().values()) {
                        if (isSimulated(device)) {
                            startSimulatorNow(device.simulator());
                        }
                    }
                });
    }

    /** Starts one simulator; the devices that it stands in for connect to it. */
    public CompletionStage<Void> startSimulator(String name) {
        return lane.run(() -> startSimulatorNow(name));
    }

    /** Stops one simulator; the devices that it stands in for lose it. */
    public CompletionStage<Void> stopSimulator(String name) {
        return lane.run(() -> simulators.stop(name));
    }

    private void startSimulatorNow(String name) {
        try {
            simulators.start(name);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
        reconnectTo(name);
    }

    /** Connects every device and keeps it so. */
    public void connectDevices() {
        devices.start();
    }

    /** Completes when every device has answered or failed once. */
    public CompletionStage<Void> devicesAnswered() {
        return CompletableFuture.allOf(
                devices.links().stream()
                        .map(link -> link.firstAnswer().toCompletableFuture())
                        .toArray(CompletableFuture[]::new));
    }

    /**
     * Connects the brokers that mappings use and starts the mappings. They start whether or not
     * every broker is there; {@link #outlets()} tells.
     */
    public CompletionStage<Void> startMappings() {
        long mine = run.incrementAndGet();
        return lane.run(
                        () -> {
                            latency.reset();
                            deviceFailures.reset();
                            topics.begin();
                            outlets.begin();
                            stoppedNanos.set(0);
                            startedNanos.set(System.nanoTime());
                        })
                .thenCompose(done -> outlets.tried().completeOnTimeout(null, 10, TimeUnit.SECONDS))
                .thenCompose(
                        done ->
                                run.get() == mine
                                        ? mappings.start(project)
                                        : CompletableFuture.completedStage(null));
    }

    /** Everything runs now: the seconds of the summary count from here, as {@code --for} does. */
    public void everythingRuns() {
        startedNanos.set(System.nanoTime());
    }

    /** Stops the mappings, delivers what is queued, and takes leave of the brokers. */
    public CompletionStage<Void> stopMappings() {
        run.incrementAndGet();
        if (mappings.stats().running()) {
            ran = mappings.stats();
        }
        return mappings.stop()
                .thenRun(() -> stoppedNanos.compareAndSet(0, System.nanoTime()))
                .thenCompose(done -> lane.run(() -> outlets.close(DRAIN)));
    }

    private SessionRequest resolve(Device device) {
        if (device.use() == Device.Use.REPLAYED) {
            throw new MalformedException(
                    device.name() + " is to be replayed, which this version cannot do");
        }
        if (isSimulated(device)) {
            return SessionRequest.anonymous(
                    device.name(), Endpoint.parse(simulatedEndpoint(device)));
        }
        return new SessionRequest(
                device.name(),
                Endpoint.parse(device.endpoint()),
                device.security() == null ? null : Security.parse(device.security()),
                login(device));
    }

    private Login login(Device device) {
        DeviceLogin login = device.login();
        char[] password = settings.passwords().of(device);
        return login.isCertificate()
                ? new Login.Certificate(
                        settings.folder().resolve(login.certificate()),
                        settings.folder().resolve(login.key()),
                        password)
                : Login.of(login.user(), password);
    }

    private String simulatedEndpoint(Device device) {
        String name = device.simulator();
        Simulator design = project.simulators().get(name);
        String endpoint =
                simulators
                        .running(name)
                        .orElseThrow(
                                () ->
                                        new MalformedException(
                                                "its simulator '" + name + "' does not run"))
                        .endpoint();
        return design.unit() == null ? endpoint : endpoint + "?unit=" + design.unit();
    }

    private static boolean isSimulated(Device device) {
        return device.use() == Device.Use.SIMULATED && device.simulator() != null;
    }

    private void countFailure(LinkState state) {
        if (state.phase() == LinkState.Phase.WAITING) {
            deviceFailures.increment();
        }
    }

    /** Tests every link again; those that wait try at once. */
    public void testLinks() {
        devices.links().forEach(DeviceLink::reconnectNow);
        outlets.test();
        wakened.forEach(Runnable::run);
    }

    /** Told when links are to be tested again, after a sleep or a change of network. */
    void onWake(Runnable listener) {
        wakened.add(listener);
    }

    public Project project() {
        return project;
    }

    public EmbeddedBroker broker() {
        return broker;
    }

    public SimulatorRegistry simulators() {
        return simulators;
    }

    public DeviceRegistry devices() {
        return devices;
    }

    public MappingEngine mappings() {
        return mappings;
    }

    public PlantOutlets outlets() {
        return outlets;
    }

    /** Keeps mappings from topics of somebody else. */
    public TopicGate topics() {
        return topics;
    }

    public LatencyMeter latency() {
        return latency;
    }

    /** What has happened since the mappings were started. */
    public PlantSummary summary() {
        MappingStats stats = mappings.stats();
        MappingStats size = stats.running() || ran == null ? stats : ran;
        PlantOutlets.Totals totals = outlets.totals();
        LatencyMeter.Latency ways = latency.snapshot();
        long begin = startedNanos.get();
        long end = stoppedNanos.get() == 0 ? System.nanoTime() : stoppedNanos.get();
        return new PlantSummary(
                size.tags(),
                size.mappings(),
                stats.published(),
                totals.received(),
                totals.dropped(),
                stats.errors() + totals.failed() + deviceFailures.sum(),
                begin == 0 ? 0 : (end - begin) / 1e9,
                ways.p50Millis(),
                ways.p99Millis());
    }

    /** Ends everything in the order that loses nothing; waits ten seconds at most. */
    @Override
    public void close() {
        CompletableFuture<Void> ended =
                stopMappings()
                        .thenCompose(done -> devices.stop())
                        .thenRunAsync(simulators::close, pool)
                        .thenCompose(done -> broker.stop())
                        .toCompletableFuture();
        try {
            ended.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Not everything ended in good order", e);
        }
        wake.close();
        timer.shutdownNow();
        pool.shutdownNow();
    }

    /** What mappings are wired to. */
    private final class PlantWiring implements MappingEngine.Wiring {
        @Override
        public DeviceLink device(String name) throws Unavailable {
            Optional<DeviceLink> link = devices.link(name);
            if (link.isPresent()) {
                return link.get();
            }
            throw new Unavailable(devices.fault(name).orElse("there is no link to '" + name + "'"));
        }

        @Override
        public Outlet outlet(String name, String topic, boolean unreal) throws Unavailable {
            Outlet outlet = outlets.outlet(name, unreal);
            Optional<BrokerUrl> url = outlets.url(name);
            boolean isOwn = url.equals(broker.url());
            if (url.isPresent() && !isOwn) {
                topics.pass(name, url.get(), topic);
            }
            return outlet;
        }
    }
}
