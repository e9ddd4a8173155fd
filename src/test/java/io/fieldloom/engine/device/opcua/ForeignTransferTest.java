package io.fieldloom.engine.device.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.Monitoring;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.foreign.NodeOpcuaServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link SubscriptionTransferTest}, on a server that we did not write. */
@Tag("foreign")
class ForeignTransferTest {
    private static final String FILLER = "nsu=urn:foreign:filler;s=";
    private static final TagRequest COUNT =
            new TagRequest(FILLER + "Counter", Duration.ofMillis(100), Monitoring.queued(1_000));
    private static final TagRequest STILL =
            new TagRequest(FILLER + "Level", Duration.ofMillis(100));
    private static final Duration OUT = Duration.ofSeconds(2);

    @TempDir Path folder;
    private OpcUaBench bench;
    private NodeOpcuaServer server;

    @AfterEach
    void end() throws Exception {
        bench.close();
        if (server != null) {
            server.kill();
        }
    }

    @Test
    void theValuesOfTheTimeWithoutCableAreThere() throws Exception {
        bench = new OpcUaBench(folder.resolve("home"));
        server = new NodeOpcuaServer(folder.resolve("pki"));
        server.start("--secure", "--user", PulledPlug.USER, "--password", PulledPlug.PASSWORD);
        try (PulledPlug plug =
                new PulledPlug(bench, Endpoint.parse(server.endpoint()), COUNT, STILL)) {
            plug.pullFor(OUT);
            plug.more(30);

            List<Instant> times =
                    plug.samples.stream()
                            .filter(sample -> sample.status().isGood())
                            .filter(sample -> sample.value() instanceof Value.Int)
                            .map(Sample::sourceTime)
                            .sorted()
                            .toList();
            Duration widest = Duration.ZERO;
            for (int i = 1; i < times.size(); i++) {
                Duration gap = Duration.between(times.get(i - 1), times.get(i));
                widest = gap.compareTo(widest) > 0 ? gap : widest;
            }
            assertThat(widest).as("the widest gap").isLessThan(OUT);
            assertThat(plug.streams())
                    .singleElement()
                    .satisfies(stream -> assertThat(stream.transferred()).isTrue());
            assertThat(
                            plug.samples.stream()
                                    .filter(one -> one.value().toString().contains("42.5"))
                                    .map(one -> one.status().isGood()))
                    .as("the constant is good again")
                    .containsSubsequence(true, false, true);
        }
    }
}
