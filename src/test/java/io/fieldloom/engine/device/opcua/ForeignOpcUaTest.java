package io.fieldloom.engine.device.opcua;

import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static io.fieldloom.engine.device.opcua.OpcUaBench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.tag.Deadband;
import io.fieldloom.domain.tag.Monitoring;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.Browsing;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.GuardedWrite;
import io.fieldloom.engine.device.NodeDetails;
import io.fieldloom.engine.device.Revised;
import io.fieldloom.engine.device.Sampling;
import io.fieldloom.engine.device.TagNode;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.TypeNames;
import io.fieldloom.engine.device.WriteLimits;
import io.fieldloom.engine.device.Writes;
import io.fieldloom.engine.security.AuditLog;
import io.fieldloom.engine.security.KeptCertificate;
import io.fieldloom.foreign.NodeOpcuaServer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that we did not write, with the small limits of a small PLC. */
@Tag("foreign")
class ForeignOpcUaTest {
    private static final Duration FAST = Duration.ofMillis(100);

    @TempDir Path folder;
    private OpcUaBench bench;
    private NodeOpcuaServer server;
    private final OpcUaBench.Events events = new OpcUaBench.Events();

    @BeforeEach
    void begin() throws Exception {
        bench = new OpcUaBench(folder.resolve("home"));
        server = new NodeOpcuaServer(folder.resolve("pki"));
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
        if (server != null) {
            server.kill();
        }
    }

    @Test
    void readsEachKindOfValue() throws Exception {
        server.start();
        DeviceSession session = bench.connected(server.endpoint(), events);

        assertThat(value(session, "Huge"))
                .isEqualTo(Value.of(new BigInteger("18446744073709551615")));
        assertThat(value(session, "Long")).isEqualTo(Value.of(Long.MAX_VALUE));
        assertThat(value(session, "Guid"))
                .isEqualTo(Value.of("72962b91-fa75-4ae6-8d28-b404dc7daf63"));
        assertThat(value(session, "When"))
                .isEqualTo(new Value.Time(Instant.parse("2026-01-01T00:00:00.125Z")));
        assertThat(value(session, "Never")).isEqualTo(Value.NONE);
        assertThat(value(session, "Words")).isEqualTo(Value.of("Füllstand"));
        assertThat(value(session, "Bytes"))
                .isEqualTo(new Value.Bytes("hello".getBytes(StandardCharsets.UTF_8)));
        assertThat(value(session, "Where")).isEqualTo(Value.of(node("Machine")));
        assertThat(value(session, "Code")).isEqualTo(Value.of("BadSensorFailure"));
        assertThat(value(session, "Numbers")).isEqualTo(array(1, 2, 3));
        assertThat(value(session, "Matrix"))
                .isEqualTo(
                        new Value.Array(
                                List.of(
                                        new Value.Array(
                                                List.of(
                                                        Value.of(1.0),
                                                        Value.of(2.0),
                                                        Value.of(3.0))),
                                        new Value.Array(
                                                List.of(
                                                        Value.of(4.0),
                                                        Value.of(5.0),
                                                        Value.of(6.0))))));
        assertThat(value(session, "State")).isEqualTo(new Value.Enumerated(20, "Running"));
    }

    @Test
    void decodesStructuresByTheServersOwnDefinition() throws Exception {
        server.start();
        DeviceSession session = bench.connected(server.endpoint(), events);

        Value.Structure recipe = (Value.Structure) value(session, "Recipe");
        assertThat(recipe.type()).isEqualTo("Recipe");
        assertThat(recipe.fields().keySet()).containsExactly("Name", "Amount", "Steps", "Mode");
        assertThat(recipe.fields())
                .containsEntry("Name", Value.of("Cola"))
                .containsEntry("Amount", Value.of(0.33))
                .containsEntry("Steps", array(3, 1, 2))
                .containsEntry("Mode", new Value.Enumerated(10, "Starting"));
        Value.Array recipes = (Value.Array) value(session, "Recipes");
        assertThat(recipes.elements()).hasSize(2);
        assertThat(recipes.elements().get(0)).isEqualTo(recipe);
        assertThat(
                        answer(
                                session.capability(TypeNames.class)
                                        .orElseThrow()
                                        .typeNames(
                                                List.of(
                                                        node("Recipe"),
                                                        node("State"),
                                                        node("Level")))))
                .containsExactly("Recipe", "MachineState", "Double");
    }

