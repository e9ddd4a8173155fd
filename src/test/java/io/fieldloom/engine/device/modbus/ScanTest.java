package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Scan;
import io.fieldloom.engine.device.Scan.Pace;
import io.fieldloom.engine.device.Scan.Range;
import io.fieldloom.engine.device.Scan.Search;
import io.fieldloom.engine.device.Scan.Where;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A search beside the session's other work. */
@Timeout(60)
class ScanTest {
    private static final Pace FAST = new Pace(Duration.ZERO, Duration.ofMillis(40));

    private static Scan scan(Plug plug) {
        return plug.session.capability(Scan.class).orElseThrow();
    }

    @Test
    void unitsAreFoundBeHeardRefusedOrSilent() throws Exception {
        try (FakeDevice gateway =
                        new FakeDevice(
                                (request, reply) -> {
                                    switch (request.unit()) {
                                        case 1, 4 -> reply.honestly();
                                        case 6 -> reply.exception(2);
                                        case 7 -> reply.exception(11);
                                        default -> {
                                            // nobody there
                                        }
                                    }
                                });
                Plug plug = Plug.connected(gateway.endpoint("unit=1"))) {
            List<Integer> found = new CopyOnWriteArrayList<>();
            Search search = scan(plug).units(1, 8, FAST, found::add);
            Plug.await(search.done());

            assertThat(found).containsExactly(1, 4, 6);
            assertThat(search.questions()).isEqualTo(8);
            assertThat(search.progress()).isEqualTo(1);
        }
    }

    @Test
    void pollsGoOnAndACancelledSearchEnds() throws Exception {
        try (FakeDevice device =
                        new FakeDevice(
                                (request, reply) -> {
                                    if (request.address() + request.count() <= 100) {
                                        reply.honestly();
                                    } else {
                                        reply.exception(2);
                                    }
                                });
                Plug plug = Plug.connected(device.endpoint("unit=1"))) {
            List<Range> found = new CopyOnWriteArrayList<>();
            Pace slow = new Pace(Duration.ofMillis(5), null);
            Search search =
                    scan(plug).ranges(new Where(1, "holding", 0, 65_535, 1), slow, found::add);
            plug.subscribe(Duration.ofMillis(10), "holding:7");
            assertThat(plug.next().sample().status().isGood()).isTrue();
            await().until(() -> !found.isEmpty());
            assertThat(found).containsExactly(new Range(1, "holding", 0, 99));

            search.cancel();
            Plug.await(search.done());
            assertThat(search.questions()).isLessThan(60_000);
            assertThat(plug.read("holding:3").get(0).status().isGood()).isTrue();
            assertThat(device.connections()).isEqualTo(1);
        }
    }

    @Test
    void aSearchEndsWithItsSession() throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> reply.exception(2))) {
            Plug plug = Plug.connected(device.endpoint("unit=1"));
            Pace slow = new Pace(Duration.ofMillis(5), null);
            Search search =
                    scan(plug).ranges(new Where(1, "coil", 0, 65_535, 1), slow, range -> {});
            plug.close();

            assertThatThrownBy(() -> Plug.await(search.done()))
                    .isInstanceOfSatisfying(
                            DeviceException.class,
                            e -> assertThat(e.kind()).isIn(Set.of(Kind.CLOSED)));
        }
    }

    // An answer that got lost makes no hole, and what stays open is said.
    @Test
    void anAddressThatCannotBeSettledIsNamed() throws Exception {
        try (FakeDevice device =
                        new FakeDevice(
                                (request, reply) -> {
                                    boolean touches =
                                            request.address() <= 27
                                                    && request.address() + request.count() > 27;
                                    if (!touches && request.number() % 7 != 0) {
                                        reply.honestly();
                                    }
                                });
                Plug plug = Plug.connected(device.endpoint("unit=1"))) {
            List<Range> found = new CopyOnWriteArrayList<>();
            Search search =
                    scan(plug)
                            .ranges(
                                    new Where(1, "holding", 0, 60, 1),
                                    new Pace(Duration.ZERO, Duration.ofMillis(200)),
                                    found::add);
            Plug.await(search.done());

            assertThat(found)
                    .containsExactly(
                            new Range(1, "holding", 0, 26), new Range(1, "holding", 28, 60));
            assertThat(search.incomplete())
                    .hasValueSatisfying(
                            why -> assertThat(why).hasMessageContaining("holding 27 could not"));
        }
    }

    // What the last unit was asked may keep the line busy.
    @Test
    void aUnitThatBeginsLateLosesNoAddress() throws Exception {
        try (FakeDevice device =
                        new FakeDevice(
                                (request, reply) -> {
                                    if (request.number() > 2) {
                                        reply.honestly();
                                    }
                                });
                Plug plug = Plug.connected(device.endpoint("unit=1"))) {
            List<Range> found = new CopyOnWriteArrayList<>();
            Search search = scan(plug).ranges(new Where(1, "holding", 0, 40, 1), FAST, found::add);
            Plug.await(search.done());

            assertThat(found).containsExactly(new Range(1, "holding", 0, 40));
        }
    }

    @Test
    void aBusyDeviceLosesNoAddress() throws Exception {
        try (FakeDevice device =
                        new FakeDevice(
                                (request, reply) -> {
                                    if (request.number() % 2 == 1) {
                                        reply.exception(6);
                                    } else {
                                        reply.honestly();
                                    }
                                });
                Plug plug = Plug.connected(device.endpoint("unit=1"))) {
            List<Range> found = new CopyOnWriteArrayList<>();
            Search search = scan(plug).ranges(new Where(1, "holding", 0, 40, 1), FAST, found::add);
            Plug.await(search.done());

            assertThat(found).containsExactly(new Range(1, "holding", 0, 40));
            assertThat(search.incomplete()).isEmpty();
        }
    }

    @Test
    void aUnitThatAnswersWronglyIsNotCalledSilent() throws Exception {
        try (FakeDevice device =
                        new FakeDevice(
                                (request, reply) -> reply.send("HTTP/1.1 400 Bad".getBytes()));
                Plug plug = Plug.connected(device.endpoint("unit=1"))) {
            Search search = scan(plug).ranges(new Where(1, "holding", 0, 40, 1), FAST, r -> {});

            assertThatThrownBy(() -> Plug.await(search.done()))
                    .hasMessageContaining("no Modbus frame")
                    .hasMessageNotContaining("does not answer.");
        }
    }
}
