package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Writes;
import io.fieldloom.engine.device.Writes.WriteResult;
import io.fieldloom.engine.device.modbus.FakeDevice.Behaviour;
import io.fieldloom.engine.device.modbus.FakeDevice.Request;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device may refuse, and that one refusal never takes the neighbours along. */
@Timeout(60)
class RefusingDeviceTest {

    private static Behaviour without(Set<Integer> missing) {
        return (request, reply) -> {
            boolean touches =
                    IntStream.range(request.address(), request.address() + request.count())
                            .anyMatch(missing::contains);
            if (touches) {
                reply.exception(2);
            } else {
                reply.honestly();
            }
        };
    }

    private static String[] holding(IntStream addresses) {
        return addresses.mapToObj(i -> "holding:" + i).toArray(String[]::new);
    }

    @Test
    void aHoleBetweenTagsIsReadAround() throws Exception {
        try (FakeDevice device = new FakeDevice(without(Set.of(40, 41)));
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            String[] tags = {"holding:10", "holding:20", "holding:60", "holding:70"};
            assertThat(plug.read(tags))
                    .extracting(Sample::value)
                    .containsExactly(value(10), value(20), value(60), value(70));
            int first = device.requests().size();

            assertThat(plug.read(tags)).allMatch(sample -> sample.status().isGood());
            assertThat(device.requests().size() - first).as("the hole is known").isEqualTo(2);
        }
    }

    @Test
    void aTagOnAnIllegalAddressIsBadAlone() throws Exception {
        try (FakeDevice device = new FakeDevice(without(Set.of(30)));
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            String[] tags = holding(IntStream.range(0, 60));
            List<Sample> samples = plug.read(tags);
            for (int i = 0; i < 60; i++) {
                assertThat(samples.get(i).status().name())
                        .isEqualTo(i == 30 ? "BadIllegalDataAddress (2)" : "Good");
            }
            int first = device.requests().size();

            assertThat(plug.read(tags).get(30).status().name())
                    .isEqualTo("BadIllegalDataAddress (2)");
            assertThat(device.requests().size() - first)
                    .as("the bad tag is not asked, the others in two blocks")
                    .isEqualTo(2);
        }
    }