    @Test
    void decodesWhatStructuresAreMadeOf() throws Exception {
        server.start();
        DeviceSession session = bench.connected(server.endpoint(), events);
        Value recipe = value(session, "Recipe");

        Value.Structure order = (Value.Structure) value(session, "Order");
        assertThat(order.fields())
                .containsEntry("Number", Value.of(1L))
                .containsEntry("Recipe", recipe)
                .containsEntry(
                        "Limit", new Value.Structure("Limit", Map.of("Percent", Value.of(12.5))))
                .containsEntry("Note", Value.of("soon"))
                .as("an optional field that is not there")
                .doesNotContainKey("Due");
        assertThat(((Value.Array) order.fields().get("Others")).elements())
                .singleElement()
                .isInstanceOfSatisfying(
                        Value.Structure.class,
                        water -> assertThat(water.fields()).containsEntry("Steps", array()));
        Value.Structure plain = (Value.Structure) value(session, "Plain");
        assertThat(plain.fields())
                .containsEntry("Limit", new Value.Structure("Limit", Map.of("Steps", Value.of(3L))))
                .doesNotContainKeys("Note", "Due");
        Value.Array shelf = (Value.Array) value(session, "Shelf");
        assertThat(shelf.elements()).first().isEqualTo(new Value.Array(List.of(recipe)));
        assertThat(value(session, "States"))
                .isEqualTo(
                        new Value.Array(
                                List.of(
                                        new Value.Enumerated(0, "Stopped"),
                                        new Value.Enumerated(20, "Running"),
                                        Value.of(7L))));
    }

    // Many a PLC has structures that it does not describe.
    @Test
    void saysWhatCannotBeDecoded() throws Exception {
        server.start();
        DeviceSession session = bench.connected(server.endpoint(), events);
        Value recipe = value(session, "Recipe");
        List<Sample> samples = answer(session.read(List.of(node("Mixed"), node("Level"))));

        assertThat(samples.get(0).status()).isEqualTo(Status.GOOD);
        List<Value> elements = ((Value.Array) samples.get(0).value()).elements();
        assertThat(elements.get(0)).isEqualTo(recipe);
        assertThat(((Value.Structure) elements.get(1)).fields())
                .containsEntry("typeId", Value.of("nsu=urn:foreign:filler;i=4711"))
                .containsEntry("body", new Value.Bytes("abc".getBytes(StandardCharsets.UTF_8)));
        assertThat(samples.get(1).value()).isEqualTo(Value.of(42.5));
    }

    @Test
    void browsesTheWholeServerWithinItsLimits() throws Exception {
        server.start("--large", "2500");
        DeviceSession session = bench.connected(server.endpoint(), events);
        Browsing browsing = session.capability(Browsing.class).orElseThrow();

        Set<String> seen = new HashSet<>();
        List<String> level = List.of("");
        while (!level.isEmpty()) {
            List<String> next = new ArrayList<>();
            for (List<TagNode> children : answer(browsing.browseAll(level)).values()) {
                for (TagNode child : children) {
                    if (seen.add(child.address())) {
                        next.add(child.address());
                    }
                }
            }
            level = next;
        }

        assertThat(seen)
                .contains(node("Machine"), node("Recipe"), node("Start"), "i=2253")
                .contains(node("Tag0"), node("Tag2499"));
        assertThat(seen.size()).isGreaterThan(3_000);
        List<TagNode> machine = answer(session.browse(node("Machine")));
        assertThat(machine).extracting(TagNode::name).contains("Recipe", "State", "Start");
        assertThat(machine)
                .filteredOn(tag -> tag.name().equals("Setpoint"))
                .allMatch(TagNode::writable);
    }

