package io.fieldloom.engine.device.opcua;

import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static io.fieldloom.engine.device.opcua.OpcUaBench.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.Browsing;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Events;
import io.fieldloom.engine.device.FoundDevice;
import io.fieldloom.engine.device.GuardedWrite;
import io.fieldloom.engine.device.Login;
import io.fieldloom.engine.device.Methods;
import io.fieldloom.engine.device.NodeSetExport;
import io.fieldloom.engine.device.OfferedEndpoint;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.device.TagNode;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.WriteLimits;
import io.fieldloom.engine.security.AuditLog;
import io.fieldloom.foreign.MiloServer;
import io.fieldloom.foreign.NodeOpcuaServer;
import io.fieldloom.foreign.UserFiles;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against the example server of Milo 0.6: another stack, other habits. It answers under its own
 * path only, wants the password by an outdated policy, and has type dictionaries where newer
 * servers have definitions of their types.
 */
@Tag("foreign")
class ForeignMiloTest {
    private static final String SPACE = "nsu=urn:eclipse:milo:hello-world;s=HelloWorld";
    private static final String SECURE = "Basic256Sha256/SignAndEncrypt";
    private static final Set<String> STANDARD_ROOTS = Set.of("i=85", "i=86", "i=87");

    @TempDir static Path servers;
    private static MiloServer server;

    @TempDir Path folder;
    private OpcUaBench bench;
    private final OpcUaBench.Events events = new OpcUaBench.Events();

    @BeforeAll
    static void startServer() throws Exception {
        server = new MiloServer(servers.resolve("milo"));
        server.start();
    }

    @AfterAll
    static void endServer() throws Exception {
        if (server != null) {
            server.kill();
        }
    }

    @BeforeEach
    void begin() {
        bench = new OpcUaBench(folder.resolve("home"));
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private static String node(String name) {
        return SPACE + "/" + name;
    }

    private DeviceSession connected() throws Exception {
        return bench.connected(server.endpoint(), events);
    }

    private static Value value(DeviceSession session, String name) throws Exception {
        Sample sample = answer(session.read(List.of(node(name)))).get(0);
        assertThat(sample.status()).as(name).isEqualTo(Status.GOOD);
        return sample.value();
    }

    // Whoever searches a host must not be told that no device is there.
    @Test
    void isFoundThoughItAnswersUnderItsPathOnly() throws Exception {
        List<FoundDevice> found =
                answer(
                        bench.driver
                                .discovery()
                                .orElseThrow()
                                .at("127.0.0.1", server.port(), Duration.ofSeconds(5)));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).server()).contains("only under the path of its endpoint");

