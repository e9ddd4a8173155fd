package io.fieldloom.engine.mqtt;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.embedded.EmbeddedHiveMQ;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.traffic.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT over WebSockets, plain and encrypted, which the embedded broker itself does not offer. */
class WebSocketTest {
    @TempDir static Path folder;
    private static EmbeddedHiveMQ hive;
    private static int plainPort;
    private static int tlsPort;

    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
    private final List<MqttConnection> opened = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        plainPort = freePort();
        tlsPort = freePort();
        Path store = folder.resolve("keys.jks");
        keytool(
                "-genkeypair",
                "-alias",
                "hive",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-validity",
                "2",
                "-keystore",
                store.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "hive",
                "-keystore",
                store.toString(),
                "-file",
                folder.resolve("hive.crt").toString());
        Path conf = Files.createDirectory(folder.resolve("conf"));
        Files.writeString(
                conf.resolve("config.xml"),
                """
                <hivemq>
                  <listeners>
                    <websocket-listener>
                      <port>%d</port><bind-address>127.0.0.1</bind-address><path>/mqtt</path>
                      <subprotocols><subprotocol>mqtt</subprotocol></subprotocols>
                    </websocket-listener>
                    <tls-websocket-listener>
                      <port>%d</port><bind-address>127.0.0.1</bind-address><path>/mqtt</path>
                      <subprotocols><subprotocol>mqtt</subprotocol></subprotocols>
                      <tls><keystore><path>%s</path><password>changeit</password>
                        <private-key-password>changeit</private-key-password></keystore></tls>
                    </tls-websocket-listener>
                  </listeners>
                  <persistence><mode>in-memory</mode></persistence>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                </hivemq>
                """
                        .formatted(plainPort, tlsPort, store));
        hive =
                EmbeddedHiveMQ.builder()
                        .withConfigurationFolder(conf)
                        .withDataFolder(Files.createDirectory(folder.resolve("data")))
                        .withExtensionsFolder(Files.createDirectory(folder.resolve("extensions")))
                        .withoutLoggingBootstrap()
                        .build();
        hive.start().get(60, SECONDS);
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", "changeit", "-noprompt"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        hive.stop().get(20, SECONDS);
        hive.close();
    }

    @AfterEach
    void end() {
        opened.forEach(MqttConnection::close);
        pool.shutdownNow();
    }

    private MqttConnection connection(String url, int mqtt, List<Message> received) {
        Path ca = folder.resolve("hive.crt");
        BrokerLogin login =
                new BrokerLogin(
                        "plant",
                        BrokerUrl.parse(url),
                        null,
                        null,
                        ca,
                        null,
                        null,
                        null,
                        mqtt,
                        false);
        MqttConnection connection =
                new MqttConnection(
                        login,
                        SessionSettings.DEFAULT,
                        new MqttListener() {
                            @Override
                            public void received(Message message) {
                                received.add(message);
                            }
                        },
                        pool);
        opened.add(connection);
        return connection;
    }

    private void roundTrip(String url, int mqtt) throws Exception {
        List<Message> received = new CopyOnWriteArrayList<>();
        MqttConnection connection = connection(url, mqtt, received);
        connection.open().get(15, SECONDS);
        connection.subscribe(new Subscription("acme/#", 1)).get(10, SECONDS);
        byte[] payload = "x".repeat(70_000).getBytes();
        connection.publish(new Publication("acme/a", payload, 1, false, null, 0)).get(10, SECONDS);
        await().until(() -> received.size() == 1);
        assertThat(received.get(0).payload()).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void plain(int mqtt) throws Exception {
        roundTrip("ws://127.0.0.1:" + plainPort + "/mqtt", mqtt);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void encrypted(int mqtt) throws Exception {
        roundTrip("wss://127.0.0.1:" + tlsPort + "/mqtt", mqtt);
    }

    @Test
    void aWrongPathIsTold() {
        assertThatThrownBy(
                        () ->
                                connection("ws://127.0.0.1:" + plainPort + "/wrong", 5, List.of())
                                        .open()
                                        .get(15, SECONDS))
                .hasCauseInstanceOf(MqttFailure.class)
                .hasMessageContaining("/wrong");
    }
}