    @Test
    void subscribesManyTagsWithinItsLimits() throws Exception {
        server.start();
        DeviceSession session = bench.connected(server.endpoint(), events);
        List<TagRequest> tags =
                IntStream.range(0, 300)
                        .mapToObj(i -> new TagRequest(node("Tag" + i), FAST))
                        .toList();
        OpcUaBench.Samples samples = new OpcUaBench.Samples();
        Sampling sampling = answer(session.subscribe(tags, samples));
        assertThat(sampling.rejected()).isEmpty();
        Set<Integer> got = new HashSet<>();
        while (got.size() < 300) {
            OpcUaBench.Samples.Taken taken = samples.next();
            assertThat(taken.sample().value()).isEqualTo(Value.of((long) taken.tag()));
            got.add(taken.tag());
        }
    }

    @Test
    void subscribesEveryIntervalOnAServerThatAllowsOneSubscription() throws Exception {
        server.start("--subscriptions", "1");
        DeviceSession session = bench.connected(server.endpoint(), events);
        OpcUaBench.Samples samples = new OpcUaBench.Samples();
        Sampling first = answer(session.subscribe(counter(), samples));
        Sampling second =
                answer(
                        session.subscribe(
                                List.of(new TagRequest(node("Level"), Duration.ofMillis(500))),
                                (tags, taken) -> samples.accept(new int[] {7}, taken)));
        assertThat(first.rejected()).isEmpty();
        assertThat(second.rejected()).isEmpty();
        OpcUaBench.Samples.Taken taken = samples.next();
        while (taken.tag() != 7) {
            taken = samples.next();
        }
        assertThat(taken.sample().value()).isEqualTo(Value.of(42.5));
        first.close();
        second.close();
    }

    @Test
    void keepsADeadbandInPercentOfTheRangeAndSaysWhereThereIsNone() throws Exception {
        server.start();
        DeviceSession session = bench.connected(server.endpoint(), events);
        OpcUaBench.Samples samples = new OpcUaBench.Samples();
        Monitoring fivePercent = new Monitoring(1, null, Deadband.parse("5%"), null);
        Sampling sampling =
                answer(
                        session.subscribe(
                                List.of(
                                        new TagRequest(node("Speed"), FAST, fivePercent),
                                        new TagRequest(node("Level"), FAST, fivePercent),
                                        new TagRequest(node("Speed"), FAST)),
                                samples));
        assertThat(sampling.rejected()).isEmpty();
        assertThat(sampling.revised(0)).isEqualTo(new Revised(FAST, 1, null));
        assertThat(sampling.revised(1).filterRefused()).isNotNull();
        assertThat(List.of(samples.next().tag(), samples.next().tag(), samples.next().tag()))
                .containsExactlyInAnyOrder(0, 1, 2);

        Writes writes = session.capability(Writes.class).orElseThrow();
        for (double speed : new double[] {65, 69}) { // of 0 to 200, seen from 60
            answer(writes.write(node("Speed"), Value.of(speed)));
            OpcUaBench.Samples.Taken sampled = samples.next();
            assertThat(sampled.tag()).isEqualTo(2);
            assertThat(sampled.sample().value()).isEqualTo(Value.of(speed));
        }
        answer(writes.write(node("Speed"), Value.of(71.0)));
        List<OpcUaBench.Samples.Taken> both = List.of(samples.next(), samples.next());
        assertThat(both).extracting(taken -> taken.tag()).containsExactlyInAnyOrder(0, 2);
        assertThat(both).allMatch(taken -> taken.sample().value().equals(Value.of(71.0)));
    }

    @Test
    void subscribesInOrder() throws Exception {
        server.start();
        DeviceSession session = bench.connected(server.endpoint(), events);
        OpcUaBench.Samples samples = new OpcUaBench.Samples();
        answer(session.subscribe(counter(), samples));
        long last = number(samples.next().sample());
        for (int i = 0; i < 50; i++) {
            long now = number(samples.next().sample());
            assertThat(now).isGreaterThan(last);
            last = now;
        }
    }

