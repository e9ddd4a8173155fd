package io.fieldloom.engine.device.opcua;

import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static io.fieldloom.engine.device.opcua.OpcUaBench.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.EventRecording;
import io.fieldloom.engine.device.Events;
import io.fieldloom.engine.device.Events.Answer;
import io.fieldloom.engine.device.Events.Condition;
import io.fieldloom.engine.device.Events.Event;
import io.fieldloom.engine.device.Events.Watched;
import io.fieldloom.engine.device.GuardedAnswer;
import io.fieldloom.engine.device.Methods;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.device.Writes;
import io.fieldloom.engine.security.AuditLog;
import io.fieldloom.foreign.NodeOpcuaServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alarms of a server that we did not write. */
@Tag("foreign")
class ForeignEventsTest {
    private static final String FILLER = "nsu=urn:foreign:filler;s=";

    @TempDir Path folder;
    private OpcUaBench bench;
    private NodeOpcuaServer server;
    private DeviceSession session;
    private Events events;
    private final BlockingQueue<Event> told = new LinkedBlockingQueue<>();

    @BeforeEach
    void begin() throws Exception {
        bench = new OpcUaBench(folder.resolve("home"));
        server = new NodeOpcuaServer(folder.resolve("pki"));
        server.start("--alarms");
        session = bench.connected(server.endpoint(), new OpcUaBench.Events());
        events = session.capability(Events.class).orElseThrow();
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
        if (server != null) {
            server.kill();
        }
    }

    private void level(double value) throws Exception {
        Writes writes = session.capability(Writes.class).orElseThrow();
        assertThat(answer(writes.write(FILLER + "TankLevel", Value.of(value))).status())
                .isEqualTo(Status.GOOD);
    }

    /** The next event of an alarm that is as wanted. */
    private Event alarm(Predicate<Condition> wanted) throws InterruptedException {
        while (true) {
            Event next = told.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("an alarm within 20 s").isNotNull();
            if (next.alarm().filter(wanted).isPresent()) {
                return next;
            }
        }
    }

    @Test
    void anAlarmComesIsAcknowledgedAndConfirmed() throws Exception {
        Watched watched = answer(events.watch("", told::add));
        level(95);

        Event raised = alarm(one -> Boolean.TRUE.equals(one.active()));
        assertThat(raised.source()).contains("TankLevel");
        assertThat(raised.message()).isNotEmpty();
        assertThat(raised.severity()).isPositive();
        assertThat(raised.time()).isNotNull();
        assertThat(raised.condition().address()).isEqualTo(FILLER + "TankLevelAlarm");
        assertThat(raised.condition().acknowledged()).isFalse();

        assertThat(answer(events.answer(raised, Answer.ACKNOWLEDGE, "seen")))
                .isEqualTo(Status.GOOD);
        Event seen = alarm(one -> Boolean.TRUE.equals(one.acknowledged()));
        assertThat(answer(events.answer(seen, Answer.CONFIRM, "done"))).isEqualTo(Status.GOOD);
        alarm(one -> Boolean.TRUE.equals(one.confirmed()));
        assertThat(answer(events.answer(raised, Answer.ACKNOWLEDGE, "again")).isBad()).isTrue();

        watched.close();
        level(50);
        level(95);
        assertThat(told.poll(2, TimeUnit.SECONDS)).as("after the end").isNull();
    }

    // Who looks later must see what stands there already.
    @Test
    void anAlarmThatStandsAlreadyIsToldFirst() throws Exception {
        level(99);

        try (Watched watched = answer(events.watch(FILLER + "Tank", told::add))) {
            Event standing = alarm(one -> Boolean.TRUE.equals(one.active()));
            assertThat(standing.condition().retained()).isTrue();
            told.clear();
            assertThat(answer(watched.refresh())).isEqualTo(Status.GOOD);
            alarm(one -> Boolean.TRUE.equals(one.active()));
        }
    }

