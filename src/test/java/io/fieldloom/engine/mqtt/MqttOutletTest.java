package io.fieldloom.engine.mqtt;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.broker.EmbeddedBroker;
import io.fieldloom.engine.outlet.Drops;
import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.outlet.PublicationQueue;
import io.fieldloom.engine.security.Home;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttOutletTest {
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(4);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    @TempDir Path folder;
    private EmbeddedBroker broker;
    private int port;
    private MqttOutlet outlet;

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        broker = new EmbeddedBroker(new Home(folder), pool);
        broker.addTap((client, message) -> seen.add(new String(message.payload())));
    }

    @AfterEach
    void stop() {
        if (outlet != null) {
            outlet.close();
        }
        broker.close();
        pool.shutdownNow();
    }

    private MqttOutlet outlet(int mqtt, PublicationQueue.Bounds bounds) {
        BrokerUrl url = new BrokerUrl("mqtt", "127.0.0.1", port, "");
        BrokerLogin login =
                new BrokerLogin("plant", url, null, null, null, null, null, null, mqtt, false);
        outlet = new MqttOutlet(login, SessionSettings.DEFAULT, bounds, pool);
        return outlet;
    }

    private static Publication publication(int number, int qos) {
        return new Publication("acme/t", String.valueOf(number).getBytes(), qos, false, null, 0);
    }

    // A value of a topic that was deleted meanwhile would be retained there for ever.
    @Test
    void whatWaitsForATopicThatIsGoneIsNeitherSentNorForgottenInTheCount() throws Exception {
        outlet(5, PublicationQueue.Bounds.DEFAULT).open();
        await().until(() -> outlet.state().link() == OutletState.Link.DOWN);
        for (int number = 0; number < 4; number++) {
            String topic = number % 2 == 0 ? "acme/gone" : "acme/t";
            outlet.offer(
                    new Publication(topic, String.valueOf(number).getBytes(), 1, true, null, 0));
        }
        outlet.withdraw(Set.of("acme/gone", "acme/never"));
        assertThat(outlet.state().queued()).isEqualTo(2);
        assertThat(outlet.state().drops()).isEqualTo(new Drops(0, 0, 2));

        broker.start(port, true).get(60, SECONDS);
        await().atMost(Duration.ofSeconds(60)).until(() -> seen.size() >= 2);
        assertThat(outlet.drain(Duration.ofSeconds(20))).isTrue();
        assertThat(seen).containsExactly("1", "3");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void everythingArrivesInOrderWhateverTheQos(int mqtt) throws Exception {
        broker.start(port, true).get(60, SECONDS);
        outlet(mqtt, PublicationQueue.Bounds.DEFAULT).open().get(10, SECONDS);
        for (int number = 0; number < 3_000; number++) {
            outlet.offer(publication(number, number % 3));
        }
        assertThat(outlet.drain(Duration.ofSeconds(20))).isTrue();
        await().until(() -> seen.size() == 3_000);
        assertThat(seen).isEqualTo(numbers(3_000));
        OutletState state = outlet.state();
        assertThat(state.delivered()).isEqualTo(3_000);
        assertThat(state.taken()).isEqualTo(3_000);
        assertThat(state.dropped() + state.failed() + state.queued()).isZero();
        assertThat(state.queuedBytes()).isZero();
    }

    private static List<String> numbers(int count) {
        return java.util.stream.IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    // The promise that a commissioning engineer relies on: an outage loses no QoS 1 or 2 message.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aBrokerThatIsStoppedAndStartedAgainGetsEverythingInOrder(int qos) throws Exception {
        broker.start(port, true).get(60, SECONDS);
        outlet(5, PublicationQueue.Bounds.DEFAULT).open().get(10, SECONDS);
        AtomicInteger next = new AtomicInteger();
        var feed =
                pool.scheduleAtFixedRate(
                        () -> {
                            for (int i = 0; i < 20; i++) {
                                outlet.offer(publication(next.getAndIncrement(), qos));
                            }
                        },
                        0,
                        5,
                        java.util.concurrent.TimeUnit.MILLISECONDS);
        await().until(() -> seen.size() > 500);
        broker.stop().get(20, SECONDS);
        await().until(() -> outlet.state().link() == Link.DOWN);
        assertThat(outlet.state().reason()).isNotEmpty();
        await().until(() -> outlet.state().queued() > 500);
        broker.start(port, true).get(20, SECONDS);
        await().atMost(Duration.ofSeconds(5)).until(() -> outlet.state().link() == Link.UP);
        feed.cancel(false);
        assertThat(outlet.drain(Duration.ofSeconds(20))).isTrue();
        await().until(() -> seen.contains(String.valueOf(next.get() - 1)));
        assertThat(withoutRepeats(seen)).isEqualTo(numbers(next.get()));
        assertThat(outlet.state().dropped()).isZero();
        assertThat(outlet.state().delivered()).isEqualTo(next.get());
    }

    /** A message whose acknowledgement was lost comes twice; never an old one after a new one. */
    static List<String> withoutRepeats(List<String> arrived) {
        return arrived.stream().distinct().toList();
    }

    @Test
    void aFullQueueDropsTheOldestAndCountsThem() throws Exception {
        outlet(5, new PublicationQueue.Bounds(100, 1_000_000)).open();
        for (int number = 0; number < 250; number++) {
            outlet.offer(publication(number, 1));
        }
        outlet.offer(publication(-1, 0));
        OutletState state = outlet.state();
        assertThat(state.taken()).isEqualTo(251);
        assertThat(state.drops()).isEqualTo(new Drops(150, 1, 0));
        assertThat(state.queued()).isEqualTo(100);
        assertThat(outlet.drain(Duration.ofMillis(50))).isFalse();

        broker.start(port, true).get(60, SECONDS);
        assertThat(outlet.drain(Duration.ofSeconds(10))).isTrue();
        assertThat(seen).hasSize(100).startsWith("150").endsWith("249");
    }

    @Test
    void whatIsQueuedAtTheEndIsCountedAsDropped() {
        outlet(5, PublicationQueue.Bounds.DEFAULT).open();
        for (int number = 0; number < 10; number++) {
            outlet.offer(publication(number, 1));
        }
        outlet.close();
        outlet.close();
        assertThat(outlet.state().drops()).isEqualTo(new Drops(0, 0, 10));
        assertThat(outlet.state().link()).isEqualTo(Link.CLOSED);
    }

    // A broker's address is corrected while its messages wait: they are for the broker, not the
    // address.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anotherOutletGetsWhatWaitsAndWhatStillComes(int qos) throws Exception {
        int live = port;
        port = 1; // nobody listens there
        MqttOutlet old = outlet(5, PublicationQueue.Bounds.DEFAULT);
        old.open();
        for (int number = 0; number < 2_000; number++) {
            old.offer(publication(number, qos));
        }
        port = live;
        outlet(5, PublicationQueue.Bounds.DEFAULT);

        old.handOver(outlet);
        for (int number = 2_000; number < 2_100; number++) {
            old.offer(publication(number, qos));
        }
        old.close();
        broker.start(port, true).get(60, SECONDS);
        outlet.open().get(10, SECONDS);

        assertThat(outlet.drain(Duration.ofSeconds(20))).isTrue();
        await().until(() -> seen.size() == 2_100);
        assertThat(seen).isEqualTo(numbers(2_100));
        assertThat(old.state().dropped() + old.state().queued()).isZero();
        assertThat(outlet.state().dropped()).isZero();
        assertThat(old.state().link()).isEqualTo(Link.CLOSED);
    }

    @Test
    void theTapFindsTheSampleThatAMessageCameFrom() throws Exception {
        List<OptionalLong> arrived = new CopyOnWriteArrayList<>();
        MqttOutlet own = outlet(5, PublicationQueue.Bounds.DEFAULT);
        own.matchArrivals();
        broker.addTap(
                (client, message) -> {
                    if (client.equals(own.clientId())) {
                        arrived.add(own.arrivedAtBroker(message.topic()));
                    }
                });
        broker.start(port, true).get(60, SECONDS);
        own.open().get(10, SECONDS);
        own.connection().publish(publication(0, 1)).get(10, SECONDS);
        own.offer(new Publication("acme/a", new byte[0], 1, false, null, 11));
        own.offer(new Publication("acme/b", new byte[0], 0, false, null, 12));
        own.offer(new Publication("acme/a", new byte[0], 2, false, null, 13));
        await().until(() -> arrived.size() == 4);
        assertThat(arrived)
                .containsExactly(
                        OptionalLong.empty(),
                        OptionalLong.of(11),
                        OptionalLong.of(12),
                        OptionalLong.of(13));
    }
}
