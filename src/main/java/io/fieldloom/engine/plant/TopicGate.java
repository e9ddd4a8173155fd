package io.fieldloom.engine.plant;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.mapping.MappingEngine.Unavailable;
import io.fieldloom.engine.mqtt.BrokerLogin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no mapping publish to a topic of somebody else's broker that somebody else uses. A topic is
 * looked at once, before the first message: unused, it is let through; in use, its mapping waits
 * until a person agrees. Every way to a running mapping leads through here, edits, undo and a
 * change of the broker too. Without anybody to ask everything is let through: there starting the
 * command was the consent. Thread-safe.
 */
public final class TopicGate {
    private static final Logger LOG = LoggerFactory.getLogger(TopicGate.class);

    // One edit may bring many topics; they are looked at together.
    private static final long GATHER_MILLIS = 50;
    private static final long AGAIN_MILLIS = 5_000;

    private final Function<String, Optional<BrokerLogin>> logins;
    private final RetainedTopics retained;
    private final Consumer<Collection<String>> settled;
    private final ScheduledExecutorService pool;
    // A topic goes to one broker, so that each of these has it once.
    private final Map<String, BrokerUrl> open = new HashMap<>();
    private final Map<String, Wanted> wanted = new LinkedHashMap<>();
    private final Map<String, OccupiedTopic> occupied = new LinkedHashMap<>();
    private Runnable asks;
    private boolean lookIsDue;

    /** A topic that is about to be looked at, or is looked at now. */
    private record Wanted(String broker, BrokerUrl url) {}

    /**
     * @param logins how a broker of the project is reached
     * @param retained what Fieldloom itself left there
     * @param settled told the topics about which something is known by now
     */
    TopicGate(
            Function<String, Optional<BrokerLogin>> logins,
            RetainedTopics retained,
            Consumer<Collection<String>> settled,
            ScheduledExecutorService pool) {
        this.logins = logins;
        this.retained = retained;
        this.settled = settled;
        this.pool = pool;
    }

    /** Told whenever {@link #occupied()} changes; from now on topics are looked at. */
    public synchronized void askOf(Runnable listener) {
        asks = listener;
    }

    /** Those that wait for a person's word. */
    public synchronized List<OccupiedTopic> occupied() {
        return List.copyOf(occupied.values());
    }

    /** A person agreed. */
    public void agree(BrokerUrl url, Collection<String> topics) {
        synchronized (this) {
            for (String topic : topics) {
                open.put(topic, url);
                wanted.remove(topic);
                occupied.remove(topic);
            }
        }
        settled.accept(topics);
    }

    /** A run begins: what was in use is looked at again, for somebody may have left. */
    void begin() {
        synchronized (this) {
            occupied.clear();
        }
        tell();
    }

    /** Returns where a mapping may publish, else says why it waits. */
    synchronized void pass(String broker, BrokerUrl url, String topic) throws Unavailable {
        if (asks == null || url.equals(open.get(topic))) {
            return;
        }
        OccupiedTopic found = occupied.get(topic);
        if (found != null && found.url().equals(url)) {
            throw new Unavailable(found.words());
        }
        occupied.remove(topic);
        wanted.put(topic, new Wanted(broker, url));
        lookIn(GATHER_MILLIS);
        throw Unavailable.forNow(
                "waits until it is known whether somebody else uses the topic on " + broker);
    }

    /** Topics without a mapping lose what was agreed to: whoever has them then is asked about. */
    void apply(Change change) {
        Project design = change.after();
        boolean changed;
        synchronized (this) {
            int before = occupied.size();
            if (change.touched().everything()) {
                open.keySet().removeIf(topic -> !isUsed(design, topic));
                wanted.keySet().removeIf(topic -> !isUsed(design, topic));
                occupied.keySet().removeIf(topic -> !isUsed(design, topic));
            } else {
                for (String topic : change.touched().topics()) {
                    if (!isUsed(design, topic)) {
                        open.remove(topic);
                        wanted.remove(topic);
                        occupied.remove(topic);
                    }
                }
            }
            changed = occupied.size() != before;
        }
        if (changed) {
            tell();
        }
    }

    private static boolean isUsed(Project design, String topic) {
        Mapping mapping = design.mappings().get(topic);
        return mapping != null && mapping.enabled();
    }

    private void lookIn(long millis) {
        if (!lookIsDue) {
            lookIsDue = true;
            pool.schedule(this::look, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        Map<Wanted, List<String>> byBroker = new LinkedHashMap<>();
        synchronized (this) {
            wanted.forEach(
                    (topic, where) ->
                            byBroker.computeIfAbsent(where, any -> new ArrayList<>()).add(topic));
        }
        // What comes meanwhile is the next look's.
        CompletableFuture.allOf(
                        byBroker.entrySet().stream()
                                .map(each -> lookAt(each.getKey(), each.getValue()))
                                .toArray(CompletableFuture[]::new))
                .whenComplete((done, failure) -> looked(failure));
    }

    private CompletableFuture<Void> lookAt(Wanted place, List<String> topics) {
        Optional<BrokerLogin> login =
                logins.apply(place.broker()).filter(each -> each.url().equals(place.url()));
        if (login.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new IOException("there is no broker '" + place.broker() + "' any more"));
        }
        return TopicProbe.look(
                        login.get(),
                        topics,
                        message -> retained.isOurs(place.broker(), message),
                        pool)
                .thenAccept(found -> settle(place, topics, found));
    }

    private void settle(Wanted place, List<String> topics, Map<String, String> found) {
        List<String> known = new ArrayList<>();
        synchronized (this) {
            for (String topic : topics) {
                if (!wanted.remove(topic, place)) {
                    continue; // edited meanwhile
                }
                known.add(topic);
                String what = found.get(topic);
                if (what == null) {
                    open.put(topic, place.url());
                } else {
                    occupied.put(
                            topic, new OccupiedTopic(topic, place.broker(), place.url(), what));
                }
            }
        }
        settled.accept(known);
        if (!found.isEmpty()) {
            tell();
        }
    }

    /** A broker that could not be reached is looked at again. */
    private synchronized void looked(Throwable failure) {
        lookIsDue = false;
        if (failure != null) {
            LOG.debug("Topics cannot be looked at yet", Cause.of(failure));
        }
        if (!wanted.isEmpty()) {
            lookIn(failure == null ? GATHER_MILLIS : AGAIN_MILLIS);
        }
    }

    private void tell() {
        Runnable listener;
        synchronized (this) {
            listener = asks;
        }
        if (listener != null) {
            listener.run();
        }
    }
}