    @Test
    void worksSignedAndEncrypted() throws Exception {
        server.start("--secure", "--user", "operator", "--password", "geheim");
        for (String security :
                List.of(
                        "Basic256Sha256/SignAndEncrypt",
                        "Basic256Sha256/Sign",
                        "Aes256_Sha256_RsaPss/SignAndEncrypt")) {
            DeviceSession asking =
                    bench.session(server.endpoint(), security, "operator", "geheim", events);
            if (bench.trust.kept(KeptCertificate.Kind.TRUSTED).isEmpty()) {
                DeviceException asked = failure(asking.connect());
                assertThat(asked.kind()).isEqualTo(Kind.UNTRUSTED);
                bench.trust.trust(asked.certificate().orElseThrow().certificate());
                asking = bench.session(server.endpoint(), security, "operator", "geheim", events);
            }
            answer(asking.connect());
            assertThat(value(asking, "Level")).isEqualTo(Value.of(42.5));
            assertThat(answer(asking.browse(node("Machine")))).isNotEmpty();
            OpcUaBench.Samples samples = new OpcUaBench.Samples();
            answer(asking.subscribe(counter(), samples));
            assertThat(samples.next().sample().status()).isEqualTo(Status.GOOD);
            asking.close();
        }
        assertThat(
                        failure(
                                        bench.session(
                                                        server.endpoint(),
                                                        null,
                                                        "operator",
                                                        "wrong",
                                                        events)
                                                .connect())
                                .kind())
                .isEqualTo(Kind.NOT_AUTHORISED);
        assertThat(
                        failure(
                                        bench.session(server.endpoint(), null, null, null, events)
                                                .connect())
                                .kind())
                .as("no anonymous session")
                .isEqualTo(Kind.NOT_AUTHORISED);
    }

    // BadSecurityChecksFailed is the error that nobody understands: the server has to trust us too.
    @Test
    void saysThatTheServerDoesNotTrustUs() throws Exception {
        server.start("--secure", "--strict");
        String security = "Basic256Sha256/SignAndEncrypt";
        DeviceException asked =
                failure(bench.session(server.endpoint(), security, null, null, events).connect());
        bench.trust.trust(asked.certificate().orElseThrow().certificate());
        DeviceException refused =
                failure(bench.session(server.endpoint(), security, null, null, events).connect());
        assertThat(refused.kind()).isEqualTo(Kind.SECURITY);
        assertThat(refused).hasMessageContaining("does not trust Fieldloom's certificate");
        assertThat(refused.advice()).contains(bench.own.file().toString());
    }

    @Test
    void writesAndReadsBack() throws Exception {
        server.start();
        DeviceSession session = bench.connected(server.endpoint(), events);
        Writes writes = session.capability(Writes.class).orElseThrow();
        Value value = answer(writes.parse(node("Setpoint"), "-5"));
        assertThat(answer(writes.write(node("Setpoint"), value)).status()).isEqualTo(Status.GOOD);
        assertThat(value(session, "Setpoint")).isEqualTo(Value.of(-5L));
        assertThat(failure(writes.parse(node("Level"), "1"))).hasMessageContaining("written");
    }

    @Test
    void saysWhichRangeAValueIsOutsideOf() throws Exception {
        server.start();
        DeviceSession session = bench.connected(server.endpoint(), events);
        GuardedWrite guard =
                GuardedWrite.over(
                        session,
                        server.endpoint(),
                        new AuditLog(bench.home, "tester"),
                        Runnable::run,
                        Clock.systemUTC());
        assertThat(answer(guard.propose(node("Speed"), "120")).outside()).isEmpty();
        assertThat(answer(guard.propose(node("Speed"), "220")).outside())
                .containsExactly(new WriteLimits.Limit("EURange", 0, 200));
        assertThat(answer(guard.propose(node("Speed"), "-50")).outside()).hasSize(2);
        assertThat(answer(guard.propose(node("Setpoint"), "30000")).outside())
                .as("it has no range")
                .isEmpty();
    }

    @Test
    void writesArraysAndStatesByName() throws Exception {
        server.start();
        DeviceSession session = bench.connected(server.endpoint(), events);
        GuardedWrite guard =
                GuardedWrite.over(
                        session,
                        server.endpoint(),
                        new AuditLog(bench.home, "tester"),
                        Runnable::run,
                        Clock.systemUTC());
        GuardedWrite.Outcome numbers =
                answer(guard.carryOut(answer(guard.propose(node("Numbers"), "[7, -8]"))));
        assertThat(numbers.verdict()).isEqualTo(GuardedWrite.Verdict.CONFIRMED);
        assertThat(value(session, "Numbers")).isEqualTo(array(7, -8));
        GuardedWrite.Outcome states =
                answer(guard.carryOut(answer(guard.propose(node("States"), "[Running, 0]"))));
        assertThat(states.verdict()).isEqualTo(GuardedWrite.Verdict.CONFIRMED);
        assertThat(failure(guard.propose(node("Numbers"), "5")))
                .hasMessageContaining("write its elements as [1, 2, 3]");
        assertThat(failure(guard.propose(node("Numbers"), "[1, 3000000000]")))
                .hasMessageContaining("out of range");
    }

