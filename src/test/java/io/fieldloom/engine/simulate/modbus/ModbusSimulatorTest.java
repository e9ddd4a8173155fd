package io.fieldloom.engine.simulate.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Signal.Bad;
import io.fieldloom.domain.simulation.Signal.Shape;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.SessionListener;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.device.TagNode;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.TypeNames;
import io.fieldloom.engine.device.Writes;
import io.fieldloom.engine.device.modbus.ModbusDriver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;

/** Our driver against our simulator; the foreign tests check each against others. */
@Timeout(60)
class ModbusSimulatorTest {
    private PMap<String, Signal> points = OrderedPMap.empty();

    private static Signal signal(Shape shape, String value, boolean writable) {
        return new Signal(
                null, shape, value, null, null, null, null, null, null, null, writable, null);
    }

    private ModbusSimulatorTest constant(String address, String value) {
        points = points.plus(address, signal(Shape.CONSTANT, value, false));
        return this;
    }

    private ModbusSimulatorTest writable(String address, String value) {
        points = points.plus(address, signal(Shape.CONSTANT, value, true));
        return this;
    }

    private ModbusSimulator simulator(Integer port) {
        return new ModbusSimulator(
                new Simulator("boiler-sim", "modbus", null, port, 1L, null, null, points));
    }

