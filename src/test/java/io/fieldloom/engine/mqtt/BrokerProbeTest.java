package io.fieldloom.engine.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.broker.EmbeddedBroker;
import io.fieldloom.engine.security.Home;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProbeTest {
    @TempDir Path folder;

    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void aBrokerThatAnswersIsDescribedAndOneThatIsGoneExplained() throws Exception {
        EmbeddedBroker broker = new EmbeddedBroker(new Home(folder), pool);
        BrokerUrl url = broker.start(28_830, false).get(60, TimeUnit.SECONDS);
        BrokerLogin login = BrokerLogin.of("bench", url);

        assertThat(BrokerProbe.test(login, pool).get(15, TimeUnit.SECONDS))
                .startsWith("Connected to " + url.text() + " without a user, MQTT 5, in ");

        broker.stop().get(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> BrokerProbe.test(login, pool).get(15, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(java.net.ConnectException.class)
                .hasMessageContaining("nothing listens on port " + url.port());
    }
}
