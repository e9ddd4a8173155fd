package io.fieldloom.engine.plant;

import io.fieldloom.domain.connection.Broker;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.broker.EmbeddedBroker;
import io.fieldloom.engine.broker.Tap;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.LinkState;
import io.fieldloom.engine.mqtt.MqttConnection;
import io.fieldloom.engine.mqtt.MqttListener;
import io.fieldloom.engine.mqtt.SessionSettings;
import io.fieldloom.engine.mqtt.Subscription;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.traffic.Message;
import io.fieldloom.engine.traffic.TopicView;
import io.fieldloom.engine.traffic.TrafficStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the traffic of one broker at a time: the embedded one through its tap, another through a
 * subscription. On another broker the design's own roots come first, for brokers refuse or choke on
 * {@code #}; more is watched when a person asks. Thread-safe; no method waits for the network.
 */
public final class TrafficWatch implements AutoCloseable {
    /** The filter that covers everything but the broker's own topics. */
    public static final String EVERYTHING = "#";

    private static final Logger LOG = LoggerFactory.getLogger(TrafficWatch.class);
    private static final int QOS = 1;

    private final Plant plant;
    private final ScheduledExecutorService pool;
    private final TrafficStore store;
    private final Tap tap;
    private String broker = Broker.EMBEDDED;
    private MqttConnection connection;
    private final Set<String> filters = new LinkedHashSet<>();
    private String refusal = "";

    /**
     * What is watched, and how it stands.
     *
     * @param broker the broker's name
     * @param address host and port, or what to say where there is none
     * @param link whether it is there
     * @param reason why it is not, and what to try; empty when it is
     * @param nextAttempt when it is tried again; null while it is there, or nothing is tried
     * @param filters what is subscribed; {@code #} for the embedded broker
     * @param refusal why the newest filter that was asked for is not among them; empty when it is
     */
    public record State(
            String broker,
            String address,
            Link link,
            String reason,
            Instant nextAttempt,
            List<String> filters,
            String refusal) {
        public State {
            filters = List.copyOf(filters);
        }

        public boolean watchesEverything() {
            return filters.contains(EVERYTHING);
        }
    }

    public TrafficWatch(Plant plant) {
        this.plant = plant;
        pool = Executors.newScheduledThreadPool(2, PlantThreads.named("traffic"));
        store = new TrafficStore(pool);
        tap = (clientId, message) -> store.record(message);
        plant.onWake(this::test);
    }

    public TrafficStore store() {
        return store;
    }

    /** Watches a broker of the project from now on; what was seen of another is forgotten. */
    public synchronized void watch(String name) {
        stop();
        store.clear();
        broker = name;
        if (plant.outlets().isEmbedded(name)) {
            filters.add(EVERYTHING);
            plant.broker().addTap(tap);
            return;
        }
        Optional<BrokerLogin> login = plant.outlets().login(name);
        if (login.isEmpty()) {
            LOG.warn("There is no broker '{}' to watch", name);
            return;
        }
        boolean saysKept = login.get().mqtt() == 5;
        // A client id of its own: the design's belongs to the outlet.
        connection =
                new MqttConnection(
                        login.get().withClientId(null),
                        SessionSettings.DEFAULT,
                        new MqttListener() {
                            @Override
                            public void received(Message message) {
                                store.record(saysKept ? message : deletion(message));
                            }
                        },
                        pool);
        roots(plant.project(), name).forEach(this::subscribe);
        connection.open().exceptionally(TrafficWatch::told);
    }

    /**
     * In MQTT 3.1.1 a live message does not say that it deletes what is kept. An empty one where
     * something is kept does nothing else.
     */
    private Message deletion(Message live) {
        boolean deletes =
                live.payload().length == 0
                        && store.topic(live.topic()).filter(TopicView::retained).isPresent();
        return deletes
                ? new Message(
                        live.time(),
                        live.topic(),
                        live.payload(),
                        live.qos(),
                        true,
                        live.duplicate(),
                        live.origin())
                : live;
    }

    /** The first levels of what the design publishes to a broker, as filters. */
    static Set<String> roots(Project project, String broker) {
        return roots(project, broker, project.mappings().keySet());
    }

    /**
     * Follows an edit: what is designed from now on is watched too, or nobody would be told that
     * its topics are in use already.
     */
    public synchronized void apply(Change change) {
        if (connection != null) {
            Project design = change.after();
            Set<String> roots =
                    change.touched().everything()
                            ? roots(design, broker)
                            : roots(design, broker, change.touched().topics());
            roots.forEach(this::subscribe);
        }
    }

    private static Set<String> roots(Project design, String broker, Collection<String> topics) {
        Set<String> roots = new LinkedHashSet<>();
        for (String topic : topics) {
            Mapping mapping = design.mappings().get(topic);
            if (mapping != null
                    && design.brokerOf(mapping).equals(broker)
                    && Topic.fault(topic).isEmpty()) {
                roots.add(Topic.root(topic) + "/#");
            }
        }
        return roots;
    }

    /** Watches a filter besides those that are watched. The embedded broker shows all anyway. */
    public synchronized void add(String filter) {
        if (connection != null) {
            subscribe(filter);
        }
    }

    private void subscribe(String filter) {
        if (filters.stream().anyMatch(each -> Topic.covers(each, filter))) {
            return;
        }
        filters.add(filter);
        refusal = "";
        MqttConnection asked = connection;
        asked.subscribe(new Subscription(filter, QOS, true))
                .thenRun(() -> granted(asked, filter))
                .exceptionally(
                        failure -> {
                            refused(asked, filter, failure);
                            return told(failure);
                        });
    }

    /** A broker may send what two filters cover twice, so a wide one stands for the narrow ones. */
    private synchronized void granted(MqttConnection by, String filter) {
        if (by == connection) {
            List<String> narrow =
                    filters.stream()
                            .filter(each -> !each.equals(filter) && Topic.covers(filter, each))
                            .toList();
            narrow.forEach(by::unsubscribe);
            narrow.forEach(filters::remove);
        }
    }

    private synchronized void refused(MqttConnection by, String filter, Throwable failure) {
        if (by == connection) {
            filters.remove(filter);
            refusal = filter + ": " + words(failure);
        }
    }

    private static Void told(Throwable failure) {
        LOG.warn("{}", words(failure));
        return null;
    }

    private static String words(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage();
    }

    public synchronized State state() {
        Optional<BrokerUrl> url = plant.outlets().url(broker);
        String address = url.map(each -> each.host() + ":" + each.port()).orElse("not running");
        List<String> watched = new ArrayList<>(filters);
        if (connection == null) {
            Link link = embeddedLink();
            return new State(
                    broker,
                    address,
                    link,
                    link == Link.DOWN ? "The broker is not running; see the log" : "",
                    null,
                    watched,
                    "");
        }
        LinkState now = connection.state();
        return new State(
                broker, address, now.link(), now.reason(), now.nextAttempt(), watched, refusal);
    }

    /** Tests the link again, after the computer slept or the network changed. */
    private synchronized void test() {
        if (connection != null) {
            connection.test();
        }
    }

    private Link embeddedLink() {
        if (plant.broker().url().isPresent() && !filters.isEmpty()) {
            return Link.UP;
        }
        // Nothing is watched before the start has come so far.
        boolean starting =
                filters.isEmpty() || plant.broker().state() == EmbeddedBroker.State.STARTING;
        return starting ? Link.CONNECTING : Link.DOWN;
    }

    private void stop() {
        filters.clear();
        refusal = "";
        plant.broker().removeTap(tap);
        MqttConnection old = connection;
        connection = null;
        if (old != null) {
            pool.execute(old::close);
        }
    }

    @Override
    public synchronized void close() {
        stop();
        pool.shutdown();
    }
}
