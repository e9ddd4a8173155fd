package io.fieldloom.engine.device.opcua;

import static io.fieldloom.engine.device.opcua.OpcUaBench.answer;
import static io.fieldloom.engine.device.opcua.OpcUaBench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Events;
import io.fieldloom.engine.device.Events.Answer;
import io.fieldloom.engine.device.Events.Condition;
import io.fieldloom.engine.device.Events.Event;
import io.fieldloom.engine.device.Events.Watched;
import io.fieldloom.engine.device.Writes;
import io.fieldloom.foreign.NodeOpcuaServer;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
    void whatTellsNoEventsIsNamed() throws Exception {
        assertThat(failure(events.watch(FILLER + "TankLevel", told::add)))
                .hasMessageContaining("TankLevel")
                .hasMessageContaining("it tells no events (Bad");
    }
}
