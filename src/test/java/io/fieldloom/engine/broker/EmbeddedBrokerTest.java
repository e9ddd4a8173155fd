package io.fieldloom.engine.broker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.embedded.EmbeddedHiveMQ;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.mqtt.BrokerLogin;
import io.fieldloom.engine.mqtt.MqttConnection;
import io.fieldloom.engine.mqtt.MqttListener;
import io.fieldloom.engine.mqtt.Presence;
import io.fieldloom.engine.mqtt.SessionSettings;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.traffic.Message;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(4);
    @TempDir Path folder;
    private EmbeddedBroker broker;

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.close();
        }
        pool.shutdownNow();
    }

    private EmbeddedBroker broker() {
        broker = new EmbeddedBroker(new Home(folder), pool);
        return broker;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    // With a configuration that it cannot read, HiveMQ listens to the whole network.
    @Test
    void itsConfigurationIsValid() throws Exception {
        var schema =
                SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                        .newSchema(EmbeddedHiveMQ.class.getResource("/config.xsd"));
        schema.newValidator()
                .validate(new StreamSource(new StringReader(BrokerSettings.configuration(1883))));
    }

    @Test
    void aFixedPortThatIsTakenIsNamedAndNothingStarts() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> broker().start(port, true).get(60, SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(BrokerPortTakenException.class)
                    .hasMessageContaining("port " + port + " is taken");
            assertThat(broker.state()).isEqualTo(EmbeddedBroker.State.STOPPED);
        }
    }

    @Test
    void aDefaultPortThatIsTakenMovesToTheNextFreeOneAndSaysSo() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            BrokerUrl url = broker().start(other.getLocalPort(), false).get(60, SECONDS);
            assertThat(url.port()).isGreaterThan(other.getLocalPort());
            assertThat(broker.note().orElseThrow())
                    .contains("port " + other.getLocalPort() + " is taken")
                    .contains("listens on " + url.port());
        }
    }

    @Test
    void startAndStopMayBeRepeatedAndTheRegistryFollows() throws Exception {
        var handler = Thread.getDefaultUncaughtExceptionHandler();
        LiveBrokers live = new LiveBrokers(new Home(folder));
        assertThat(live.newest()).isEmpty();
        BrokerUrl first = broker().start(freePort(), true).get(60, SECONDS);
        assertThat(broker.start(freePort(), true).get(60, SECONDS)).isEqualTo(first);
        assertThat(live.newest()).contains(first);
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(handler);

        broker.stop().get(20, SECONDS);
        broker.stop().get(20, SECONDS);
        assertThat(live.newest()).isEmpty();
        assertThat(broker.url()).isEmpty();

        BrokerUrl second = broker.start(freePort(), true).get(60, SECONDS);
        assertThat(live.newest()).contains(second);
    }

    @Test
    void aStopOvertakesAStartThatHasNotBegun() throws Exception {
        broker().start(freePort(), true).get(60, SECONDS);
        broker.stop();
        var overtaken = broker.start(freePort(), true);
        broker.stop().get(30, SECONDS);
        assertThat(overtaken).isCompletedExceptionally();
        assertThat(broker.state()).isEqualTo(EmbeddedBroker.State.STOPPED);
    }

    @Test
    void linesOfDeadProcessesAreDropped() throws Exception {
        Home home = new Home(folder);
        Files.createDirectories(home.brokerRegistry().getParent());
        Files.writeString(home.brokerRegistry(), "mqtt://127.0.0.1:1 999999999\nnonsense\n");
        LiveBrokers live = new LiveBrokers(home);
        assertThat(live.newest()).isEmpty();
        BrokerUrl url = BrokerUrl.parse("mqtt://127.0.0.1:2");
        live.add(url);
        assertThat(Files.readString(home.brokerRegistry()))
                .isEqualTo("mqtt://127.0.0.1:2 " + ProcessHandle.current().pid() + "\n");
        live.remove(url);
        assertThat(Files.readString(home.brokerRegistry())).isEmpty();
    }

    @Test
    void theTapSeesMessagesWithTheirClientAndTheLastWill() throws Exception {
        record Seen(String clientId, Message message) {}
        List<Seen> seen = new CopyOnWriteArrayList<>();
        broker().addTap((clientId, message) -> seen.add(new Seen(clientId, message)));
        BrokerUrl url = broker.start(freePort(), true).get(60, SECONDS);
        Presence presence = new Presence("acme/_fieldloom/test", "on".getBytes(), "off".getBytes());
        MqttConnection client =
                new MqttConnection(
                        BrokerLogin.of("test", url).withClientId("one"),
                        SessionSettings.DEFAULT.withPresence(presence),
                        new MqttListener() {},
                        pool);
        client.open().get(10, SECONDS);
        assertThat(broker.clients()).isEqualTo(1);
        client.publish(new Publication("acme/a", "1".getBytes(), 1, true, "simulated", 0))
                .get(10, SECONDS);
        await().until(() -> seen.size() == 2);
        Message message = seen.get(1).message();
        assertThat(seen.get(1).clientId()).isEqualTo("one");
        assertThat(message.topic()).isEqualTo("acme/a");
        assertThat(message.payload()).isEqualTo("1".getBytes());
        assertThat(message.qos()).isEqualTo(1);
        assertThat(message.retained()).isTrue();
        assertThat(message.origin()).isEqualTo("simulated");

        // somebody else comes with the same id: the first is thrown out, and its will is told
        MqttConnection twin =
                new MqttConnection(
                        BrokerLogin.of("test", url).withClientId("one"),
                        SessionSettings.DEFAULT,
                        new MqttListener() {},
                        pool);
        twin.open().get(10, SECONDS);
        await().until(() -> seen.size() == 3);
        assertThat(seen.get(2).message().payload()).isEqualTo("off".getBytes());
        await().until(() -> client.state().reason().contains("took over the client id one"));
        client.close();
        twin.close();
    }
}
