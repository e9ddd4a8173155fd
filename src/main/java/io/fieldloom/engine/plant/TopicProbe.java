package io.fieldloom.engine.plant;

import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.MqttConnection;
import io.fieldloom.engine.mqtt.MqttFailure;
import io.fieldloom.engine.mqtt.MqttListener;
import io.fieldloom.engine.mqtt.SessionSettings;
import io.fieldloom.engine.mqtt.Subscription;
import io.fieldloom.engine.traffic.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One short look at some topics of a broker: is there a retained message or live traffic that is
 * not ours? It ends a second after the last retained message came, ten at most.
 */
final class TopicProbe implements MqttListener {
    /** Beyond so many the first levels are asked for, for brokers limit subscriptions. */
    private static final int MOST_FILTERS = 200;

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long BEAT_MILLIS = 100;
    private static final int LONGEST_SHOWN = 40;

    private final Set<String> topics;
    private final Predicate<Message> isOurs;
    private final ScheduledExecutorService pool;
    private final Map<String, String> found = new ConcurrentHashMap<>();
    private final CompletableFuture<Map<String, String>> done = new CompletableFuture<>();
    private volatile long lastKept;

    private TopicProbe(
            Collection<String> topics, Predicate<Message> isOurs, ScheduledExecutorService pool) {
        this.topics = Set.copyOf(topics);
        this.isOurs = isOurs;
        this.pool = pool;
    }

    /**
     * Looks; returns at once.
     *
     * @return completes with what lies at those of the topics that somebody else uses, in words;
     *     fails where the broker cannot be reached
     */
    static CompletableFuture<Map<String, String>> look(
            BrokerLogin login,
            Collection<String> topics,
            Predicate<Message> isOurs,
            ScheduledExecutorService pool) {
        TopicProbe probe = new TopicProbe(topics, isOurs, pool);
        // A client id of its own: the design's belongs to the outlet.
        MqttConnection connection =
                new MqttConnection(login.withClientId(null), SessionSettings.DEFAULT, probe, pool);
        connection
                .open()
                .thenCompose(up -> probe.subscribe(connection))
                .thenRun(probe::listen)
                .exceptionally(
                        failure -> {
                            probe.done.completeExceptionally(Cause.of(failure));
                            return null;
                        });
        return probe.done.whenComplete((result, failure) -> pool.execute(connection::close));
    }

    /** The topics themselves, or their roots where they are too many. */
    static Collection<String> filters(Collection<String> topics) {
        return topics.size() <= MOST_FILTERS
                ? topics
                : topics.stream()
                        .map(topic -> Topic.root(topic) + "/#")
                        .collect(Collectors.toSet());
    }

    private CompletableFuture<Void> subscribe(MqttConnection connection) {
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (String filter : filters(topics)) {
            answers.add(
                    connection
                            .subscribe(new Subscription(filter, 0))
                            .exceptionally(failure -> refused(filter, Cause.of(failure))));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    /** What nobody can look at may be in use. */
    private Void refused(String filter, Throwable failure) {
        boolean isRefusal =
                failure instanceof MqttFailure known
                        && known.kind() == MqttFailure.Kind.SUBSCRIPTION_REFUSED;
        if (!isRefusal) {
            done.completeExceptionally(failure);
        } else {
            topics.stream()
                    .filter(topic -> Topic.covers(filter, topic))
                    .forEach(topic -> found.put(topic, "does not let Fieldloom see what lies"));
        }
        return null;
    }

    private void listen() {
        long begin = System.nanoTime();
        lastKept = begin;
        look(begin);
    }

    private void look(long begin) {
        long now = System.nanoTime();
        if (now - lastKept >= QUIET_NANOS || now - begin >= MOST_NANOS) {
            done.complete(Map.copyOf(found));
        } else {
            pool.schedule(() -> look(begin), BEAT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void received(Message message) {
        if (message.retained()) {
            lastKept = System.nanoTime();
        }
        boolean isForeign =
                message.payload().length > 0
                        && topics.contains(message.topic())
                        && !isOurs.test(message);
        if (isForeign) {
            String verb = message.retained() ? "keeps " : "carries ";
            found.putIfAbsent(message.topic(), verb + shown(message.payload()));
        }
    }

    private static String shown(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        if (text.chars().anyMatch(c -> c == '\uFFFD' || c < ' ' && !Character.isWhitespace(c))) {
            return payload.length + " bytes";
        }
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
    }
}
