package io.fieldloom.engine.mqtt;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Finds out whether a broker takes a login: connects once and takes leave. */
public final class BrokerProbe {
    private static final MqttListener DEAF = new MqttListener() {};

    private BrokerProbe() {}

    /**
     * Tries a login; returns at once.
     *
     * @return completes with what was found, in words; fails with an {@link MqttFailure} that says
     *     why not and what to try, after ten seconds at the latest
     */
    public static CompletableFuture<String> test(BrokerLogin login, ScheduledExecutorService pool) {
        // An id of its own: a second client of the design's id would end the one that works.
        BrokerLogin own =
                login.clientId() == null ? login : login.withClientId(login.clientId() + "-test");
        MqttConnection connection = new MqttConnection(own, SessionSettings.DEFAULT, DEAF, pool);
        long begin = System.nanoTime();
        return connection
                .open()
                .thenApply(up -> words(login, System.nanoTime() - begin))
                .whenComplete((words, failure) -> pool.execute(connection::close));
    }

    private static String words(BrokerLogin login, long nanos) {
        String whom = login.user() == null ? "without a user" : "as " + login.user();
        String safe = "";
        if (login.url().isEncrypted()) {
            safe = login.insecure() ? ", its certificate was not checked" : ", encrypted";
        } else if (login.user() != null && !login.url().isLoopback()) {
            safe = ", not encrypted: the password can be read on the network";
        }
        return "Connected to "
                + login.url().text()
                + " "
                + whom
                + ", MQTT "
                + (login.mqtt() == 5 ? "5" : "3.1.1")
                + ", in "
                + TimeUnit.NANOSECONDS.toMillis(nanos)
                + " ms"
                + safe;
    }
}
