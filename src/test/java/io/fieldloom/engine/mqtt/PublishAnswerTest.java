package io.fieldloom.engine.mqtt;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.broker.EmbeddedBroker;
import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.engine.security.Home;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded broker answers, in words. */
class PublishAnswerTest {
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(3);
    @TempDir Path folder;

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void subscribersAndWhatIsKeptAreToldApart() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        try (EmbeddedBroker broker = new EmbeddedBroker(new Home(folder), pool)) {
            BrokerUrl url = broker.start(port, true).get(60, SECONDS);
            try (MqttConnection here = connection(url);
                    MqttConnection there = connection(url)) {
                here.open().get(10, SECONDS);
                there.open().get(10, SECONDS);

                assertThat(said(here, "acme/x", "1", 1, false))
                        .isEqualTo("taken; no program subscribes to it now");
                assertThat(said(here, "acme/x", "1", 2, true))
                        .isEqualTo("taken and kept; no program subscribes to it now");
                assertThat(said(here, "acme/x", "1", 0, true)).isEqualTo("written");

                there.subscribe(new Subscription("acme/#", 1)).get(10, SECONDS);
                assertThat(said(here, "acme/x", "1", 1, false)).isEqualTo("taken");
                assertThat(said(here, "acme/x", "1", 1, true)).isEqualTo("taken and kept");
                assertThat(said(here, "acme/x", "", 1, true))
                        .isEqualTo("taken, nothing is kept there now");
            }
        }
    }

    private MqttConnection connection(BrokerUrl url) {
        return new MqttConnection(
                BrokerLogin.of("embedded", url),
                SessionSettings.DEFAULT,
                new MqttListener() {},
                pool);
    }

    private static String said(
            MqttConnection by, String topic, String payload, int qos, boolean retain)
            throws Exception {
        Publication message = new Publication(topic, payload.getBytes(), qos, retain, null, 0);
        return new PublishAnswer(by.publish(message).get(10, SECONDS), message).words();
    }
}
