package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.SerialLane;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.LinkState.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one device connected: opens a session, opens the next one when it is lost, and lets every
 * {@link Watch} go on over it. Desired state, current state and one serial lane. Thread-safe; no
 * method waits for the network.
 */
public final class DeviceLink implements AutoCloseable {
    /** A device not reached within this time after the start counts as lost. */
    public static final Duration REACHED_WITHIN = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(DeviceLink.class);
    private static final long[] BACKOFF_MILLIS = {500, 1_000, 2_000};
    // A wrong password tried every two seconds locks the account on many servers.
    private static final long REFUSED_BACKOFF_MILLIS = 30_000;

    private final String name;
    private final Driver driver;
    private final SerialLane lane;
    private final ScheduledExecutorService timer;
    private final ExecutorService closer;
    private final Clock clock;
    private final Set<Watch> watches = new CopyOnWriteArraySet<>();
    private final Set<Consumer<LinkState>> listeners = new CopyOnWriteArraySet<>();
    private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();
    private final LongAdder samples = new LongAdder();

    private volatile SessionRequest request;
    private volatile LinkState state;
    private volatile DeviceSession current;
    private volatile LinkFailure lastFailure;
    // Only the lane touches these.
    private boolean wanted;
    private DeviceSession pending;
    private DeviceSession lost;
    private int attempts;
    private int reconnects;
    private boolean wasUp;
    private ScheduledFuture<?> retry;
    private ScheduledFuture<?> patience;

    public DeviceLink(
            Driver driver,
            SessionRequest request,
            ExecutorService pool,
            ScheduledExecutorService timer,
            Clock clock) {
        this.name = request.device();
        this.driver = driver;
        this.request = request;
        this.lane = new SerialLane(pool);
        this.closer = pool;
        this.timer = timer;
        this.clock = clock;
        this.state = new LinkState(Phase.STOPPED, clock.instant(), null, null, 0);
    }

    public String name() {
        return name;
    }

    public Driver driver() {
        return driver;
    }

    public LinkState state() {
        return state;
    }

    /** The newest failure, which is kept after the device has come back; empty for none yet. */
    public Optional<LinkFailure> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /** What the next session is opened with; a running one is replaced. */
    public void use(SessionRequest other) {
        lane.execute(
                () -> {
                    request = other;
                    lost = null;
                    if (wanted) {
                        attempts = 0;
                        drop(current == null ? null : clock.instant());
                        open();
                    }
                });
    }

    public SessionRequest request() {
        return request;
    }

    /** Connects and stays connected. Idempotent. */
    public void start() {
        lane.execute(
                () -> {
                    if (!wanted) {
                        wanted = true;
                        attempts = 0;
                        patience =
                                timer.schedule(
                                        () -> lane.execute(this::giveUpWaiting),
                                        REACHED_WITHIN.toMillis(),
                                        TimeUnit.MILLISECONDS);
                        open();
                    }
                });
    }

    /** Completes when the device has answered for the first time, or has failed once. */
    public CompletionStage<Void> firstAnswer() {
        return firstAnswer.copy();
    }

    /** Tries again at once, whatever the back-off says. */
    public void reconnectNow() {
        lane.execute(
                () -> {
                    if (wanted && current == null) {
                        attempts = 0;
                        drop(null);
                        open();
                    }
                });
    }

