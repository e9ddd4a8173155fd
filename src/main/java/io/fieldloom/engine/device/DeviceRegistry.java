package io.fieldloom.engine.device;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;

/**
 * The links to the devices of the open project, one a device. It follows the project's changes: a
 * device whose way to connect differs gets its session replaced, the others are left alone.
 * Thread-safe; no method waits for the network.
 */
public final class DeviceRegistry implements AutoCloseable {
    /** Decides where a device is reached: the real one, or its simulator. */
    @FunctionalInterface
    public interface Resolver {
        /**
         * What a session to the device is opened with.
         *
         * @throws MalformedException with the reason when it cannot be connected at all
         */
        SessionRequest resolve(Device device);
    }

    private final List<Driver> drivers;
    private final Resolver resolver;
    private final ExecutorService pool;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Map<String, DeviceLink> links = new LinkedHashMap<>();
    private final Map<String, String> faults = new LinkedHashMap<>();
    private final Set<BiConsumer<DeviceLink, LinkState>> listeners = new CopyOnWriteArraySet<>();
    private final Map<String, Device> designs = new LinkedHashMap<>();
    private boolean started;

    public DeviceRegistry(
            List<Driver> drivers,
            Resolver resolver,
            ExecutorService pool,
            ScheduledExecutorService timer,
            Clock clock) {
        this.drivers = List.copyOf(drivers);
        this.resolver = resolver;
        this.pool = pool;
        this.timer = timer;
        this.clock = clock;
    }

    /** Makes a link for every device of a project. Nothing connects before {@link #start()}. */
    public synchronized void load(Project project) {
        close();
        project.devices().values().forEach(this::put);
    }

    /** Connects every device and keeps it so, those added later too. Idempotent. */
    public synchronized void start() {
        started = true;
        links.values().forEach(DeviceLink::start);
        for (Device device : List.copyOf(designs.values())) {
            if (!links.containsKey(device.name())) {
                put(device);
            }
        }
    }

    /** Told of every change of every link, on the links' lanes. Returns the way to unsubscribe. */
    public Runnable onState(BiConsumer<DeviceLink, LinkState> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Follows an edit of the project. */
    public synchronized void apply(Change change) {
        if (change.touched().everything()) {
            boolean wasStarted = started;
            load(change.after());
            if (wasStarted) {
                start();
            }
            return;
        }
        for (String name : change.touched().devices()) {
            Device device = change.after().devices().get(name);
            if (device == null) {
                remove(name);
            } else if (connectsAlike(change.before().devices().get(name), device)) {
                designs.put(name, device);
            } else {
                put(device);
            }
        }
    }

    /** Connects a device anew, after its simulator, password or trust has changed. */
    public synchronized void refresh(Device device) {
        put(device);
    }

    private static boolean connectsAlike(Device before, Device after) {
        return before != null
                && before.endpoint().equals(after.endpoint())
                && Objects.equals(before.security(), after.security())
                && before.login().equals(after.login())
                && before.use() == after.use()
                && Objects.equals(before.simulator(), after.simulator());
    }

    private void put(Device device) {
        String name = device.name();
        designs.put(name, device);
        SessionRequest request;
        Driver driver;
        try {
            request = resolver.resolve(device);
            driver = driver(request);
        } catch (MalformedException e) {
            drop(name);
            // Before the start nothing is amiss yet: its simulator may still be starting.
            if (started) {
                faults.put(name, e.getMessage());
            }
            return;
        }
        faults.remove(name);
        DeviceLink link = links.get(name);
        if (link != null && link.driver() == driver) {
            link.use(request);
            return;
        }
        drop(name);
        DeviceLink fresh = new DeviceLink(driver, request, pool, timer, clock);
        fresh.onState(state -> listeners.forEach(each -> each.accept(fresh, state)));
        links.put(name, fresh);
        if (started) {
            fresh.start();
        }
    }

    private Driver driver(SessionRequest request) {
        return drivers.stream()
                .filter(driver -> driver.speaks(request.endpoint().scheme()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new MalformedException(
                                        request.endpoint().scheme()
                                                + " is not spoken by this version of Fieldloom"));
    }

    private void remove(String name) {
        designs.remove(name);
        drop(name);
    }

    private void drop(String name) {
        DeviceLink link = links.remove(name);
        faults.remove(name);
        if (link != null) {
            link.close();
        }
    }

    public synchronized Optional<DeviceLink> link(String device) {
        return Optional.ofNullable(links.get(device));
    }

    public synchronized Collection<DeviceLink> links() {
        return new ArrayList<>(links.values());
    }

    /** Why a device has no link at all, or empty. */
    public synchronized Optional<String> fault(String device) {
        return Optional.ofNullable(faults.get(device));
    }

    /**
     * Disconnects every device. Idempotent.
     *
     * @return completes when all sessions are closed, within two seconds
     */
    public synchronized CompletionStage<Void> stop() {
        started = false;
        CompletableFuture<?>[] closing =
                links.values().stream()
                        .map(link -> link.stop().toCompletableFuture())
                        .toArray(CompletableFuture[]::new);
        links.values().forEach(DeviceLink::close);
        links.clear();
        faults.clear();
        designs.clear();
        return CompletableFuture.allOf(closing);
    }

    @Override
    public void close() {
        stop();
    }
}