    // Whatever is missing, each tag ends as it would if it were the only one.
    @Test
    void scatteredHolesNeverTakeANeighbourAlong() throws Exception {
        Random random = new Random(8);
        for (int round = 0; round < 10; round++) {
            Set<Integer> missing = new TreeSet<>();
            random.ints(20, 0, 600).forEach(missing::add);
            int[] tags = random.ints(120, 0, 600).distinct().toArray();
            try (FakeDevice device = new FakeDevice(without(missing));
                    Plug plug = Plug.connected(device.endpoint("inflight=4"))) {
                for (int again = 0; again < 3; again++) {
                    List<Sample> samples = plug.read(holding(IntStream.of(tags)));
                    for (int i = 0; i < tags.length; i++) {
                        boolean there = !missing.contains(tags[i]);
                        assertThat(samples.get(i).value())
                                .as("round %d, register %d", round, tags[i])
                                .isEqualTo(there ? value(tags[i]) : Value.NONE);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aDeviceThatGivesFewRegistersAtOnceIsLearnt(int code) throws Exception {
        Behaviour fortyAtMost =
                (request, reply) -> {
                    if (request.count() > 40) {
                        reply.exception(code);
                    } else {
                        reply.honestly();
                    }
                };
        try (FakeDevice device = new FakeDevice(fortyAtMost);
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            String[] tags = holding(IntStream.range(0, 250));
            assertThat(plug.read(tags)).allMatch(sample -> sample.status().isGood());
            int first = device.requests().size();

            assertThat(plug.read(tags)).allMatch(sample -> sample.status().isGood());
            assertThat(device.requests().subList(first, device.requests().size()))
                    .hasSizeBetween(7, 9)
                    .allMatch(request -> request.count() <= 40);
        }
    }

    @Test
    void aTagThatComesBackIsGoodAgain() throws Exception {
        AtomicBoolean failing = new AtomicBoolean(true);
        Behaviour sometimes =
                (request, reply) -> {
                    boolean touches =
                            request.address() <= 5 && request.address() + request.count() > 5;
                    if (touches && failing.get()) {
                        reply.exception(4);
                    } else {
                        reply.honestly();
                    }
                };
        try (FakeDevice device = new FakeDevice(sometimes);
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            plug.subscribe(Duration.ofMillis(20), "holding:4", "holding:5", "holding:6");
            for (int i = 0; i < 3; i++) {
                Plug.Delivery delivery = plug.next();
                assertThat(delivery.sample().status().name())
                        .isEqualTo(delivery.tag() == 1 ? "BadDeviceFailure (4)" : "Good");
            }
            failing.set(false);

            Plug.Delivery back = plug.next();
            assertThat(back.tag()).isEqualTo(1);
            assertThat(back.sample().value()).isEqualTo(value(5));
            int good = device.requests().size();
            plug.read("holding:4", "holding:5", "holding:6");
            assertThat(device.requests().get(device.requests().size() - 1).count())
                    .as("after %d requests they are read together again", good)
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, BadIllegalFunction (1)",
        "2, BadIllegalDataAddress (2)",
        "3, BadIllegalDataValue (3)",
        "4, BadDeviceFailure (4)",
        "6, BadDeviceBusy (6)",
        "10, BadGatewayPathUnavailable (10)",
        "11, BadGatewayTargetNoResponse (11)",
        "99, BadModbusException (99)"
    })
    void exceptionsHaveNames(int code, String name) throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> reply.exception(code));
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            assertThat(plug.read("holding:0", "holding:1", "input:0"))
                    .extracting(sample -> sample.status().name())
                    .containsOnly(name);
        }
    }

    @Test
    void aBitIsWrittenByReadModifyWriteWhereFunction22IsMissing() throws Exception {
        Behaviour noMaskWrite =
                (request, reply) -> {
                    if (request.function() == 22) {
                        reply.exception(1);
                    } else {
                        reply.honestly();
                    }
                };
        try (FakeDevice device = new FakeDevice(noMaskWrite);
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            WriteResult result = plug.write("holding:8.2", "true");

            assertThat(result.status().name()).isEqualTo("Good");
            assertThat(result.how()).contains("read-modify-write");
            // register 8 holds 8; with bit 2 it is 12
            assertThat(device.requests()).extracting(Request::function).containsExactly(22, 3, 6);
            assertThat(device.requests().get(2).count()).isEqualTo(12);

            plug.write("holding:8.3", "false");
            assertThat(device.requests())
                    .extracting(Request::function)
                    .as("function 22 is not tried again")
                    .containsExactly(22, 3, 6, 3, 6);
        }
    }

    @Test
    void whatCannotBeWrittenIsRefusedBeforeAnythingIsSent() throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> reply.honestly());
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            for (String[] wrong :
                    new String[][] {
                        {"input:0", "1", "read-only"},
                        {"discrete:0", "true", "read-only"},
                        {"holding:0", "70000", "0 to 65535"},
                        {"holding:x", "1", "not a Modbus address"}
                    }) {
                assertThatThrownBy(() -> plug.write(wrong[0], wrong[1]))
                        .hasMessageContaining(wrong[2])
                        .hasMessageContaining("boiler")
                        .isInstanceOfSatisfying(
                                DeviceException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.BAD_ADDRESS));
            }
            assertThat(device.requests()).isEmpty();
        }
    }

    @Test
    void aKilledDeviceIsLostAndANewSessionIsGoodAgain() throws Exception {
        int port;
        try (FakeDevice device = new FakeDevice((request, reply) -> reply.honestly());
                Plug polling = Plug.connected(device.endpoint("timeout=1s"));
                Plug idle = Plug.connected(device.endpoint("timeout=1s"))) {
            port = device.port();
            polling.subscribe(Duration.ofMillis(100), "holding:1");
            polling.next();

            device.kill();

            assertThat(polling.lost.get(3, TimeUnit.SECONDS))
                    .hasMessageContaining("boiler")
                    .hasMessageContaining("127.0.0.1:" + port);
            assertThat(idle.lost.get(3, TimeUnit.SECONDS).kind()).isEqualTo(Kind.LOST);
            assertThat(polling.notes).isEmpty();
        }
        try (FakeDevice again = new FakeDevice(port, (request, reply) -> reply.honestly());
                Plug plug = Plug.connected(again.endpoint("timeout=1s"))) {
            assertThat(plug.read("holding:1").get(0).value()).isEqualTo(value(1));
        }
    }

    @Test
    void whyAConnectionFailedIsSaid() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThatThrownBy(() -> Plug.connected("modbus-tcp://127.0.0.1:" + free))
                .hasMessage("boiler at 127.0.0.1:" + free + ": connection refused")
                .isInstanceOfSatisfying(
                        DeviceException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
        assertThatThrownBy(() -> Plug.connected("modbus-tcp://no-such-host.invalid:502"))
                .hasMessage(
                        "boiler at no-such-host.invalid:502: the host name no-such-host.invalid is"
                                + " not known");
    }

    @Test
    void closingEndsWhatIsWaiting() throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> {})) {
            Plug plug = Plug.connected(device.endpoint("timeout=30s"));
            var waiting = plug.session.read(List.of("holding:0"));
            plug.close();
            plug.close();

            assertThatThrownBy(() -> Plug.await(waiting))
                    .isInstanceOfSatisfying(
                            DeviceException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.CLOSED));
            assertThatThrownBy(() -> plug.read("holding:0"))
                    .isInstanceOfSatisfying(
                            DeviceException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.CLOSED));
            assertThat(plug.lost).isNotDone();
        }
    }

    private static Value value(long number) {
        return Value.of(number);
    }

    // 5 and 6 say nothing about the address: it is not gone for that, and needs no bad sample.
    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void aBusyDeviceIsAskedAgainWithinTheReading(int code) throws Exception {
        try (FakeDevice device =
                        new FakeDevice(
                                (request, reply) -> {
                                    if (request.number() % 2 == 1) {
                                        reply.exception(code);
                                    } else {
                                        reply.honestly();
                                    }
                                });
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            assertThat(plug.read("holding:1", "holding:500", "holding:900"))
                    .extracting(Sample::value)
                    .containsExactly(Value.of(1L), Value.of(500L), Value.of(900L));
            device.forget();
            plug.write("holding:7", "1");
            assertThat(device.requests()).as("a write is never sent again").hasSize(1);
        }
    }

    // Many devices ignore a function that they do not have.
    @Test
    void aBitIsWrittenThoughTheDeviceIsSilentToMaskWrite() throws Exception {
        try (FakeDevice device =
                        new FakeDevice(
                                (request, reply) -> {
                                    if (request.function() != 22) {
                                        reply.honestly();
                                    }
                                });
                Plug plug = Plug.connected(device.endpoint("timeout=150ms"))) {
            for (int time = 0; time < 2; time++) {
                Writes.WriteResult result = plug.write("holding:8.0", "true");
                assertThat(result.status().isGood()).isTrue();
                assertThat(result.how()).contains("read-modify-write");
            }
            assertThat(device.requests())
                    .extracting(FakeDevice.Request::function)
                    .containsExactly(22, 3, 6, 3, 6);
        }
    }

    // The device has sent a number all the same: whoever reads it is told which.
    @Test
    void whatIsNoBinaryCodedDecimalIsShown() throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> reply.honestly());
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            assertThat(plug.read("holding:26:bcd16").get(0).status().name())
                    .isEqualTo("BadOutOfRange");
            assertThat(plug.notes)
                    .singleElement()
                    .asString()
                    .contains("holding:26:bcd16 is 0x001A", "no binary-coded decimal");
        }
    }
}
