package io.fieldloom.engine.plant;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the computer slept or that its network changed, and says so once each time: links
 * that look alive may be dead then, and those that wait need not wait any longer.
 */
final class WakeWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WakeWatch.class);
    private static final long BEAT_MILLIS = 1_000;
    private static final Duration SLEPT = Duration.ofSeconds(5);

    private final LongSupplier wallMillis;
    private final Supplier<Set<String>> network;
    private final Runnable woken;
    private final ScheduledFuture<?> beat;
    private long last;
    private Set<String> addresses;

    WakeWatch(ScheduledExecutorService timer, Runnable woken) {
        this(timer, System::currentTimeMillis, WakeWatch::addressesUp, woken);
    }

    /** With clock and network of a test. */
    WakeWatch(
            ScheduledExecutorService timer,
            LongSupplier wallMillis,
            Supplier<Set<String>> network,
            Runnable woken) {
        this.wallMillis = wallMillis;
        this.network = network;
        this.woken = woken;
        this.last = wallMillis.getAsLong();
        this.addresses = network.get();
        this.beat =
                timer.scheduleWithFixedDelay(
                        this::look, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    void look() {
        long now = wallMillis.getAsLong();
        Set<String> seen = network.get();
        boolean slept = now - last > BEAT_MILLIS + SLEPT.toMillis();
        boolean moved = !seen.equals(addresses);
        last = now;
        addresses = seen;
        if (slept || moved) {
            LOG.info(
                    "{}; every link is tested again",
                    slept ? "The computer slept" : "The network changed");
            woken.run();
        }
    }

    private static Set<String> addressesUp() {
        Set<String> found = new TreeSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .filter(WakeWatch::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(address -> found.add(address.getHostAddress()));
        } catch (SocketException e) {
            LOG.debug("The network's interfaces cannot be listed", e);
        }
        return found;
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (SocketException e) {
            LOG.debug("{} does not tell its state", each.getName(), e);
            return false;
        }
    }

    @Override
    public void close() {
        beat.cancel(false);
    }
}
