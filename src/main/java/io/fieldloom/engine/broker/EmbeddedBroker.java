package io.fieldloom.engine.broker;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.SerialLane;
import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker that Fieldloom brings along: HiveMQ CE in this process, in memory, on the loopback
 * address alone. Nothing outlives {@link #stop}: sessions and retained messages are gone.
 *
 * <p>Thread-safe. {@link #start} and {@link #stop} return at once and may be called in any order
 * and any number of times; one serial lane carries them out. A start takes about three seconds the
 * first time and a tenth of one later; a stop two seconds.
 */
public final class EmbeddedBroker implements AutoCloseable {
    public static final int DEFAULT_PORT = 1883;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 15;

    /** How many ports above the wanted one are tried. */
    private static final int PORTS_TRIED = 200;

    private static final String CONNECTIONS = "com.hivemq.networking.connections.current";

    private final LiveBrokers registry;
    private final SerialLane lane;
    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private volatile boolean wanted;
    private volatile State state = State.STOPPED;
    private volatile Running running;

    /** Where the broker is between its states. */
    public enum State {
        STOPPED,
        STARTING,
        RUNNING,
        STOPPING
    }

    private record Running(EmbeddedHiveMQ hive, BrokerFolders folders, BrokerUrl url, String note) {
        int clients() {
            Metric metric = hive.getMetricRegistry().getMetrics().get(CONNECTIONS);
            return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
                    ? number.intValue()
                    : 0;
        }
    }

    /**
     * @param home where the registry of live brokers lies
     * @param pool runs starts and stops, each of which takes seconds of one thread
     */
    public EmbeddedBroker(Home home, Executor pool) {
        this.registry = new LiveBrokers(home);
        this.lane = new SerialLane(pool);
    }

    /**
     * Starts it, or completes with the present URL when it runs already.
     *
     * @param port the wanted port
     * @param fixed whether only that port will do; else the next free one is taken, and {@link
     *     #note()} says so
     * @return fails with {@link BrokerPortTakenException}, with an {@link IOException} that says
     *     why, or with a {@link CancellationException} when a stop overtook it
     */
    public CompletableFuture<BrokerUrl> start(int port, boolean fixed) {
        wanted = true;
        CompletableFuture<BrokerUrl> done = new CompletableFuture<>();
        lane.execute(
                () -> {
                    if (!wanted) {
                        done.completeExceptionally(
                                new CancellationException("the broker was stopped meanwhile"));
                    } else if (running != null) {
                        done.complete(running.url());
                    } else {
                        startNow(port, fixed, done);
                    }
                });
        return done;
    }

    /** Stops it and forgets everything it held. Completes normally when it does not run. */
    public CompletableFuture<Void> stop() {
        wanted = false;
        CompletableFuture<Void> done = new CompletableFuture<>();
        lane.execute(
                () -> {
                    if (!wanted) {
                        stopNow();
                    }
                    done.complete(null);
                });
        return done;
    }

    /** Where it listens, or empty while it does not. */
    public Optional<BrokerUrl> url() {
        return Optional.ofNullable(running).map(Running::url);
    }

    /** What a person should know of the present run, such as a port that was taken. */
    public Optional<String> note() {
        return Optional.ofNullable(running).map(Running::note);
    }

    public State state() {
        return state;
    }

    /** How many clients are connected, Fieldloom's own included. */
    public int clients() {
        Running now = running;
        return now == null ? 0 : now.clients();
    }

    /** Lets somebody see every message from now on, over restarts too. */
    public void addTap(Tap tap) {
        taps.add(Objects.requireNonNull(tap, "tap"));
    }

    public void removeTap(Tap tap) {
        taps.remove(tap);
    }

    /** Stops it and waits for that, {@value #STOP_SECONDS} seconds at most. Throws nothing. */
    @Override
    public void close() {
        try {
            stop().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.warn("The embedded broker did not stop cleanly", e);
        }
    }

    private void startNow(int wantedPort, boolean fixed, CompletableFuture<BrokerUrl> done) {
        state = State.STARTING;
        try {
            Running started = startOnFreePort(wantedPort, fixed);
            running = started;
            state = State.RUNNING;
            registry.add(started.url());
            done.complete(started.url());
        } catch (IOException e) {
            if (running == null) {
                state = State.STOPPED;
            } else {
                stopNow(); // the registry could not be written: nobody would find it
            }
            done.completeExceptionally(e);
        }
    }

    private Running startOnFreePort(int wantedPort, boolean fixed) throws IOException {
        int last = fixed ? wantedPort : Math.min(65_535, wantedPort + PORTS_TRIED);
        for (int port = wantedPort; port <= last; port++) {
            if (!isFree(port)) {
                continue;
            }
            String note =
                    port == wantedPort
                            ? null
                            : "port " + wantedPort + " is taken, the broker listens on " + port;
            try {
                return run(port, note);
            } catch (IOException e) {
                if (isFree(port)) {
                    throw e; // it was not the port
                }
                // somebody was faster: try the next one
            }
        }
        throw new BrokerPortTakenException(wantedPort);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            return false; // that is the answer
        }
    }

    private Running run(int port, String note) throws IOException {
        BrokerSettings.applyInternal();
        BrokerFolders folders = BrokerFolders.create(port);
        // HiveMQ puts a handler of its own there, one that may end the process
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        EmbeddedHiveMQ hive = null;
        try {
            hive = hive(folders);
            hive.start().get(START_SECONDS, TimeUnit.SECONDS);
            return new Running(hive, folders, new BrokerUrl("mqtt", "127.0.0.1", port, ""), note);
        } catch (ExecutionException e) {
            discard(hive, folders);
            throw new IOException(
                    "the embedded broker did not start: " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            discard(hive, folders);
            throw new IOException(
                    "the embedded broker did not start within " + START_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            discard(hive, folders);
            throw new IOException("the start of the embedded broker was interrupted", e);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(handler);
        }
    }

    private EmbeddedHiveMQ hive(BrokerFolders folders) {
        return EmbeddedHiveMQ.builder()
                .withConfigurationFolder(folders.conf())
                .withDataFolder(folders.data())
                .withExtensionsFolder(folders.extensions())
                .withEmbeddedExtension(
                        EmbeddedExtension.builder()
                                .withId("fieldloom-tap")
                                .withName("Fieldloom tap")
                                .withVersion("1")
                                .withExtensionMain(new TapExtension(taps))
                                .build())
                .withoutLoggingBootstrap()
                .build();
    }

    private void stopNow() {
        Running was = running;
        if (was == null) {
            return;
        }
        state = State.STOPPING;
        running = null;
        try {
            registry.remove(was.url());
        } catch (IOException e) {
            LOG.warn("The registry of live brokers could not be written", e);
        }
        discard(was.hive(), was.folders());
        state = State.STOPPED;
    }

    /** Closing waits without an end where HiveMQ hangs, so a thread of its own does that. */
    private static void discard(EmbeddedHiveMQ hive, BrokerFolders folders) {
        if (hive != null) {
            CompletableFuture<Void> closed = new CompletableFuture<>();
            Thread closer = new Thread(() -> closeHive(hive, closed), "embedded-broker-close");
            closer.setDaemon(true);
            closer.start();
            try {
                closed.get(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("HiveMQ did not stop cleanly", e);
            }
        }
        try {
            folders.delete();
        } catch (IOException e) {
            LOG.warn("The broker's temporary folder {} stays behind", folders.root(), e);
        }
    }

    private static void closeHive(EmbeddedHiveMQ hive, CompletableFuture<Void> closed) {
        try {
            hive.close();
            closed.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.completeExceptionally(e);
        } catch (ExecutionException | RuntimeException e) {
            closed.completeExceptionally(e);
        }
    }
}
