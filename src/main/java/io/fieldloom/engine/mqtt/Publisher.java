package io.fieldloom.engine.mqtt;

import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.outlet.Publication;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * Publishes single messages by hand, apart from the mappings: each broker gets a connection of its
 * own at its first message, which stays for the next. Thread-safe; nothing waits.
 */
public final class Publisher implements AutoCloseable {
    private static final MqttListener DEAF = new MqttListener() {};

    private final Function<String, BrokerLogin> logins;
    private final ScheduledExecutorService pool;
    private final Map<String, MqttConnection> connections = new HashMap<>();
    private boolean closed;

    /**
     * @param logins how to log in at a broker of that name; may wait, and throws where there is no
     *     such broker
     * @param pool runs connections and waits
     */
    public Publisher(Function<String, BrokerLogin> logins, ScheduledExecutorService pool) {
        this.logins = logins;
        this.pool = pool;
    }

    /**
     * Sends one message.
     *
     * @param broker its name in the project
     * @return the broker's reason code, see {@link #words}; fails with an {@link MqttFailure}
     */
    public CompletionStage<Integer> send(String broker, Publication publication) {
        return CompletableFuture.supplyAsync(() -> connection(broker), pool)
                .thenCompose(
                        connection ->
                                connection
                                        .open()
                                        .thenCompose(up -> connection.publish(publication)));
    }

    private MqttConnection connection(String broker) {
        BrokerLogin login = logins.apply(broker);
        MqttConnection old;
        MqttConnection fresh;
        synchronized (connections) {
            if (closed) {
                throw new IllegalStateException("Fieldloom is closing");
            }
            old = connections.get(broker);
            if (old != null && isOfUse(old, login)) {
                return old;
            }
            fresh = new MqttConnection(own(login), SessionSettings.DEFAULT, DEAF, pool);
            connections.put(broker, fresh);
        }
        if (old != null) {
            old.close();
        }
        return fresh;
    }

    private static boolean isOfUse(MqttConnection connection, BrokerLogin login) {
        Link link = connection.state().link();
        return (link == Link.UP || link == Link.CONNECTING)
                && connection.login().url().equals(login.url());
    }

    /** The mappings hold the design's client id, and a second client of that id would end them. */
    private static BrokerLogin own(BrokerLogin login) {
        return login.clientId() == null ? login : login.withClientId(login.clientId() + "-publish");
    }

    /** Drops the connection to a broker whose login was changed. */
    public void forget(String broker) {
        MqttConnection gone;
        synchronized (connections) {
            gone = connections.remove(broker);
        }
        if (gone != null) {
            pool.execute(gone::close);
        }
    }

    /** What a broker's reason code says, for a person. */
    public static String words(int code) {
        return switch (code) {
            case 0 -> "the broker took it";
            case 16 -> "the broker took it; nobody subscribes to that topic";
            default ->
                    code < 128
                            ? "the broker took it (reason code " + code + ")"
                            : "the broker refused it: " + FailureWords.reason(code);
        };
    }

    /** Takes leave of all brokers; waits two seconds at most for each. */
    @Override
    public void close() {
        Map<String, MqttConnection> all;
        synchronized (connections) {
            closed = true;
            all = Map.copyOf(connections);
            connections.clear();
        }
        all.values().forEach(MqttConnection::close);
    }
}