    /** Told on the lane after every change of state. Returns the way to unsubscribe. */
    public Runnable onState(Consumer<LinkState> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Watches tags until the watch is closed, over every reconnect. */
    public Watch watch(List<TagRequest> tags, SampleSink sink) {
        Watch watch = new Watch(this, tags, sink);
        watches.add(watch);
        lane.execute(
                () -> {
                    DeviceSession session = current;
                    if (session != null) {
                        watch.attach(session);
                    } else if (wanted && patience == null) {
                        watch.lost(clock.instant());
                    }
                });
        return watch;
    }

    /** How many samples the device has sent since the link was made, over all watches. */
    public long samples() {
        return samples.sum();
    }

    void counted(int more) {
        samples.add(more);
    }

    void forget(Watch watch) {
        watches.remove(watch);
    }

    void subscribeFailed(DeviceSession session, Throwable failure) {
        lane.execute(() -> ended(session, asDeviceException(failure)));
    }

    public CompletionStage<List<TagNode>> browse(String parent) {
        return session().thenCompose(session -> session.browse(parent));
    }

    public CompletionStage<List<Sample>> read(List<String> addresses) {
        return session().thenCompose(session -> session.read(addresses));
    }

    /** A capability of the connected session; empty while there is none. */
    public <T> Optional<T> capability(Class<T> kind) {
        DeviceSession session = current;
        return session == null ? Optional.empty() : session.capability(kind);
    }

    private CompletionStage<DeviceSession> session() {
        DeviceSession session = current;
        if (session != null) {
            return CompletableFuture.completedStage(session);
        }
        DeviceException why =
                state.why()
                        .orElseGet(
                                () ->
                                        new DeviceException(
                                                Kind.LOST,
                                                name + " is not connected",
                                                "Wait until it is, or press Reconnect."));
        return CompletableFuture.failedStage(why);
    }

    private void open() {
        cancelRetry();
        set(new LinkState(Phase.CONNECTING, clock.instant(), state.failure(), null, reconnects));
        Listener listener = new Listener();
        DeviceSession session =
                lost == null
                        ? driver.open(request, listener)
                        : driver.resume(request, listener, lost);
        listener.session = session;
        pending = session;
        session.connect()
                .whenComplete(
                        (done, failure) ->
                                lane.execute(
                                        () -> {
                                            if (failure == null) {
                                                connected(session);
                                            } else {
                                                ended(session, asDeviceException(failure));
                                            }
                                        }));
    }

    private void connected(DeviceSession session) {
        if (pending != session || !wanted) {
            closeLater(session);
            return;
        }
        pending = null;
        lost = null;
        current = session;
        attempts = 0;
        stopWaiting();
        if (wasUp) {
            reconnects++;
        }
        wasUp = true;
        set(new LinkState(Phase.UP, clock.instant(), null, null, reconnects));
        for (Watch watch : watches) {
            watch.attach(session);
        }
        firstAnswer.complete(null);
    }

    private void ended(DeviceSession session, DeviceException failure) {
        if (session != pending && session != current) {
            return;
        }
        boolean wasCurrent = session == current;
        if (wasCurrent) {
            lost = session;
        }
        drop(wasCurrent ? clock.instant() : null);
        if (!wanted) {
            return;
        }
        LOG.debug("{} is not connected: {}", name, failure.getMessage());
        long delay =
                failure.kind().needsPerson()
                        ? REFUSED_BACKOFF_MILLIS
                        : BACKOFF_MILLIS[Math.min(attempts, BACKOFF_MILLIS.length - 1)];
        attempts++;
        Instant now = clock.instant();
        lastFailure = new LinkFailure(now, failure, attempts);
        set(new LinkState(Phase.WAITING, now, failure, now.plusMillis(delay), reconnects));
        retry = timer.schedule(() -> lane.execute(this::retry), delay, TimeUnit.MILLISECONDS);
        firstAnswer.complete(null);
    }

    private void retry() {
        if (wanted && current == null && pending == null) {
            open();
        }
    }

    /** Ends whatever session there is; tells the watches when a time of loss is given. */
    private CompletionStage<Void> drop(Instant lossAt) {
        DeviceSession session = current != null ? current : pending;
        current = null;
        pending = null;
        if (lossAt != null) {
            watches.forEach(watch -> watch.lost(lossAt));
        }
        return session == null ? CompletableFuture.completedStage(null) : closeLater(session);
    }

    private void giveUpWaiting() {
        if (patience != null) {
            patience = null;
            if (current == null) {
                Instant now = clock.instant();
                watches.forEach(watch -> watch.lost(now));
            }
        }
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }

    private void cancelRetry() {
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
    }

    private CompletionStage<Void> closeLater(DeviceSession session) {
        return CompletableFuture.runAsync(session::close, closer);
    }

    /**
     * Disconnects and stays so; watches are kept for the next start. Idempotent.
     *
     * @return completes when the session is closed, within two seconds
     */
    public CompletionStage<Void> stop() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        lane.execute(
                () -> {
                    wanted = false;
                    wasUp = false;
                    lost = null;
                    cancelRetry();
                    stopWaiting();
                    CompletionStage<Void> closed = drop(null);
                    set(new LinkState(Phase.STOPPED, clock.instant(), null, null, reconnects));
                    closed.whenComplete((unused, failure) -> done.complete(null));
                });
        return done;
    }

    /** Ends all watches and disconnects; see {@link #stop()} to wait for it. */
    @Override
    public void close() {
        watches.forEach(Watch::close);
        stop();
    }

    private void set(LinkState next) {
        state = next;
        listeners.forEach(listener -> listener.accept(next));
    }

    private DeviceException asDeviceException(Throwable failure) {
        Throwable cause = Cause.of(failure);
        if (cause instanceof DeviceException expected) {
            return expected;
        }
        LOG.error("{}: unexpected failure", name, cause);
        return new DeviceException(
                Kind.LOST,
                name + " failed unexpectedly: " + cause,
                "See the log; the connection is tried again.",
                cause);
    }

    /** Hands what a session tells over to the lane. */
    private final class Listener implements SessionListener {
        private volatile DeviceSession session;

        @Override
        public void lost(DeviceException reason) {
            lane.execute(() -> ended(session, reason));
        }

        @Override
        public void note(String message) {
            LOG.info("{}: {}", name, message);
        }
    }
}
