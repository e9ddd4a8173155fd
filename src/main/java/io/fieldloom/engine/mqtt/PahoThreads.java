package io.fieldloom.engine.mqtt;

import io.fieldloom.domain.connection.BrokerUrl;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * How Paho is kept in bounds. Its threads inherit whether they are daemons from the thread that
 * starts them, and some of its calls wait without an end when the network hangs, so both happen on
 * daemon threads of their own.
 */
final class PahoThreads {
    /** The longest wait for TCP, and again for the TLS handshake. */
    static final int SOCKET_SECONDS = 4;

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(PahoThreads.class);

    /** Held, for the level would be forgotten with the logger; losses are told through failures. */
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

    static {
        PAHO.setLevel(Level.OFF);
    }

    private PahoThreads() {}

    /** A call of Paho's. */
    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs a call that may fail because the connection is on its way out, which is no news. */
    static void quietly(Call call) {
        try {
            call.run();
        } catch (Exception e) {
            LOG.debug("An MQTT connection did not end cleanly", e);
        }
    }

    /** Runs a call and waits for it, but not longer than that. */
    static void finish(String name, Call call, Duration atMost) {
        CountDownLatch done = new CountDownLatch(1);
        start(
                name,
                () -> {
                    quietly(call);
                    done.countDown();
                });
        try {
            if (!done.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("{} did not end within {}", name, atMost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Paho's spelling of a broker's URL. A host that is no host name to Java, for an underscore
     * such as container networks have, is resolved here: Paho would break into a class of Java's
     * for it.
     */
    static String uri(BrokerUrl url) throws UnknownHostException {
        String scheme =
                switch (url.scheme()) {
                    case "mqtt" -> "tcp";
                    case "mqtts" -> "ssl";
                    default -> url.scheme();
                };
        String rest = ":" + url.port() + url.path();
        String plain = scheme + "://" + url.host() + rest;
        if (URI.create(plain).getHost() != null) {
            return plain;
        }
        String address = InetAddress.getByName(url.host()).getHostAddress();
        return scheme + "://" + (address.contains(":") ? "[" + address + "]" : address) + rest;
    }

    /** The one pending ping of a connection. */
    static final class Timer {
        private final ScheduledExecutorService pool;
        private ScheduledFuture<?> pending;

        Timer(ScheduledExecutorService pool) {
            this.pool = pool;
        }

        synchronized void in(long delayMillis, Runnable task) {
            stop();
            try {
                pending = pool.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("No more pings: the program ends", e);
            }
        }

        synchronized void stop() {
            if (pending != null) {
                pending.cancel(false);
                pending = null;
            }
        }
    }
}