    @Test
    void anEventOfTheServersOwnTypeComesWithItsOwnFields() throws Exception {
        try (Watched watched = answer(events.watch(FILLER + "Tank", told::add))) {
            Methods methods = session.capability(Methods.class).orElseThrow();
            Methods.Method finish = answer(methods.method(FILLER + "Finish"));
            answer(methods.call(finish, FILLER + "Tank", List.of()));

            Event event = told.poll(20, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            assertThat(event.type()).isEqualTo("BatchEventType");
            assertThat(event.message()).isEqualTo("Batch finished");
            assertThat(event.severity()).isEqualTo(200);
            assertThat(event.fields()).contains(new Events.Field("BatchId", Value.of("B-4711")));
            assertThat(event.alarm()).isEmpty();
            assertThat(answer(watched.refresh())).isEqualTo(Status.GOOD);
        }
    }

    // What a person answers reaches the server, and stands in the audit log: who, what, the remark.
    @Test
    void anAnswerIsKeptInTheAuditLogWhateverTheServerSays() throws Exception {
        try (Plant plant = new Plant()) {
            EventRecording recording = new EventRecording(plant.link, "", 100);
            level(95);
            await().until(() -> recording.standing().size() == 1);
            Event raised = recording.standing().get(0);
            assertThat(raised.condition().words()).startsWith("active, unacknowledged");
            AuditLog log = new AuditLog(bench.home, "kim");
            GuardedAnswer guard =
                    GuardedAnswer.over(plant.link, log, plant.pool, Clock.systemUTC());

            assertThat(answer(guard.send(raised, Answer.ACKNOWLEDGE, "valve 3 checked")))
                    .isEqualTo(Status.GOOD);
            assertThat(answer(guard.send(raised, Answer.ACKNOWLEDGE, "again")).isBad()).isTrue();
            await().until(
                            () ->
                                    Boolean.TRUE.equals(
                                            recording
                                                    .standing()
                                                    .get(0)
                                                    .condition()
                                                    .acknowledged()));

            List<String> lines = Files.readAllLines(bench.home.audit().resolve("audit.log"));
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0))
                    .contains("\"who\":\"kim\"")
                    .contains("TankLevelAlarm")
                    .contains("active, unacknowledged")
                    .contains("\"new\":\"valve 3 checked\"")
                    .contains("\"status\":\"Acknowledge: Good\"");
            assertThat(lines.get(1)).contains("Acknowledge: Bad");
            recording.close();
        }
    }

    // After a lost connection the list goes on, and alarms that went meanwhile do not stand.
    @Test
    void theRecordingGoesOnAfterTheServerWasAway() throws Exception {
        try (Plant plant = new Plant()) {
            EventRecording recording = new EventRecording(plant.link, "", 100);
            level(95);
            await().until(() -> recording.standing().size() == 1);
            long before = recording.total();

            server.kill();
            await().until(() -> !plant.link.state().isUp());
            server.start("--alarms");
            await().atMost(40, TimeUnit.SECONDS).until(recording::isWatching);
            await().atMost(20, TimeUnit.SECONDS).until(() -> recording.standing().isEmpty());

            session = bench.connected(server.endpoint(), new OpcUaBench.Events());
            level(96);
            await().atMost(20, TimeUnit.SECONDS).until(() -> recording.total() > before);
            assertThat(recording.standing()).hasSize(1);
            recording.close();
        }
    }

    /** A link to the server, as the window has one. */
    private final class Plant implements AutoCloseable {
        private final ExecutorService pool = Executors.newCachedThreadPool();
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final DeviceLink link =
                new DeviceLink(
                        bench.driver,
                        SessionRequest.anonymous("tank", Endpoint.parse(server.endpoint())),
                        pool,
                        timer,
                        Clock.systemUTC());

        Plant() throws Exception {
            link.start();
            answer(link.firstAnswer());
        }

        @Override
        public void close() {
            link.stop().toCompletableFuture().join();
            pool.shutdownNow();
            timer.shutdownNow();
        }
    }

    @Test
    void whatTellsNoEventsIsNamed() throws Exception {
        assertThat(failure(events.watch(FILLER + "TankLevel", told::add)))
                .hasMessageContaining("TankLevel")
                .hasMessageContaining("it tells no events (Bad");
    }
}
