package io.fieldloom.engine.device.opcua;

import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Sampling;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.Writes;
import io.fieldloom.foreign.NodeOpcuaServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program is loaded into the PLC while the session lives on. */
@Tag("foreign")
class ForeignDownloadTest {
    private static final String FILLER = "nsu=urn:foreign:filler;s=";
    private static final Duration INTERVAL = Duration.ofMillis(250);

    @TempDir Path folder;

    @Test
    void everyItemFlowsAgain() throws Exception {
        OpcUaBench bench = new OpcUaBench(folder.resolve("home"));
        NodeOpcuaServer server = new NodeOpcuaServer(folder.resolve("pki"));
        try {
            server.start("--download");
            OpcUaBench.Events events = new OpcUaBench.Events();
            DeviceSession session = bench.connected(server.endpoint(), events);
            Map<Integer, Sample> newest = new ConcurrentHashMap<>();
            List<TagRequest> tags =
                    List.of(
                            new TagRequest(FILLER + "Counter", INTERVAL),
                            new TagRequest(FILLER + "Swapped", INTERVAL),
                            new TagRequest(FILLER + "New", INTERVAL),
                            new TagRequest(FILLER + "Machine", INTERVAL));
            Sampling sampling =
                    answer(
                            session.subscribe(
                                    tags,
                                    (at, samples) -> {
                                        for (int i = 0; i < at.length; i++) {
                                            newest.put(at[i], samples[i]);
                                        }
                                    }));
            assertThat(sampling.rejected()).containsOnlyKeys(2, 3);
            await().until(
                            () ->
                                    newest.containsKey(1)
                                            && newest.get(1).value().equals(Value.of(1L)));

            Writes writes = session.capability(Writes.class).orElseThrow();
            answer(writes.write(FILLER + "Download", Value.of(true)));
            await().until(() -> newest.get(1).status().isBad());

            await().atMost(Duration.ofSeconds(40))
                    .until(() -> newest.containsKey(2) && newest.get(1).status().isGood());
            assertThat(newest.get(1).value()).isEqualTo(Value.of(2.5));
            assertThat(newest.get(2))
                    .satisfies(
                            one -> {
                                assertThat(one.value()).isEqualTo(Value.of(3L));
                                assertThat(one.status()).isEqualTo(Status.GOOD);
                            });
            assertThat(sampling.rejected())
                    .as("an object has no value, however often it is asked")
                    .containsOnlyKeys(3);
            assertThat(events.notes.stream().filter(note -> note.contains("at the server again")))
                    .hasSizeBetween(1, 2);
            assertThat(events.losses).as("the session lives on").isEmpty();
            sampling.close();
        } finally {
            bench.close();
            server.kill();
        }
    }
}
