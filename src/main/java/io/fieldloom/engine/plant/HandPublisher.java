package io.fieldloom.engine.plant;

import io.fieldloom.engine.SerialLane;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.MqttConnection;
import io.fieldloom.engine.mqtt.MqttListener;
import io.fieldloom.engine.mqtt.SessionSettings;
import io.fieldloom.engine.outlet.Publication;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Messages that a person sends, apart from the mappings: one connection a broker, opened when it is
 * first used. Thread-safe; no method but {@link #close()} waits for the network.
 */
public final class HandPublisher implements AutoCloseable {
    /** Reason codes from here on are refusals (MQTT 5.0, 2.4). */
    private static final int REFUSED = 128;

    private final Plant plant;
    private final ScheduledExecutorService pool =
            Executors.newScheduledThreadPool(2, PlantThreads.named("publish"));
    private final SerialLane lane = new SerialLane(pool);
    private final Map<String, Line> lines = new HashMap<>();

    private record Line(
            BrokerLogin login, MqttConnection connection, CompletableFuture<Void> opened) {}

    public HandPublisher(Plant plant) {
        this.plant = plant;
    }

    /**
     * Sends one message to a broker of the project.
     *
     * @return the broker's reason code; fails with an {@code MqttFailure}, or with an {@link
     *     IOException} where there is no such broker
     */
    public CompletionStage<Integer> send(String broker, Publication publication) {
        return CompletableFuture.supplyAsync(() -> line(broker), lane)
                .thenCompose(
                        line ->
                                line.opened()
                                        .thenCompose(
                                                done -> line.connection().publish(publication)))
                .thenApply(code -> taken(broker, publication, code));
    }

    private int taken(String broker, Publication publication, int code) {
        if (code < REFUSED) {
            plant.outlets().retained().delivered(broker, publication);
        }
        return code;
    }

    /** Looking the login up reads files, and waits while mappings take leave of their brokers. */
    private Line line(String broker) {
        BrokerLogin login =
                plant.outlets()
                        .login(broker)
                        .orElseThrow(
                                () ->
                                        new CompletionException(
                                                new IOException(
                                                        "there is no broker '"
                                                                + broker
                                                                + "' to publish to")));
        synchronized (this) {
            Line line = lines.get(broker);
            boolean serves = line != null && isSame(line.login(), login);
            return serves ? line : open(broker, login, line);
        }
    }

    private static boolean isSame(BrokerLogin one, BrokerLogin other) {
        return one.url().equals(other.url())
                && Objects.equals(one.user(), other.user())
                && Arrays.equals(one.password(), other.password());
    }

    private Line open(String broker, BrokerLogin login, Line old) {
        if (old != null) {
            pool.execute(old.connection()::close);
        }
        // A client id of its own: the design's belongs to the outlet.
        MqttConnection connection =
                new MqttConnection(
                        login.withClientId(null),
                        SessionSettings.DEFAULT,
                        new MqttListener() {},
                        pool);
        Line line = new Line(login, connection, connection.open());
        lines.put(broker, line);
        line.opened().whenComplete((done, failure) -> forgetFailed(broker, line, failure));
        return line;
    }

    /** The next message tries anew, with what was corrected meanwhile. */
    private synchronized void forgetFailed(String broker, Line line, Throwable failure) {
        if (failure != null && lines.remove(broker, line)) {
            pool.execute(line.connection()::close);
        }
    }

    @Override
    public synchronized void close() {
        lines.values().forEach(line -> line.connection().close());
        lines.clear();
        pool.shutdown();
    }
}
