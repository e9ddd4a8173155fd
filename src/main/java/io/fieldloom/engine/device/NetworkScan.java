package io.fieldloom.engine.device;

import io.fieldloom.domain.connection.SearchPlace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for devices on hosts: connects to the ports of the field, and asks who listens there. At
 * most so many connections are begun a second and open at once, since plants have switches and
 * devices that take a storm of connections for an attack, or fall over.
 */
public final class NetworkScan {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkScan.class);

    /** Ports whose protocols Fieldloom does not speak yet, but names. */
    private static final Map<Integer, String> NAMED =
            new TreeMap<>(
                    Map.of(
                            102,
                            "the port is open, S7's port; who listens was not asked",
                            44818,
                            "the port is open, EtherNet/IP's port; who listens was not asked"));

    private final List<Discovery> protocols;
    private final Limits limits;

    /**
     * @param perSecond connections begun a second
     * @param open connections open at once
     * @param connectWithin how long a host may take to accept
     * @param answerWithin how long a device may take to say who it is
     */
    public record Limits(int perSecond, int open, Duration connectWithin, Duration answerWithin) {
        /** Gentle enough for a plant network: a /24 with four ports takes about 20 s. */
        public static final Limits GENTLE =
                new Limits(50, 16, Duration.ofMillis(700), Duration.ofSeconds(3));
    }

    /** Told of what comes up, on the thread that runs the scan. */
    public interface Listener {
        void found(FoundDevice device);

        /** How far it is: ports tried, of how many. */
        void progress(int tried, int of);
    }

    private record Target(String host, int port) {}

    private record Tried(boolean accepted, List<FoundDevice> devices) {}

    public NetworkScan(List<Driver> drivers, Limits limits) {
        this.protocols = drivers.stream().flatMap(driver -> driver.discovery().stream()).toList();
        this.limits = limits;
    }

    /** The ports that each host of a subnet is asked at: the protocols' own. */
    public List<Integer> ownPorts() {
        TreeSet<Integer> ports = new TreeSet<>(NAMED.keySet());
        protocols.forEach(protocol -> ports.add(protocol.port()));
        return List.copyOf(ports);
    }

    /** The ports that a place is asked at: all usual ones of a host, few of a subnet's. */
    public List<Integer> ports(SearchPlace place) {
        if (place.port().isPresent()) {
            return List.of(place.port().getAsInt());
        }
        return place.subnet() ? ownPorts() : allPorts();
    }

    private List<Integer> allPorts() {
        TreeSet<Integer> ports = new TreeSet<>(ownPorts());
        protocols.forEach(protocol -> ports.addAll(protocol.otherPorts()));
        return List.copyOf(ports);
    }

    /**
     * Tries every port of every host. Blocks until all are tried or the scan is cancelled.
     *
     * @return how many ports accepted a connection
     */
    public int run(
            List<String> hosts, List<Integer> ports, Listener listener, BooleanSupplier cancelled)
            throws InterruptedException {
        List<Target> targets = new ArrayList<>();
        hosts.forEach(host -> ports.forEach(port -> targets.add(new Target(host, port))));
        BlockingQueue<Tried> results = new LinkedBlockingQueue<>();
        ExecutorService pool =
                Executors.newFixedThreadPool(
                        limits.open(),
                        work -> {
                            Thread thread = new Thread(work, "discovery");
                            thread.setDaemon(true);
                            return thread;
                        });
        try {
            return collect(targets, results, pool, listener, cancelled);
        } finally {
            pool.shutdownNow();
        }
    }

    private int collect(
            List<Target> targets,
            BlockingQueue<Tried> results,
            ExecutorService pool,
            Listener listener,
            BooleanSupplier cancelled)
            throws InterruptedException {
        long pause = TimeUnit.SECONDS.toNanos(1) / limits.perSecond();
        long next = System.nanoTime();
        int begun = 0;
        int tried = 0;
        int accepted = 0;
        while (tried < targets.size() && !cancelled.getAsBoolean()) {
            if (begun < targets.size() && System.nanoTime() - next >= 0) {
                Target target = targets.get(begun++);
                pool.execute(() -> results.add(tried(target)));
                next = System.nanoTime() + pause;
            }
            Tried result =
                    results.poll(
                            begun < targets.size() ? pause : 50_000_000L, TimeUnit.NANOSECONDS);
            if (result != null) {
                tried++;
                accepted += result.accepted() ? 1 : 0;
                result.devices().forEach(listener::found);
                listener.progress(tried, targets.size());
            }
        }
        return accepted;
    }

    private Tried tried(Target target) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(target.host(), target.port()),
                    (int) limits.connectWithin().toMillis());
        } catch (IOException e) {
            LOG.debug("{}:{} does not accept: {}", target.host(), target.port(), e.toString());
            return new Tried(false, List.of());
        }
        return new Tried(true, asked(target));
    }

    private List<FoundDevice> asked(Target target) {
        String known = NAMED.get(target.port());
        if (known != null) {
            return List.of(
                    new FoundDevice(
                            "tcp://" + target.host() + ":" + target.port(),
                            known,
                            List.of(),
                            false));
        }
        for (Discovery protocol : byLikelihood(target.port())) {
            List<FoundDevice> devices = answer(protocol, target);
            if (!devices.isEmpty()) {
                return devices;
            }
        }
        return List.of();
    }

    /** The protocol whose port it is alone; of a port that belongs to nobody every one. */
    private List<Discovery> byLikelihood(int port) {
        List<Discovery> owners =
                protocols.stream()
                        .filter(
                                protocol ->
                                        protocol.port() == port
                                                || protocol.otherPorts().contains(port))
                        .toList();
        return owners.isEmpty()
                ? protocols.stream()
                        .sorted(Comparator.comparingInt(Discovery::port).reversed())
                        .toList()
                : owners;
    }

    private List<FoundDevice> answer(Discovery protocol, Target target) {
        try {
            return protocol.at(target.host(), target.port(), limits.answerWithin())
                    .toCompletableFuture()
                    .get(4 * limits.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("{}:{} does not say who it is", target.host(), target.port(), e);
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