    private static DeviceSession session(String endpoint) throws Exception {
        DeviceSession session =
                new ModbusDriver()
                        .open(
                                SessionRequest.anonymous("boiler", Endpoint.parse(endpoint)),
                                new SessionListener() {
                                    @Override
                                    public void lost(DeviceException reason) {}

                                    @Override
                                    public void note(String message) {}
                                });
        await(session.connect());
        return session;
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Writes.WriteResult write(DeviceSession session, String address, String text)
            throws Exception {
        Writes writes = session.capability(Writes.class).orElseThrow();
        return await(writes.write(address, await(writes.parse(address, text))));
    }

    private static Sample read(DeviceSession session, String address) throws Exception {
        return await(session.read(List.of(address))).get(0);
    }

    @Test
    void everyTypeIsReadAsItWasDesigned() throws Exception {
        constant("holding:0:float32:CDAB", "72.5")
                .constant("holding:2", "65535")
                .constant("holding:3:int16:BA", "-7")
                .constant("holding:4:uint32:DCBA", "4000000000")
                .constant("holding:6:int32", "-4")
                .constant("holding:8:uint64:GHEFCDAB", "18446744073709551615")
                .constant("holding:12:int64", "-9007199254740993")
                .constant("holding:16:float64:HGFEDCBA", "0.1")
                .constant("holding:20:bcd16", "1234")
                .constant("holding:21:bcd32:CDAB", "12345678")
                .constant("holding:30:string[5]:BA", "Kessel 1")
                .constant("holding:60.2", "true")
                .constant("holding:60.3", "false")
                .constant("input:5", "17")
                .constant("coil:3", "true")
                .constant("coil:4", "false")
                .constant("discrete:1", "true");
        try (ModbusSimulator simulator = simulator(null)) {
            simulator.start();
            try (DeviceSession session = session(simulator.endpoint())) {
                List<String> addresses = new ArrayList<>(points.keySet());
                List<Sample> samples = await(session.read(addresses));

                assertThat(samples).allMatch(sample -> sample.status().isGood());
                assertThat(samples)
                        .extracting(Sample::value)
                        .containsExactly(
                                Value.of(72.5f),
                                Value.of(65535L),
                                Value.of(-7L),
                                Value.of(4000000000L),
                                Value.of(-4L),
                                Value.ofUnsigned(-1),
                                Value.of(-9007199254740993L),
                                Value.of(0.1),
                                Value.of(1234L),
                                Value.of(12345678L),
                                Value.of("Kessel 1"),
                                Value.of(true),
                                Value.of(false),
                                Value.of(17L),
                                Value.of(true),
                                Value.of(false),
                                Value.of(true));
                TypeNames types = session.capability(TypeNames.class).orElseThrow();
                assertThat(
                                await(
                                        types.typeNames(
                                                List.of(
                                                        "holding:0:float32:CDAB",
                                                        "holding:2",
                                                        "coil:3",
                                                        "holding:30:string[5]:BA",
                                                        "nonsense"))))
                        .containsExactly("float32", "uint16", "bool", "string[5]", null);
            }
        }
    }

    @Test
    void theTablesAreTheRoot() throws Exception {
        try (ModbusSimulator simulator = simulator(null)) {
            simulator.start();
            try (DeviceSession session = session(simulator.endpoint())) {
                List<TagNode> root = await(session.browse(""));

                assertThat(root)
                        .extracting(TagNode::address)
                        .containsExactly("holding", "input", "coil", "discrete");
                assertThat(root)
                        .allMatch(n -> n.nodeClass().equals("Table") && !n.mayHaveChildren());
                assertThat(await(session.browse("coil"))).isEmpty();
            }
        }
    }

    @Test
    void writableValuesStayAndOthersAreRefused() throws Exception {
        writable("holding:0:float32:CDAB", "1")
                .writable("holding:2", "1")
                .writable("holding:10.1", "false")
                .constant("holding:10.2", "true")
                .writable("coil:0", "false")
                .constant("coil:1", "false")
                .constant("holding:5", "5")
                .writable("holding:40:string[4]", "old");
        try (ModbusSimulator simulator = simulator(null)) {
            simulator.start();
            try (DeviceSession session = session(simulator.endpoint())) {
                assertThat(write(session, "holding:0:float32:CDAB", "42.5").status())
                        .isEqualTo(Status.GOOD);
                assertThat(write(session, "holding:2", "0x1F").status()).isEqualTo(Status.GOOD);
                assertThat(write(session, "coil:0", "true").status()).isEqualTo(Status.GOOD);
                assertThat(write(session, "holding:40:string[4]", "new").status())
                        .isEqualTo(Status.GOOD);
                Writes.WriteResult bit = write(session, "holding:10.1", "true");
                assertThat(bit.status()).isEqualTo(Status.GOOD);
                assertThat(bit.how()).contains("function 22");

                assertThat(
                                await(
                                        session.read(
                                                List.of(
                                                        "holding:0:float32:CDAB",
                                                        "holding:2",
                                                        "coil:0",
                                                        "holding:40:string[4]",
                                                        "holding:10"))))
                        .extracting(Sample::value)
                        .containsExactly(
                                Value.of(42.5f),
                                Value.of(31L),
                                Value.of(true),
                                Value.of("new"),
                                Value.of(6L));
                for (String readOnly :
                        List.of("holding:5", "coil:1", "holding:10.2", "holding:77")) {
                    assertThat(write(session, readOnly, "0").status().name())
                            .as(readOnly)
                            .isEqualTo("BadIllegalDataAddress (2)");
                }
                assertThat(simulator.state().changes()).isGreaterThanOrEqualTo(5);
                assertThat(simulator.state().clients()).isEqualTo(1);
            }
        }
    }

    @Test
    void aSignalChangesAndUnchangedSamplesAreNotDelivered() throws Exception {
        points =
                points.plus(
                        "holding:0:uint32",
                        new Signal(
                                null,
                                Shape.COUNTER,
                                "10",
                                null,
                                null,
                                null,
                                1.0,
                                null,
                                Duration.ofMillis(300),
                                null,
                                false,
                                null));
        constant("holding:2", "7");
        try (ModbusSimulator simulator = simulator(null)) {
            simulator.start();
            try (DeviceSession session = session(simulator.endpoint())) {
                BlockingQueue<Integer> indices = new LinkedBlockingQueue<>();
                BlockingQueue<Sample> counts = new LinkedBlockingQueue<>();
                Duration interval = Duration.ofMillis(50);
                var sampling =
                        await(
                                session.subscribe(
                                        List.of(
                                                new TagRequest("holding:0:uint32", interval),
                                                new TagRequest("holding:2", interval),
                                                new TagRequest("holding", interval)),
                                        (tags, samples) -> {
                                            for (int i = 0; i < tags.length; i++) {
                                                indices.add(tags[i]);
                                                if (tags[i] == 0) {
                                                    counts.add(samples[i]);
                                                }
                                            }
                                        }));
                assertThat(sampling.rejected()).containsOnlyKeys(2);
                assertThat(sampling.revised(0).interval()).isEqualTo(interval);
                long last = -1;
                for (int i = 0; i < 4; i++) {
                    Sample sample = counts.poll(5, TimeUnit.SECONDS);
                    assertThat(sample).isNotNull();
                    long count = ((Value.Int) sample.value()).value();
                    assertThat(count).isGreaterThan(last);
                    last = count;
                }
                sampling.close();
                assertThat(indices).filteredOn(index -> index == 1).hasSize(1);
            }
        }
    }

    @Test
    void aBadTimeIsADeviceFailureOfThatRegisterAlone() throws Exception {
        points =
                points.plus(
                        "holding:0",
                        new Signal(
                                null,
                                Shape.CONSTANT,
                                "1",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                false,
                                new Bad(
                                        Duration.ofMillis(100),
                                        Duration.ofMillis(100),
                                        Status.named("BadDeviceFailure"))));
        constant("holding:1", "2");
        try (ModbusSimulator simulator = simulator(null)) {
            simulator.start();
            try (DeviceSession session = session(simulator.endpoint())) {
                List<Sample> samples = await(session.read(List.of("holding:0", "holding:1")));
                while (samples.get(0).status().isGood()) {
                    samples = await(session.read(List.of("holding:0", "holding:1")));
                }
                assertThat(samples.get(0).status().name()).isEqualTo("BadDeviceFailure (4)");
                assertThat(samples.get(1).value()).isEqualTo(Value.of(2L));
            }
        }
    }

    @Test
    void statesAreTheirIndexAndOtherUnitsAreNotThere() throws Exception {
        points =
                points.plus(
                        "input:0",
                        new Signal(
                                null,
                                Shape.STATES,
                                null,
                                null,
                                null,
                                null,
                                null,
                                List.of("Off", "Purge", "On"),
                                Duration.ofMillis(100),
                                null,
                                false,
                                null));
        try (ModbusSimulator simulator = simulator(null)) {
            simulator.start();
            try (DeviceSession session = session(simulator.endpoint());
                    DeviceSession other = session(simulator.endpoint() + "?unit=9")) {
                boolean[] seen = new boolean[3];
                while (!(seen[0] && seen[1] && seen[2])) {
                    seen[(int) ((Value.Int) read(session, "input:0").value()).value()] = true;
                }
                assertThat(seen).containsOnly(true);
                assertThat(read(other, "input:0").status().name())
                        .isEqualTo("BadGatewayTargetNoResponse (11)");
            }
        }
    }

    @Test
    void aTakenPortAndAWrongDesignSayWhichOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ModbusSimulator simulator = simulator(taken.getLocalPort())) {
            assertThatThrownBy(simulator::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("boiler-sim")
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
        }
        constant("holding:0:bcd16", "hello");
        assertThatThrownBy(() -> simulator(null))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("boiler-sim")
                .hasMessageContaining("holding:0:bcd16");
    }