    @Test
    void findsItsTagsAgainWhenTheServerComesBackWithOtherNamespaceIndices() throws Exception {
        server.start();
        DeviceSession session = bench.connected(server.endpoint(), events);
        assertThat(value(session, "Level")).isEqualTo(Value.of(42.5));
        OpcUaBench.Samples samples = new OpcUaBench.Samples();
        answer(session.subscribe(counter(), samples));
        samples.next();

        long before = System.nanoTime();
        server.kill();
        DeviceException reason = events.lost.get(3, TimeUnit.SECONDS);
        assertThat(reason.kind()).isEqualTo(Kind.LOST);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));

        server.start("--swap");
        before = System.nanoTime();
        DeviceSession again = bench.connected(server.endpoint(), new OpcUaBench.Events());
        assertThat(value(again, "Level")).isEqualTo(Value.of(42.5));
        assertThat(answer(again.read(List.of("ns=3;s=Level"))).get(0).value())
                .as("control: the index is another one now")
                .isEqualTo(Value.of(42.5));
        OpcUaBench.Samples more = new OpcUaBench.Samples();
        answer(again.subscribe(counter(), more));
        assertThat(number(more.next().sample())).isGreaterThanOrEqualTo(1000);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(events.losses).hasSize(1);
    }

    // A pulled cable closes no connection: only the silence tells.
    @Test
    void noticesAServerThatWentSilent() throws Exception {
        server.start();
        DeviceSession session = bench.connected(server.endpoint(), events);
        assertThat(value(session, "Level")).isEqualTo(Value.of(42.5));
        server.freeze();
        try {
            DeviceException reason = events.lost.get(5, TimeUnit.SECONDS);
            assertThat(reason).hasMessageContaining("silent");
        } finally {
            server.thaw();
        }
    }

    // Asks within the limits of 50 reads and 20 browses; the folder has 300 references.
    @Test
    void looksIntoNodes() throws Exception {
        server.start();
        NodeDetails details =
                bench.connected(server.endpoint(), events)
                        .capability(NodeDetails.class)
                        .orElseThrow();

        NodeDetails.Node large = answer(details.details(node("Large")));
        assertThat(large.browsed()).isEqualTo(Status.GOOD);
        assertThat(
                        large.references().stream()
                                .filter(NodeDetails.Reference::forward)
                                .filter(one -> one.nodeClass().equals("Variable")))
                .hasSize(300)
                .allMatch(one -> one.type().equals("Organizes"));
        NodeDetails.Node recipes = answer(details.details(node("Recipes")));
        assertThat(recipes.attributes())
                .filteredOn(one -> one.name().equals("ValueRank"))
                .extracting(NodeDetails.Attribute::value)
                .containsExactly(Value.of("one dimension (1)"));
        assertThat(recipes.sample().value()).isInstanceOf(Value.Array.class);
        NodeDetails.Reference type =
                answer(details.details(node("Recipe"))).references().stream()
                        .filter(one -> one.type().equals("HasTypeDefinition"))
                        .findFirst()
                        .orElseThrow();
        assertThat(answer(details.details(type.target())).nodeClass()).isEqualTo("VariableType");
    }

    private List<TagRequest> counter() {
        return List.of(new TagRequest(node("Counter"), FAST));
    }

    private static Value value(DeviceSession session, String name) throws Exception {
        Sample sample = answer(session.read(List.of(node(name)))).get(0);
        assertThat(sample.status()).as(name).isEqualTo(Status.GOOD);
        return sample.value();
    }

    private static Value array(long... numbers) {
        return new Value.Array(java.util.Arrays.stream(numbers).mapToObj(Value::of).toList());
    }

    private static long number(Sample sample) {
        return ((Value.Int) sample.value()).value();
    }

    private static String node(String name) {
        return "nsu=urn:foreign:filler;s=" + name;
    }
}
