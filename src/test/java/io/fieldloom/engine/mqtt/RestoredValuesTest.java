package io.fieldloom.engine.mqtt;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.broker.EmbeddedBroker;
import io.fieldloom.engine.outlet.LastValues;
import io.fieldloom.engine.outlet.OutletState.Link;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.outlet.PublicationQueue;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.traffic.Message;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that forgot what it kept, as the in-memory one does when it is started again. */
class RestoredValuesTest {
    private static final int TOPICS = 5_000;

    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(4);
    private final List<Message> seen = new CopyOnWriteArrayList<>();
    private final Map<String, Publication> said = new ConcurrentHashMap<>();
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
        broker.start(port, true).get(60, SECONDS);
    }

    @AfterEach
    void stop() {
        outlet.close();
        broker.close();
        pool.shutdownNow();
    }

    private void open(int mqtt) throws Exception {
        BrokerUrl url = new BrokerUrl("mqtt", "127.0.0.1", port, "");
        BrokerLogin login =
                new BrokerLogin("plant", url, null, null, null, null, null, null, mqtt, false);
        outlet =
                new MqttOutlet(
                        login,
                        SessionSettings.DEFAULT,
                        new PublicationQueue.Bounds(1_000, 1_000_000),
                        pool);
        outlet.restoreFrom(
                new LastValues() {
                    @Override
                    public Collection<String> topics(String receiver) {
                        return said.keySet();
                    }

                    @Override
                    public Optional<Publication> last(String receiver, String topic) {
                        return Optional.ofNullable(said.get(topic));
                    }
                });
        outlet.open().get(10, SECONDS);
    }

    private Publication say(String topic, String payload, int qos) {
        Publication message = new Publication(topic, payload.getBytes(), qos, true, null, 0);
        said.put(topic, message);
        return message;
    }

    private void restartBroker() throws Exception {
        broker.stop().get(20, SECONDS);
        await().until(() -> outlet.state().link() == Link.DOWN);
    }

    private void brokerIsBack() throws Exception {
        broker.addTap((client, message) -> seen.add(message));
        broker.start(port, true).get(20, SECONDS);
        await().atMost(Duration.ofSeconds(5)).until(() -> outlet.state().link() == Link.UP);
    }

    private List<String> payloadsOf(String topic) {
        return seen.stream()
                .filter(message -> message.topic().equals(topic))
                .map(message -> new String(message.payload()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void everyLastValueGoesOutAgainWithoutPushingAnythingOutOfTheQueue(int mqtt) throws Exception {
        open(mqtt);
        IntStream.range(0, TOPICS).forEach(at -> say("acme/" + at, "old " + at, at % 3));
        restartBroker();
        outlet.offer(say("acme/7", "new", 1));
        outlet.offer(say("acme/8", "new", 2));
        for (int live = 0; live < 900; live++) {
            outlet.offer(new Publication("acme/live", ("" + live).getBytes(), 1, false, null, 0));
        }
        brokerIsBack();

        await().atMost(Duration.ofSeconds(30)).until(() -> seen.size() >= TOPICS + 900);
        assertThat(payloadsOf("acme/7")).as("the newer one waited").containsExactly("new");
        assertThat(payloadsOf("acme/8")).containsExactly("new");
        assertThat(payloadsOf("acme/live"))
                .isEqualTo(IntStream.range(0, 900).mapToObj(String::valueOf).toList());
        List<String> topics = seen.stream().map(Message::topic).toList();
        assertThat(topics.lastIndexOf("acme/live"))
                .as("what is new does not wait for what is old")
                .isLessThan(TOPICS / 2);
        List<Message> restored =
                seen.stream().filter(each -> !each.topic().equals("acme/live")).toList();
        assertThat(restored).hasSize(TOPICS).allMatch(Message::retained);
        assertThat(payloadsOf("acme/4000")).containsExactly("old 4000");
        assertThat(outlet.drain(Duration.ofSeconds(5))).isTrue();
        assertThat(outlet.state().dropped() + outlet.state().failed()).isZero();
        assertThat(outlet.state().delivered()).as("repetitions are not counted").isEqualTo(902);
    }

    @Test
    void aNewerMessageOfATopicNeverComesBeforeTheRestoredOne() throws Exception {
        open(5);
        IntStream.range(0, TOPICS).forEach(at -> say("acme/" + at, "0", 1));
        restartBroker();
        brokerIsBack();
        for (int at = TOPICS - 1; at >= 0; at -= 10) {
            outlet.offer(say("acme/" + at, "1", 1));
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> seen.stream().map(Message::topic).distinct().count() == TOPICS);
        assertThat(outlet.drain(Duration.ofSeconds(5))).isTrue();
        for (int at = TOPICS - 1; at >= 0; at -= 10) {
            List<String> payloads = payloadsOf("acme/" + at);
            assertThat(payloads).as("acme/" + at).endsWith("1").isSorted();
        }
    }
}
