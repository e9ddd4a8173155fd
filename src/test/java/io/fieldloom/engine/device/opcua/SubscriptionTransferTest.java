package io.fieldloom.engine.device.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.simulation.Signals;
import io.fieldloom.domain.tag.Monitoring;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.SubscriptionHealth.Stream;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.simulate.opcua.OpcUaSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server keeps for a client whose connection broke reaches the session that follows. */
class SubscriptionTransferTest {
    private static final TagRequest COUNT =
            new TagRequest(
                    OpcUaBench.node("Count"), Duration.ofMillis(100), Monitoring.queued(1_000));
    private static final TagRequest STILL =
            new TagRequest(OpcUaBench.node("Still"), Duration.ofMillis(100));

    @TempDir Path folder;
    private OpcUaBench bench;
    private OpcUaSimulator simulator;

    @BeforeEach
    void begin() throws Exception {
        bench = new OpcUaBench(folder);
        simulator =
                bench.simulator(
                        null,
                        Map.of(
                                "Count", Signals.counter(Duration.ofMillis(300)),
                                "Still", OpcUaBench.states("Idle", "Running")),
                        Map.of(PulledPlug.USER, PulledPlug.PASSWORD));
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private static List<Long> counted(List<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.status().isGood())
                .map(sample -> ((Value.Int) sample.value()).value())
                .distinct()
                .toList();
    }

    @Test
    void noValueIsLostWhileTheCableIsOut() throws Exception {
        try (PulledPlug plug = new PulledPlug(bench, Endpoint.parse(simulator.endpoint()), COUNT)) {
            List<Long> before = plug.streams().stream().map(Stream::id).toList();
            plug.pullFor(Duration.ofSeconds(2));
            plug.more(20);

            List<Long> counted = counted(plug.samples);
            assertThat(counted)
                    .as("each count in its order")
                    .containsExactlyElementsOf(
                            LongStream.range(0, counted.size())
                                    .map(i -> counted.get(0) + i)
                                    .boxed()
                                    .toList());
            assertThat(plug.samples).as("the loss is told").anyMatch(one -> one.status().isBad());
            assertThat(plug.streams())
                    .singleElement()
                    .satisfies(
                            stream -> {
                                assertThat(stream.id()).isIn(before);
                                assertThat(stream.transferred()).isTrue();
                                assertThat(stream.items()).isEqualTo(1);
                                assertThat(stream.lost()).isZero();
                            });
        }
    }

    // A tag that does not change must be good again all the same.
    @Test
    void aConstantIsGoodAgain() throws Exception {
        try (PulledPlug plug =
                new PulledPlug(bench, Endpoint.parse(simulator.endpoint()), COUNT, STILL)) {
            plug.pullFor(Duration.ofMillis(100));

            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    plug.samples.stream()
                                                            .filter(
                                                                    one ->
                                                                            !(one.value()
                                                                                    instanceof
                                                                                    Value.Int))
                                                            .map(one -> one.status().isGood()))
                                            .containsSubsequence(true, false, true));
        }
    }

    // What nobody asks for any more must not go on at the server.
    @Test
    void anItemThatNobodyClaimsIsEnded() throws Exception {
        try (PulledPlug plug = new PulledPlug(bench, Endpoint.parse(simulator.endpoint()), COUNT)) {
            var other = plug.link.watch(List.of(STILL), (at, came) -> {});
            await().until(() -> plug.streams().stream().mapToInt(Stream::items).sum() == 2);
            plug.pull();
            other.close();
            plug.plugIn();

            await().untilAsserted(
                            () ->
                                    assertThat(plug.streams())
                                            .singleElement()
                                            .satisfies(
                                                    stream -> {
                                                        assertThat(stream.transferred()).isTrue();
                                                        assertThat(stream.items()).isEqualTo(1);
                                                    }));
        }
    }
}
