package io.fieldloom.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.mapping.PayloadFormat;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.project.Touched;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.LinkState;
import io.fieldloom.engine.device.ScriptedDriver;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.mapping.MappingEngine.Unavailable;
import io.fieldloom.engine.outlet.Drops;
import io.fieldloom.engine.outlet.Outlet;
import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.engine.outlet.Publication;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pcollections.HashTreePMap;

class MappingEngineTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String A = "nsu=urn:x;s=a";
    private static final String B = "nsu=urn:x;s=b";

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ScriptedDriver driver = new ScriptedDriver();
    private final DeviceLink link =
            new DeviceLink(
                    driver,
                    SessionRequest.anonymous("filler", Endpoint.parse("opc.tcp://127.0.0.1:1")),
                    pool,
                    timer,
                    Clock.systemUTC());
    private final Collecting outlet = new Collecting();
    private final MappingEngine engine =
            new MappingEngine(
                    new MappingEngine.Wiring() {
                        @Override
                        public DeviceLink device(String name) throws Unavailable {
                            if (name.equals("filler")) {
                                return link;
                            }
                            throw new Unavailable("no link to " + name);
                        }

                        @Override
                        public Outlet outlet(String broker, String topic, boolean unreal)
                                throws Unavailable {
                            if (broker.equals("embedded")) {
                                return outlet;
                            }
                            throw new Unavailable("no broker " + broker);
                        }
                    },
                    new Transforms(),
                    pool);
    private ScriptedDriver.Session session;

    @BeforeEach
    void connect() {
        link.start();
        session = driver.next().up();
    }

    @AfterEach
    void stop() {
        engine.stop();
        link.stop().toCompletableFuture().join();
        pool.shutdownNow();
        timer.shutdownNow();
    }

    private static Project project(Mapping... mappings) {
        Project project =
                withDevices(
                        Project.EMPTY,
                        new Device(
                                "filler",
                                "opc.tcp://127.0.0.1:1",
                                null,
                                null,
                                null,
                                HashTreePMap.empty(),
                                null,
                                null,
                                null));
        for (Mapping mapping : mappings) {
            project = with(project, mapping);
        }
        return project;
    }

    private static Project withDevices(Project project, Device device) {
        return project.withDevices(project.devices().plus(device.name(), device));
    }

    private static Project with(Project project, Mapping mapping) {
        return project.withMappings(project.mappings().plus(mapping.topic(), mapping));
    }

    private static Mapping mapping(String topic, String tag) {
        return Mapping.of(topic, new TagRef("filler", tag));
    }

    private void start(Project project) {
        engine.start(project).toCompletableFuture().join();
    }

    private void edit(Project before, Project after, String... topics) {
        Touched touched =
                new Touched(
                        Set.of(topics),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        false,
                        false);
        engine.apply(new Change(before, after, touched, "Edit")).toCompletableFuture().join();
    }

    @Test
    void theFirstSampleIsSentAndAnUnchangedOneIsNot() {
        start(project(mapping("acme/a", A)));
        ScriptedDriver.Subscription samples = session.subscription();

        samples.send(0, Sample.good(Value.of(1), NOW));
        samples.send(0, Sample.good(Value.of(1), NOW.plusSeconds(1)));
        samples.send(0, Sample.good(Value.of(2), NOW.plusSeconds(2)));

        assertThat(outlet.payloads())
                .containsExactly(
                        "{\"value\":1,\"quality\":\"good\","
                                + "\"timestamp\":\"2026-01-01T00:00:00.000Z\"}",
                        "{\"value\":2,\"quality\":\"good\","
                                + "\"timestamp\":\"2026-01-01T00:00:02.000Z\"}");
        assertThat(engine.stats().suppressed()).isEqualTo(1);
    }

    @Test
    void aLostDeviceIsOneBadMessageWithTheLastValue() {
        start(project(mapping("acme/a", A)));
        session.subscription().send(0, Sample.good(Value.of(1), NOW));

        session.lose();

        await().until(() -> outlet.taken.size() == 2);
        assertThat(outlet.payloads().get(1))
                .startsWith("{\"value\":1,\"quality\":\"bad\",\"timestamp\":\"");
    }

    @Test
    void aBadSampleIsNotPublishedAsPlainAndAnEmptyStringNotRetained() {
        start(project(mapping("acme/a", A).withPayload(PayloadFormat.PLAIN)));
        ScriptedDriver.Subscription samples = session.subscription();

        samples.send(0, Sample.good(Value.of("x"), NOW));
        samples.send(0, Sample.failed(Status.named("BadSensorFailure"), NOW));
        samples.send(0, Sample.good(Value.of(""), NOW));

        assertThat(outlet.payloads()).containsExactly("x", "");
        assertThat(outlet.taken).extracting(Publication::retain).containsExactly(true, false);
        assertThat(engine.stats().suppressed()).isEqualTo(1);
    }

    // For a broker that forgot what it kept.
    @Test
    void theLastMessageOfARetainedTopicCanBeHadAgain() {
        Project before =
                project(
                        mapping("acme/a", A),
                        mapping("acme/plain", A).withPayload(PayloadFormat.PLAIN),
                        mapping("acme/unkept", A).withRetain(false));
        start(before);
        ScriptedDriver.Subscription samples = session.subscription();
        assertThat(engine.last(outlet.name(), "acme/a")).as("nothing said yet").isEmpty();
        samples.send(0, Sample.good(Value.of(1), NOW));
        byte[] said = outlet.taken.get(0).payload();

        assertThat(engine.topics(outlet.name())).containsExactlyInAnyOrder("acme/a", "acme/plain");
        assertThat(engine.topics("another")).isEmpty();
        Publication again = engine.last(outlet.name(), "acme/a").orElseThrow();
        assertThat(again.payload()).isEqualTo(said);
        assertThat(again.retain()).isTrue();
        assertThat(engine.stats().published()).as("not counted again").isEqualTo(3);

        samples.send(0, Sample.failed(Status.named("BadSensorFailure"), NOW));
        assertThat(new String(engine.last(outlet.name(), "acme/a").orElseThrow().payload()))
                .contains("\"quality\":\"bad\"");
        assertThat(engine.last(outlet.name(), "acme/plain"))
                .as("a value that is known to be stale")
                .isEmpty();

        edit(before, before.withMappings(before.mappings().minus("acme/a")), "acme/a");
        assertThat(engine.last(outlet.name(), "acme/a")).isEmpty();
    }

    @Test
    void badTagsAreCountedByDeviceAndStatusWhileTheyAreBad() {
        Project before = project(mapping("acme/a", A), mapping("acme/b", B));
        start(before);
        ScriptedDriver.Subscription samples = session.subscription();
        samples.send(0, Sample.failed(Status.BAD_WAITING_FOR_INITIAL_DATA, NOW));
        assertThat(engine.badTags()).isEmpty();

        samples.send(0, Sample.failed(Status.named("BadOutOfService"), NOW));
        samples.send(1, Sample.failed(Status.named("BadOutOfService"), NOW));
        assertThat(engine.badTags()).hasSize(1);
        assertThat(engine.badTags().get(0).tags()).isEqualTo(2);
        assertThat(engine.badTags().get(0).device()).isEqualTo("filler");

        samples.send(1, Sample.failed(Status.named("BadSensorFailure"), NOW));
        assertThat(engine.badTags())
                .extracting(bad -> bad.tags() + " " + bad.status().words() + " " + bad.topic())
                .containsExactlyInAnyOrder("1 out of service acme/a", "1 sensor failure acme/b");

        samples.send(0, Sample.good(Value.of(1), NOW));
        edit(before, before.withMappings(before.mappings().minus("acme/b")), "acme/b");
        assertThat(engine.badTags()).isEmpty();
    }

    @Test
    void anEditReachesOnlyTheMappingItTouches() {
        Project before = project(mapping("acme/a", A), mapping("acme/b", B));
        start(before);
        ScriptedDriver.Subscription samples = session.subscription();
        samples.send(0, Sample.good(Value.of(300), NOW));
        samples.send(1, Sample.good(Value.of(5), NOW));
        outlet.taken.clear();

        Project after = with(before, mapping("acme/a", A).withTransform("value - 273.15"));
        edit(before, after, "acme/a");

        assertThat(outlet.taken).extracting(Publication::topic).containsExactly("acme/a");
        assertThat(outlet.payloads().get(0)).startsWith("{\"value\":26.85,");
        samples.send(1, Sample.good(Value.of(6), NOW));
        assertThat(outlet.taken).hasSize(2);
    }

    @Test
    void aMappingWithAFaultStandsStillAlone() {
        start(
                project(
                        mapping("acme/a", A).withTransform("value +"),
                        mapping("acme/b", B),
                        Mapping.of("acme/c", new TagRef("nobody", "x")),
                        mapping("acme/d", A).withBroker("other")));

        session.subscription().send(0, Sample.good(Value.of(5), NOW));

        assertThat(outlet.taken).extracting(Publication::topic).containsExactly("acme/b");
        assertThat(engine.stats().stopped()).isEqualTo(3);
        assertThat(engine.view("acme/c").orElseThrow().fault()).contains("nobody");
        assertThat(engine.view("acme/d").orElseThrow().fault()).contains("other");
    }

    @Test
    void aTransformThatCannotComputeCountsAndTheNextValueFlows() {
        start(project(mapping("acme/a", A).withTransform("10 / value")));
        ScriptedDriver.Subscription samples = session.subscription();

        samples.send(0, Sample.good(Value.of(0), NOW));
        assertThat(engine.view("acme/a").orElseThrow().fault()).contains("zero");
        samples.send(0, Sample.good(Value.of(4), NOW));

        assertThat(engine.stats().errors()).isEqualTo(1);
        assertThat(outlet.payloads()).hasSize(1).first().asString().startsWith("{\"value\":2.5,");
    }

    // Decimals have no end, but a JSON reader would refuse the number or read an infinity.
    @Test
    void aResultThatNoNumberHoldsIsAFault() {
        start(project(mapping("acme/a", A).withTransform("value * 1e300 * 1e300")));
        ScriptedDriver.Subscription samples = session.subscription();

        samples.send(0, Sample.good(Value.of(42.5), NOW));
        assertThat(engine.view("acme/a").orElseThrow().fault()).contains("4.25E+601");
        samples.send(0, Sample.good(Value.of(1e-300), NOW));

        assertThat(engine.stats().errors()).isEqualTo(1);
        assertThat(outlet.payloads()).hasSize(1).first().asString().contains("E+300");
    }

    @Test
    void aLossIsToldThoughTheTransformCannotCompute() {
        start(project(mapping("acme/a", A).withTransform("10 / value")));
        ScriptedDriver.Subscription samples = session.subscription();
        samples.send(0, Sample.good(Value.of(5), NOW));
        samples.send(0, Sample.good(Value.of(0), NOW));

        assertThat(outlet.payloads()).hasSize(2);
        assertThat(outlet.payloads().get(1)).startsWith("{\"value\":2,\"quality\":\"bad\",");
        session.lose();

        await().until(() -> link.state().phase() != LinkState.Phase.UP);
        assertThat(outlet.payloads()).hasSize(2);
    }

    @Test
    void aDeviceThatFallsSilentKeepsItsLastValue() {
        start(project(mapping("acme/a", A)));
        ScriptedDriver.Subscription samples = session.subscription();
        samples.send(0, Sample.good(Value.of(1234), NOW));
        samples.send(0, Sample.failed(Status.BAD_TIMEOUT, NOW));
        session.lose();

        await().until(() -> link.state().phase() != LinkState.Phase.UP);
        assertThat(outlet.payloads()).hasSize(2);
        assertThat(outlet.payloads().get(1)).startsWith("{\"value\":1234,\"quality\":\"bad\",");
    }

    @Test
    void aMappingWhoseDeviceIsRemovedSaysSoBeforeItStandsStill() {
        Project before = project(mapping("acme/a", A));
        start(before);
        session.subscription().send(0, Sample.good(Value.of(7), NOW));

        Project after = with(before, Mapping.of("acme/a", new TagRef("nobody", A)));
        edit(before, after, "acme/a");

        assertThat(outlet.payloads()).hasSize(2);
        assertThat(outlet.payloads().get(1)).startsWith("{\"value\":7,\"quality\":\"bad\",");
    }

    @Test
    void onlyWhatIsGoneFromTheDesignIsWithdrawnFromTheBroker() {
        Project before = project(mapping("acme/a", A), mapping("acme/b", B));
        start(before);

        edit(before, with(before, Mapping.of("acme/a", new TagRef("nobody", A))), "acme/a");
        assertThat(outlet.withdrawn).isEmpty();
        edit(before, project(mapping("acme/a", A)), "acme/a", "acme/b");
        assertThat(outlet.withdrawn).containsExactly("acme/b");
    }

    @Test
    void twoMappingsOfOneTagWatchItOnce() {
        start(project(mapping("acme/a", A), mapping("acme/b", A)));
        ScriptedDriver.Subscription samples = session.subscription();
        assertThat(samples.tags).hasSize(1);

        samples.send(0, Sample.good(Value.of(1), NOW));

        assertThat(outlet.taken)
                .extracting(Publication::topic)
                .containsExactlyInAnyOrder("acme/a", "acme/b");
    }

    @Test
    void manyEditsDoNotPileUpOnTheDevice() {
        Project project = project();
        start(project);
        for (int i = 0; i < 50; i++) {
            String topic = "acme/t" + i;
            Project next = with(project, mapping(topic, "nsu=urn:x;s=" + i));
            edit(project, next, topic);
            project = next;
        }

        await().until(() -> openTags() == 50);
        long open = session.allSubscriptions().stream().filter(each -> !each.closed).count();
        assertThat(open).isLessThanOrEqualTo(17);
    }

    private int openTags() {
        return session.allSubscriptions().stream()
                .filter(each -> !each.closed)
                .mapToInt(each -> each.tags.size())
                .sum();
    }

    /** An outlet that keeps what it is offered. */
    private static final class Collecting implements Outlet {
        private final List<Publication> taken = new CopyOnWriteArrayList<>();
        private final List<String> withdrawn = new CopyOnWriteArrayList<>();

        List<String> payloads() {
            return taken.stream()
                    .map(each -> new String(each.payload(), StandardCharsets.UTF_8))
                    .toList();
        }

        @Override
        public String name() {
            return "embedded";
        }

        @Override
        public void offer(Publication publication) {
            taken.add(publication);
        }

        @Override
        public void withdraw(Set<String> topics) {
            withdrawn.addAll(topics);
        }

        @Override
        public OutletState state() {
            return new OutletState(
                    OutletState.Link.UP, "", NOW, null, taken.size(), 0, Drops.NONE, 0, 0, 0, 0, 0);
        }

        @Override
        public boolean drain(Duration atMost) {
            return true;
        }

        @Override
        public void close() {
            taken.clear();
        }
    }
}