    @Test
    void stoppedAndStartedItListensOnTheSamePort() throws Exception {
        writable("holding:0", "1");
        ModbusSimulator simulator = simulator(null);
        try {
            simulator.start();
            simulator.start();
            String endpoint = simulator.endpoint();
            try (DeviceSession session = session(endpoint)) {
                write(session, "holding:0", "9");
            }
            simulator.close();
            simulator.close();
            assertThat(simulator.state().running()).isFalse();
            assertThatThrownBy(() -> session(endpoint)).hasMessageContaining("refused");

            simulator.start();
            assertThat(simulator.endpoint()).isEqualTo(endpoint);
            try (DeviceSession session = session(endpoint)) {
                assertThat(read(session, "holding:0").value()).isEqualTo(Value.of(9L));
            }
        } finally {
            simulator.close();
        }
    }

    @Test
    void theSameSeedGivesTheSameWalk() {
        Signal walk =
                new Signal(
                        null,
                        Shape.WALK,
                        null,
                        0.0,
                        1000.0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        null);
        SimulatedPoint one = new SimulatedPoint("holding:0", walk, 5);
        SimulatedPoint two = new SimulatedPoint("holding:0", walk, 5);
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            first.add(Arrays.toString(one.next(Duration.ofMillis(200L * i))));
            second.add(Arrays.toString(two.next(Duration.ofMillis(200L * i))));
        }
        assertThat(first).isEqualTo(second);
        assertThat(first.stream().distinct().count()).isGreaterThan(10);
    }
}
