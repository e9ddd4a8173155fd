package io.fieldloom.engine.device.opcua;

import static io.fieldloom.domain.simulation.Signals.constant;
import static io.fieldloom.domain.simulation.Signals.counter;
import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static io.fieldloom.engine.device.opcua.OpcUaBench.failure;
import static io.fieldloom.engine.device.opcua.OpcUaBench.node;
import static io.fieldloom.engine.device.opcua.OpcUaBench.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.tag.Deadband;
import io.fieldloom.domain.tag.Monitoring;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.Browsing;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Revised;
import io.fieldloom.engine.device.Sampling;
import io.fieldloom.engine.device.TagNode;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.TypeNames;
import io.fieldloom.engine.device.Writes;
import io.fieldloom.engine.simulate.opcua.OpcUaSimulator;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpcUaSessionTest {
    private static final Duration FAST = Duration.ofMillis(50);

    @TempDir Path folder;
    private OpcUaBench bench;
    private final OpcUaBench.Events events = new OpcUaBench.Events();

    @BeforeEach
    void begin() {
        bench = new OpcUaBench(folder);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void browsesFromObjectsWithTypesAndAccess() throws Exception {
        DeviceSession session =
                connected(
                        Map.of(
                                "Filler01/Temperature", constant("Double", "21.5", false),
                                "Filler01/Setpoint", constant("Int16", "7", true),
                                "Filler01/Bottles", counter(Duration.ofSeconds(1))));

        List<TagNode> objects = answer(session.browse(""));
        assertThat(objects).extracting(TagNode::name).contains("Server", "Filler01");
        assertThat(objects)
                .filteredOn(node -> node.name().equals("Server"))
                .extracting(TagNode::address)
                .containsExactly("i=2253");

        List<TagNode> children = answer(session.browse(node("Filler01")));
        assertThat(children)
                .extracting(TagNode::address)
                .containsExactlyInAnyOrder(
                        node("Filler01.Temperature"),
                        node("Filler01.Setpoint"),
                        node("Filler01.Bottles"),
                        node("Filler01.Reset"));
        TagNode setpoint = byName(children, "Setpoint");
        assertThat(setpoint.type()).isEqualTo("Int16");
        assertThat(setpoint.nodeClass()).isEqualTo("Variable");
        assertThat(setpoint.writable()).isTrue();
        assertThat(setpoint.mayHaveChildren()).isFalse();
        assertThat(byName(children, "Temperature").writable()).isFalse();
        assertThat(byName(children, "Reset").nodeClass()).isEqualTo("Method");
    }

    // Servers hand out a folder of thousands in pieces; whoever forgets them loses tags.
    @Test
    void followsContinuationPointsOfSeveralLargeFolders() throws Exception {
        Map<String, Signal> points = new HashMap<>();
        for (int folderNumber = 0; folderNumber < 3; folderNumber++) {
            for (int i = 0; i < 2_300; i++) {
                points.put("Hall" + folderNumber + "/Tag" + i, constant("Int32", "1", false));
            }
        }
        DeviceSession session = connected(points);

        Map<String, List<TagNode>> found =
                answer(
                        session.capability(Browsing.class)
                                .orElseThrow()
                                .browseAll(
                                        List.of(
                                                node("Hall0"),
                                                node("Hall1"),
                                                node("Hall2"),
                                                node("Hall3"))));

        assertThat(found).containsOnlyKeys(node("Hall0"), node("Hall1"), node("Hall2"));
        assertThat(found.values())
                .allSatisfy(
                        tags ->
                                assertThat(tags.stream().map(TagNode::address).distinct())
                                        .hasSize(2_300));
        assertThat(found.get(node("Hall1"))).extracting(TagNode::type).containsOnly("Int32");
    }

    @Test
    void saysThatANodeCannotBeBrowsed() throws Exception {
        DeviceSession session = connected(Map.of("A/B", constant("Int32", "1", false)));
        DeviceException failure = failure(session.browse(node("Nowhere")));
        assertThat(failure.kind()).isEqualTo(DeviceException.Kind.BAD_ADDRESS);
        assertThat(failure).hasMessageContaining("BadNodeIdUnknown");
    }

    // One bad address must never cost the values of the others.
    @Test
    void readsEachAddressWithItsOwnStatus() throws Exception {
        DeviceSession session =
                connected(
                        Map.of(
                                "A/Double", constant("Double", "1.5", false),
                                "A/Huge", constant("UInt64", "18446744073709551615", false),
                                "A/Text", constant("String", "007", false)));

        List<Sample> samples =
                answer(
                        session.read(
                                List.of(
                                        node("A.Double"),
                                        node("A.Nowhere"),
                                        "nsu=urn:nobody;s=A",
                                        "rubbish",
                                        node("A.Huge"),
                                        node("A.Text"),
                                        "i=2258")));

        assertThat(samples)
                .extracting(sample -> sample.status().name())
                .containsExactly(
                        "Good",
                        "BadNodeIdUnknown",
                        "BadNodeIdUnknown",
                        "BadNodeIdInvalid",
                        "Good",
                        "Good",
                        "Good");
        assertThat(samples.get(0).value()).isEqualTo(Value.of(1.5));
        assertThat(samples.get(0).sourceTime()).isNotNull();
        assertThat(samples.get(1).value()).isEqualTo(Value.NONE);
        assertThat(samples.get(4).value())
                .isEqualTo(Value.of(new BigInteger("18446744073709551615")));
        assertThat(samples.get(5).value()).isEqualTo(Value.of("007"));
        assertThat(samples.get(6).value()).isInstanceOf(Value.Time.class);
    }

    @Test
    void keepsEachTypeExactly() throws Exception {
        Map<String, Signal> points = new HashMap<>();
        points.put("T/Boolean", constant("Boolean", "true", false));
        points.put("T/SByte", constant("SByte", "-128", false));
        points.put("T/Byte", constant("Byte", "255", false));
        points.put("T/Int16", constant("Int16", "-32768", false));
        points.put("T/UInt16", constant("UInt16", "65535", false));
        points.put("T/Int32", constant("Int32", "-2147483648", false));
        points.put("T/UInt32", constant("UInt32", "4294967295", false));
        points.put("T/Int64", constant("Int64", "-9223372036854775808", false));
        points.put("T/Float", constant("Float", "0.1", false));
        points.put("T/DateTime", constant("DateTime", "2026-01-01T00:00:00.125Z", false));
        DeviceSession session = connected(points);
        List<String> names = points.keySet().stream().map(path -> path.substring(2)).toList();
        List<String> addresses = names.stream().map(name -> node("T." + name)).toList();

        List<Sample> samples = answer(session.read(addresses));
        Map<String, Value> values = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), samples.get(i).value());
        }

        assertThat(values)
                .containsEntry("Boolean", Value.of(true))
                .containsEntry("SByte", Value.of(-128L))
                .containsEntry("Byte", Value.of(255L))
                .containsEntry("Int16", Value.of(-32768L))
                .containsEntry("UInt16", Value.of(65535L))
                .containsEntry("Int32", Value.of(-2147483648L))
                .containsEntry("UInt32", Value.of(4294967295L))
                .containsEntry("Int64", Value.of(Long.MIN_VALUE))
                .containsEntry("Float", Value.of(0.1f))
                .containsEntry(
                        "DateTime", new Value.Time(Instant.parse("2026-01-01T00:00:00.125Z")));
        assertThat(answer(session.capability(TypeNames.class).orElseThrow().typeNames(addresses)))
                .isEqualTo(names);
    }

    @Test
    void showsEnumerationsByName() throws Exception {
        DeviceSession session =
                connected(Map.of("Filler01/State", states("Stopped", "Starting", "Running")));
        List<Sample> samples =
                answer(
                        session.read(
                                List.of(
                                        node("Filler01.State"),
                                        "i=2259"))); // ServerStatus.State, an enumeration type
        assertThat(samples.get(0).value()).isEqualTo(new Value.Enumerated(0, "Stopped"));
        assertThat(samples.get(1).value()).isEqualTo(new Value.Enumerated(0, "Running"));
        assertThat(
                        answer(
                                session.capability(TypeNames.class)
                                        .orElseThrow()
                                        .typeNames(
                                                List.of(node("Filler01.State"), "i=2259", "i=85"))))
                .containsExactly("Int32", "ServerState", null);
    }

    @Test
    void showsStructuresOfTheStandardNamespaceByTheirFields() throws Exception {
        Signal signal =
                new Signal(
                        "Double",
                        Signal.Shape.CONSTANT,
                        "1",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "bar",
                        false,
                        null);
        DeviceSession session = connected(Map.of("A/Pressure", signal));
        Sample unit = answer(session.read(List.of(node("A.Pressure.EngineeringUnits")))).get(0);
        assertThat(unit.value()).isInstanceOf(Value.Structure.class);
        Value.Structure structure = (Value.Structure) unit.value();
        assertThat(structure.type()).isEqualTo("EUInformation");
        assertThat(structure.fields()).containsEntry("DisplayName", Value.of("bar"));
    }

    @Test
    void deliversEachValueOfASubscriptionInOrder() throws Exception {
        DeviceSession session =
                connected(
                        Map.of(
                                "A/Count", counter(Duration.ofMillis(100)),
                                "A/Fixed", constant("Double", "3", false)));
        OpcUaBench.Samples samples = new OpcUaBench.Samples();
        Instant before = Instant.now();

        Sampling sampling =
                answer(
                        session.subscribe(
                                List.of(
                                        new TagRequest(node("A.Count"), FAST),
                                        new TagRequest(node("A.Nowhere"), FAST),
                                        new TagRequest(node("A.Fixed"), FAST),
                                        new TagRequest("nsu=urn:nobody;i=1", FAST)),
                                samples));

        assertThat(sampling.rejected())
                .isEqualTo(
                        Map.of(
                                1, Status.named("BadNodeIdUnknown"),
                                3, Status.named("BadNodeIdUnknown")));
        assertThat(sampling.revised(0)).isEqualTo(new Revised(FAST, 10, null));
        long last = -1;
        boolean fixed = false;
        while (last < 25 || !fixed) {
            OpcUaBench.Samples.Taken taken = samples.next();
            if (taken.tag() == 2) {
                assertThat(fixed).as("a value that does not change comes once").isFalse();
                fixed = true;
                continue;
            }
            long count = ((Value.Int) taken.sample().value()).value();
            if (last >= 0) {
                assertThat(count).isEqualTo(last + 1);
            }
            last = count;
            assertThat(taken.sample().receivedAt()).isAfterOrEqualTo(before);
        }
        sampling.close();
    }

    // Two views of one tag share a server's subscription; closing one must not silence the other.
    @Test
    void endsOneSubscriptionWithoutTheOther() throws Exception {
        DeviceSession session = connected(Map.of("A/Count", counter(Duration.ofMillis(50))));
        List<TagRequest> tags = List.of(new TagRequest(node("A.Count"), FAST));
        OpcUaBench.Samples first = new OpcUaBench.Samples();
        OpcUaBench.Samples second = new OpcUaBench.Samples();
        Sampling one = answer(session.subscribe(tags, first));
        answer(session.subscribe(tags, second));
        first.next();
        one.close();
        second.next();
        for (int i = 0; i < 10; i++) {
            second.next();
        }
        assertThat(events.losses).isEmpty();
    }

    @Test
    void reportsABadTimeWithItsStatus() throws Exception {
        Signal signal =
                new Signal(
                        "Double",
                        Signal.Shape.CONSTANT,
                        "5",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        new Signal.Bad(
                                Duration.ofMillis(600),
                                Duration.ofMillis(300),
                                Status.named("BadSensorFailure")));
        DeviceSession session = connected(Map.of("A/Level", signal));
        OpcUaBench.Samples samples = new OpcUaBench.Samples();
        answer(session.subscribe(List.of(new TagRequest(node("A.Level"), FAST)), samples));
        Sample sample = samples.next().sample();
        while (sample.status().isGood()) {
            sample = samples.next().sample();
        }
        assertThat(sample.status()).isEqualTo(Status.named("BadSensorFailure"));
        assertThat(samples.next().sample().status()).as("it recovers").isEqualTo(Status.GOOD);
    }

    @Test
    void keepsADeadbandAtTheServer() throws Exception {
        Signal ramp =
                new Signal(
                        "Double",
                        Signal.Shape.RAMP,
                        null,
                        0.0,
                        100.0,
                        Duration.ofSeconds(10),
                        null,
                        null,
                        null,
                        null,
                        false,
                        null);
        DeviceSession session = connected(Map.of("A/Ramp", ramp));
        OpcUaBench.Samples samples = new OpcUaBench.Samples();
        answer(
                session.subscribe(
                        List.of(
                                new TagRequest(
                                        node("A.Ramp"),
                                        FAST,
                                        new Monitoring(1, null, Deadband.absolute(5), null))),
                        samples));
        double last = number(samples.next().sample());
        for (int i = 0; i < 3; i++) {
            double now = number(samples.next().sample());
            assertThat(Math.abs(now - last)).isGreaterThan(5.0);
            last = now;
        }
    }

    @Test
    void writesInTheNodesOwnType() throws Exception {
        DeviceSession session =
                connected(
                        Map.of(
                                "A/Setpoint", constant("Int16", "7", true),
                                "A/Fixed", constant("Int16", "7", false)));
        Writes writes = session.capability(Writes.class).orElseThrow();

        Value value = answer(writes.parse(node("A.Setpoint"), "42"));
        assertThat(value).isEqualTo(Value.of(42L));
        assertThat(answer(writes.write(node("A.Setpoint"), value)).status()).isEqualTo(Status.GOOD);
        assertThat(answer(session.read(List.of(node("A.Setpoint")))).get(0).value())
                .isEqualTo(Value.of(42L));

        assertThat(failure(writes.parse(node("A.Setpoint"), "40000")))
                .hasMessageContaining("out of range")
                .extracting(DeviceException::kind)
                .isEqualTo(DeviceException.Kind.BAD_ADDRESS);
        assertThat(failure(writes.parse(node("A.Fixed"), "1")))
                .hasMessageContaining("may not be written");
        assertThat(failure(writes.parse(node("A.Nowhere"), "1")))
                .hasMessageContaining("BadNodeIdUnknown");
        assertThat(answer(writes.write(node("A.Fixed"), value)).status().name())
                .as("control: the server refuses it too")
                .isEqualTo("BadUserAccessDenied");
    }

    @Test
    void tellsTheLossOfItsServerOnceAndAtOnce() throws Exception {
        OpcUaSimulator first = bench.simulator(Map.of("A/Count", counter(Duration.ofMillis(50))));
        String endpoint = first.endpoint();
        DeviceSession session = bench.connected(endpoint, events);
        OpcUaBench.Samples samples = new OpcUaBench.Samples();
        List<TagRequest> tags = List.of(new TagRequest(node("A.Count"), FAST));
        answer(session.subscribe(tags, samples));
        samples.next();

        first.close();
        DeviceException reason = events.lost.get(3, TimeUnit.SECONDS);

        assertThat(reason.kind()).isEqualTo(DeviceException.Kind.LOST);
        assertThat(failure(session.read(List.of(node("A.Count")))).kind())
                .isEqualTo(DeviceException.Kind.LOST);

        int port = Integer.parseInt(endpoint.replaceAll(".*:(\\d+)/.*", "$1"));
        bench.simulator(port, Map.of("A/Count", counter(Duration.ofMillis(50))), Map.of());
        DeviceSession again = bench.connected(endpoint, new OpcUaBench.Events());
        OpcUaBench.Samples more = new OpcUaBench.Samples();
        answer(again.subscribe(tags, more));
        assertThat(more.next().sample().status()).isEqualTo(Status.GOOD);
        assertThat(events.losses).hasSize(1);
    }

    // A pulled cable closes no connection: only the silence tells.
    @Test
    void noticesAServerThatKeepsSilentOnAnOpenConnection() throws Exception {
        OpcUaSimulator simulator = bench.simulator(Map.of("A/B", constant("Int32", "1", false)));
        int port = Integer.parseInt(simulator.endpoint().replaceAll(".*:(\\d+)/.*", "$1"));
        try (FreezableWire wire = new FreezableWire(port)) {
            DeviceSession session =
                    bench.connected(
                            simulator.endpoint().replace(":" + port + "/", ":" + wire.port() + "/"),
                            events);
            assertThat(answer(session.read(List.of(node("A.B")))).get(0).status().isGood())
                    .isTrue();
            assertThat(events.notes).singleElement().asString().contains("as typed");

            wire.freeze();

            DeviceException reason = events.lost.get(5, TimeUnit.SECONDS);
            assertThat(reason.kind()).isEqualTo(DeviceException.Kind.LOST);
            assertThat(reason).hasMessageContaining("silent");
        }
        assertThat(events.losses).hasSize(1);
    }

    @Test
    void doesNotCallAClosedSessionLost() throws Exception {
        OpcUaSimulator simulator = bench.simulator(Map.of("A/B", constant("Int32", "1", false)));
        DeviceSession session = bench.connected(simulator.endpoint(), events);
        session.close();
        session.close();
        simulator.close();
        assertThat(failure(session.read(List.of(node("A.B")))).kind())
                .isEqualTo(DeviceException.Kind.LOST);
        assertThat(events.losses).isEmpty();
    }

    private DeviceSession connected(Map<String, Signal> points) throws Exception {
        return bench.connected(bench.simulator(points).endpoint(), events);
    }

    private static TagNode byName(List<TagNode> nodes, String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    }

    private static double number(Sample sample) {
        return ((Value.Numeric) sample.value()).asDouble();
    }
}