        List<OfferedEndpoint> offered =
                answer(bench.driver.offers(Endpoint.parse(server.endpoint())));
        assertThat(offered)
                .extracting(one -> one.security().text())
                .containsExactly(SECURE, "None/None");
        assertThat(offered).extracting(OfferedEndpoint::recommended).containsExactly(true, false);
        assertThat(offered).allMatch(OfferedEndpoint::userPassword);
        assertThat(offered.get(0).trusted()).isFalse();
        assertThat(offered.get(0).certificate().subject()).contains("Eclipse Milo Example Server");
    }

    @Test
    void opensASecureSessionWhenEachTrustsTheOther() throws Exception {
        DeviceException unknown =
                failure(bench.session(server.endpoint(), SECURE, null, null, events).connect());
        assertThat(unknown.kind()).isEqualTo(Kind.UNTRUSTED);
        bench.trust.trust(unknown.certificate().orElseThrow().certificate());
        DeviceException turnedAway =
                failure(bench.session(server.endpoint(), SECURE, null, null, events).connect());
        assertThat(turnedAway).hasMessageContaining("does not trust Fieldloom's certificate");

        assertThat(server.trustTheRejected()).isPositive();
        await().atMost(20, TimeUnit.SECONDS)
                .ignoreExceptions()
                .untilAsserted(
                        () ->
                                answer(
                                        bench.session(server.endpoint(), SECURE, null, null, events)
                                                .connect()));
        DeviceException wrong =
                failure(bench.session(server.endpoint(), null, "admin", "wrong", events).connect());
        assertThat(wrong.kind()).isEqualTo(Kind.NOT_AUTHORISED);
        DeviceSession admin = bench.session(server.endpoint(), null, "admin", "password2", events);
        answer(admin.connect());
        assertThat(value(admin, "OnlyAdminCanRead/String"))
                .isEqualTo(Value.of("shh... don't tell the lusers"));

        UserFiles user = UserFiles.make(folder, "user", Duration.ofDays(1));
        DeviceSession certified =
                bench.session(
                        server.endpoint(),
                        SECURE,
                        new Login.Certificate(user.certificate(), user.key(), null),
                        events);
        answer(certified.connect());
        assertThat(answer(certified.read(List.of("i=2259"))).get(0).status())
                .isEqualTo(Status.GOOD);
    }

    // Against a plain client that asks node by node; the server's own namespace is left out, for
    // it has the diagnostics of each session.
    @Test
    void isBrowsedWithoutALossOrARepetition() throws Exception {
        DeviceSession session = connected();
        Set<String> seen = new HashSet<>(STANDARD_ROOTS);
        List<String> level = List.copyOf(seen);
        while (!level.isEmpty()) {
            List<String> next = new ArrayList<>();
            Browsing browsing = session.capability(Browsing.class).orElseThrow();
            Map<String, List<TagNode>> children = answer(browsing.browseAll(level));
            assertThat(children.keySet()).containsAll(level);
            for (List<TagNode> some : children.values()) {
                assertThat(some).extracting(TagNode::address).doesNotHaveDuplicates();
                for (TagNode child : some) {
                    if (seen.add(child.address()) && child.mayHaveChildren()) {
                        next.add(child.address());
                    }
                }
            }
            level = next;
        }
        assertThat(plain(seen)).isEqualTo(plain(browsedOneByOne())).hasSizeGreaterThan(1_000);
    }

    private static Set<String> plain(Set<String> addresses) {
        Set<String> plain = new HashSet<>(addresses);
        plain.removeIf(one -> one.startsWith("nsu=urn:eclipse:milo:examples:server"));
        return plain;
    }

    private static Set<String> browsedOneByOne() throws Exception {
        OpcUaClient client = OpcUaClient.create(server.endpoint());
        client.connect();
        Addresses addresses = new Addresses(List.of(client.readNamespaceTable().toArray()));
        Set<String> seen = new HashSet<>(STANDARD_ROOTS);
        Deque<NodeId> open =
                new ArrayDeque<>(
                        List.of(NodeIds.ObjectsFolder, NodeIds.TypesFolder, NodeIds.ViewsFolder));
        while (!open.isEmpty()) {
            BrowseDescription asked =
                    new BrowseDescription(
                            open.remove(),
                            BrowseDirection.Forward,
                            NodeIds.HierarchicalReferences,
                            true,
                            uint(0),
                            uint(63));
            ReferenceDescription[] found = client.browse(asked).getReferences();
            for (ReferenceDescription one : found == null ? new ReferenceDescription[0] : found) {
                NodeId node = addresses.node(one.getNodeId()).orElseThrow();
                if (seen.add(addresses.text(node))) {
                    open.add(node);
                }
            }
        }
        client.disconnect();
        return seen;
    }

    @Test
    void eachVariableOfItsSpaceIsReadAndDecoded() throws Exception {
        DeviceSession session = connected();
        List<String> variables = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(SPACE));
        while (!open.isEmpty()) {
            for (TagNode child : answer(session.browse(open.remove()))) {
                if (child.isVariable()) {
                    variables.add(child.address());
                }
                open.add(child.address());
            }
        }
        List<Sample> samples = answer(session.read(variables));
        Map<String, String> bad = new LinkedHashMap<>();
        for (int i = 0; i < samples.size(); i++) {
            if (!samples.get(i).status().isGood()) {
                bad.put(variables.get(i), samples.get(i).status().name());
            }
        }
        assertThat(samples).hasSizeGreaterThan(60);
        assertThat(bad)
                .isEqualTo(
                        Map.of(
                                node("OnlyAdminCanRead/String"), "BadUserAccessDenied",
                                node("WriteOnly/String"), "BadNotReadable"));

        assertThat(value(session, "CustomStructTypeVariable"))
                .isEqualTo(
                        structure(
                                "CustomStructType",
                                "foo",
                                Value.of("foo"),
                                "bar",
                                Value.of(42),
                                "baz",
                                Value.of(true),
                                "customEnumType",
                                new Value.Enumerated(0, "Field0")));
        assertThat(value(session, "CustomUnionTypeVariable"))
                .isEqualTo(structure("CustomUnionType", "bar", Value.of("hello")));
        assertThat(value(session, "ArrayTypes/UInt64Array"))
                .isEqualTo(new Value.Array(Collections.nCopies(5, Value.of(64))));
        assertThat(value(session, "ScalarTypes/XmlElement")).isEqualTo(Value.of("<a>hello</a>"));
    }

    private static Value structure(String type, Object... namesAndValues) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
        }
        return new Value.Structure(type, fields);
    }

    @Test
    void writesAreReadBackAndLimitsAreKnown() throws Exception {
        DeviceSession session = connected();
        GuardedWrite guard =
                GuardedWrite.over(
                        session,
                        server.endpoint(),
                        new AuditLog(bench.home, "tester"),
                        Runnable::run,
                        Clock.systemUTC());
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("ScalarTypes/UInt64", "18446744073709551615");
        texts.put("ScalarTypes/Float", "-0.1");
        texts.put("ScalarTypes/Integer", "-7");
        texts.put("ScalarTypes/Variant", "8");
        texts.put("ScalarTypes/DateTime", "2026-02-28T23:59:59.999Z");
        texts.put("ScalarTypes/NodeId", node("Dynamic"));
        texts.put("ArrayTypes/Int32Array", "[-1, 0, 1]");
        texts.put("ArrayTypes/StringArray", "[\"a, b\", \"ü\"]");
        texts.put("CustomEnumTypeVariable", "Field2");
        for (Map.Entry<String, String> text : texts.entrySet()) {
            GuardedWrite.Proposal proposed =
                    answer(guard.propose(node(text.getKey()), text.getValue()));
            assertThat(answer(guard.carryOut(proposed)).verdict())
                    .as(text.getKey())
                    .isEqualTo(GuardedWrite.Verdict.CONFIRMED);
        }
        assertThat(value(session, "ScalarTypes/UInt64"))
                .isEqualTo(Value.of(new BigInteger("18446744073709551615")));
        assertThat(value(session, "CustomEnumTypeVariable"))
                .isEqualTo(new Value.Enumerated(2, "Field2"));
        assertThat(failure(guard.propose(node("CustomStructTypeVariable"), "{}")))
                .hasMessageContaining("a structure cannot be written");
        assertThat(failure(guard.propose(node("OnlyAdminCanWrite/String"), "x")))
                .hasMessageContaining("may not be written");
        WriteLimits limits = session.capability(WriteLimits.class).orElseThrow();
        assertThat(answer(limits.limits(node("DataAccess/AnalogValue"))))
                .contains(new WriteLimits.Limit("EURange", 0, 100));
    }

    @Test
    void aMethodIsCalledAndTheEventThatItMakesIsTold() throws Exception {
        DeviceSession session = connected();
        Methods methods = session.capability(Methods.class).orElseThrow();
        Methods.Method root = answer(methods.method(node("sqrt(x)")));
        Methods.Outcome outcome =
                answer(methods.call(root, SPACE, answer(methods.parse(root, List.of("16")))));
        assertThat(outcome.outputs()).containsExactly(Value.of(4.0));

        LinkedBlockingQueue<Events.Event> told = new LinkedBlockingQueue<>();
        Events watching = session.capability(Events.class).orElseThrow();
        answer(watching.watch("", told::add));
        Methods.Method make = answer(methods.method(node("generateEvent(eventTypeId)")));
        List<Value> type = answer(methods.parse(make, List.of("i=2041")));
        assertThat(answer(methods.call(make, SPACE, type)).status()).isEqualTo(Status.GOOD);
        Events.Event event = told.poll(20, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        assertThat(event.type()).isEqualTo("BaseEventType");
        assertThat(event.message()).isNotEmpty();
    }

    @Test
    void allDynamicNodesFlowAgainAfterTheServerWasKilled() throws Exception {
        List<TagRequest> tags =
                List.of(
                                "Dynamic/Boolean",
                                "Dynamic/Int32",
                                "Dynamic/Double",
                                "DataAccess/AnalogValue")
                        .stream()
                        .map(name -> new TagRequest(node(name), Duration.ofMillis(100)))
                        .toList();
        ExecutorService pool = Executors.newCachedThreadPool();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        DeviceLink link =
                new DeviceLink(
                        bench.driver,
                        new SessionRequest(
                                "milo", Endpoint.parse(server.endpoint()), null, Login.ANONYMOUS),
                        pool,
                        timer,
                        Clock.systemUTC());
        Set<Integer> flowing = ConcurrentHashMap.newKeySet();
        try {
            link.start();
            answer(link.firstAnswer());
            link.watch(
                    tags,
                    (places, samples) -> {
                        for (int i = 0; i < places.length; i++) {
                            if (samples[i].status().isGood()) {
                                flowing.add(places[i]);
                            }
                        }
                    });
            await().atMost(20, TimeUnit.SECONDS).until(() -> flowing.size() == tags.size());

            server.kill();
            await().atMost(20, TimeUnit.SECONDS).until(() -> !link.state().isUp());
            flowing.clear();
            server.start();
            await().atMost(40, TimeUnit.SECONDS).until(() -> flowing.size() == tags.size());
        } finally {
            link.stop().toCompletableFuture().join();
            pool.shutdownNow();
            timer.shutdownNow();
        }
    }

    @Test
    void itsAddressSpaceIsSavedForAnotherProgram() throws Exception {
        Path file = folder.resolve("milo.NodeSet2.xml");
        NodeSetExport export = connected().capability(NodeSetExport.class).orElseThrow();
        NodeSetExport.Saved saved = answer(export.save(SPACE, file, looked -> {}));

        assertThat(saved.complete()).isTrue();
        assertThat(saved.nodes()).isGreaterThan(70);
        String line = NodeOpcuaServer.script("nodeset-reader.js", file.toString());
        assertThat(new ObjectMapper().readTree(line.substring("result ".length())).get("nodes"))
                .hasToString(String.valueOf(saved.nodes()));
    }
}
