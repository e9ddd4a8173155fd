package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Writes.WriteResult;
import io.fieldloom.engine.device.modbus.FakeDevice.Behaviour;
import io.fieldloom.engine.device.modbus.FakeDevice.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device may do wrong: a value in the wrong place must never come of it. */
@Timeout(60)
class LyingDeviceTest {

    // j2mod 3.3.0 as it comes answers 200 with the value of 100 here.
    @Test
    void aLateAnswerIsNeverAnotherRegistersValue() throws Exception {
        Behaviour firstOfEachConnectionLate =
                new Behaviour() {
                    private int served;

                    @Override
                    public void on(Request request, FakeDevice.Reply reply)
                            throws java.io.IOException {
                        if (request.connection() != served) {
                            served = request.connection();
                            reply.later(Duration.ofMillis(450));
                        } else {
                            reply.honestly();
                        }
                    }
                };
        try (FakeDevice device = new FakeDevice(firstOfEachConnectionLate);
                Plug plug = Plug.connected(device.endpoint("timeout=300ms&retries=0"))) {
            for (int address : new int[] {100, 200, 300, 400}) {
                Sample sample = plug.read("holding:" + address).get(0);

                assertThat(sample.value()).isIn(Value.NONE, Value.of((long) address));
                assertThat(sample.status().name()).isEqualTo("BadTimeout");
            }
            assertThat(device.requests())
                    .extracting(Request::tid)
                    .as("no transaction id comes twice")
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void answersAroundTheTimeOutAreRightOrMissing(int inFlight) throws Exception {
        Random random = new Random(8);
        try (FakeDevice device =
                        new FakeDevice(
                                (request, reply) ->
                                        reply.later(Duration.ofMillis(random.nextInt(80))));
                Plug plug =
                        Plug.connected(
                                device.endpoint("timeout=50ms&retries=1&inflight=" + inFlight))) {
            int good = 0;
            for (int round = 0; round < 25; round++) {
                String[] addresses =
                        IntStream.range(0, 8)
                                .mapToObj(i -> "holding:" + 1000 * i)
                                .toArray(String[]::new);
                List<Sample> samples = plug.read(addresses);
                for (int i = 0; i < samples.size(); i++) {
                    if (samples.get(i).status().isGood()) {
                        good++;
                        assertThat(samples.get(i).value()).isEqualTo(Value.of(1000L * i));
                    } else {
                        assertThat(samples.get(i).value()).isEqualTo(Value.NONE);
                    }
                }
            }
            assertThat(good).as("control: some answers came in time").isPositive();
        }
    }

    static List<Arguments> lies() {
        List<Arguments> lies = new ArrayList<>();
        lies.add(lie("another transaction", (q, r) -> r.send(changed(r, 1, q.tid() + 1))));
        lies.add(lie("another unit", (q, r) -> r.send(changed(r, 6, q.unit() + 1))));
        lies.add(lie("another function", (q, r) -> r.send(changed(r, 7, 4))));
        lies.add(lie("another protocol", (q, r) -> r.send(changed(r, 3, 1))));
        lies.add(lie("a wrong byte count", (q, r) -> r.send(changed(r, 8, 6))));
        lies.add(lie("a length too long", (q, r) -> r.send(changed(r, 5, 200))));
        lies.add(lie("a length too short", (q, r) -> r.send(changed(r, 5, 4))));
        lies.add(lie("an absurd length", (q, r) -> r.send(changed(r, 4, 0x7F))));
        lies.add(
                lie(
                        "the answer to a shorter question",
                        (q, r) ->
                                r.send(
                                        FakeDevice.frame(
                                                q.tid(), q.unit(), new byte[] {3, 2, 9, 9}))));
        lies.add(
                lie(
                        "an exception for another function",
                        (q, r) ->
                                r.send(
                                        FakeDevice.frame(
                                                q.tid(), q.unit(), new byte[] {(byte) 0x84, 2}))));
        lies.add(
                lie("half a frame, then nothing", (q, r) -> r.send(Arrays.copyOf(r.honest(), 10))));
        lies.add(
                lie(
                        "half a frame, then the end",
                        (q, r) -> {
                            r.send(Arrays.copyOf(r.honest(), 10));
                            r.close();
                        }));
        lies.add(
                lie(
                        "half a frame, then a reset",
                        (q, r) -> {
                            r.send(Arrays.copyOf(r.honest(), 10));
                            r.reset();
                        }));
        lies.add(lie("nothing", (q, r) -> {}));
        lies.add(lie("a reset", (q, r) -> r.reset()));
        lies.add(lie("text", (q, r) -> r.send("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes())));
        return lies;
    }

    private static Arguments lie(String name, Behaviour behaviour) {
        return Arguments.of(name, behaviour);
    }

    private static byte[] changed(FakeDevice.Reply reply, int at, int to) {
        byte[] frame = reply.honest();
        frame[at] = (byte) to;
        return frame;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void oneLieIsAskedAgainOnANewConnection(String name, Behaviour lie) throws Exception {
        Behaviour once =
                (request, reply) -> {
                    if (request.number() == 1) {
                        lie.on(request, reply);
                    } else {
                        reply.honestly();
                    }
                };
        try (FakeDevice device = new FakeDevice(once);
                Plug plug = Plug.connected(device.endpoint("timeout=150ms"))) {
            List<Sample> samples = plug.read("holding:100", "holding:101");

            assertThat(samples).extracting(Sample::value).containsExactly(value(100), value(101));
            assertThat(device.connections()).as("the first one was dropped").isEqualTo(2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void aLiarGivesNoValueAndIsBelievedAgainOnceHonest(String name, Behaviour lie)
            throws Exception {
        Behaviour lyingAboutOneRegister =
                (request, reply) -> {
                    if (request.address() == 100) {
                        lie.on(request, reply);
                    } else {
                        reply.honestly();
                    }
                };
        try (FakeDevice device = new FakeDevice(lyingAboutOneRegister);
                Plug plug = Plug.connected(device.endpoint("timeout=150ms"))) {
            List<Sample> samples = plug.read("holding:100:uint32", "holding:9000");

            assertThat(samples.get(0).value()).isEqualTo(Value.NONE);
            assertThat(samples.get(0).status().isBad()).isTrue();
            assertThat(samples.get(1).value()).isEqualTo(value(9000));
            assertThat(plug.read("holding:7").get(0).value()).isEqualTo(value(7));
            assertThat(plug.lost).isNotDone();
        }
    }

    // Whatever happens to the first nine bytes of an answer, its value is right or missing. (With
    // several questions open their ids alone tell the answers apart, so those stay whole there.)
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void damagedFramesGiveNoWrongValue(int inFlight) throws Exception {
        Random random = new Random(8);
        Behaviour damaging =
                (request, reply) -> {
                    byte[] frame = reply.honest();
                    if (random.nextInt(4) == 0) {
                        int first = inFlight == 1 ? 0 : 2;
                        frame[first + random.nextInt(9 - first)] ^= (byte) (1 << random.nextInt(8));
                        frame[9] = 7;
                        int length = random.nextInt(frame.length + 1);
                        frame = random.nextBoolean() ? Arrays.copyOf(frame, length) : frame;
                    }
                    reply.send(frame);
                };
        try (FakeDevice device = new FakeDevice(damaging);
                Plug plug = Plug.connected(device.endpoint("timeout=40ms&inflight=" + inFlight))) {
            int good = 0;
            for (int round = 0; round < 100; round++) {
                List<Sample> samples = plug.read("holding:1000", "holding:2000", "holding:3000");
                for (int i = 0; i < samples.size(); i++) {
                    boolean isGood = samples.get(i).status().isGood();
                    good += isGood ? 1 : 0;
                    assertThat(samples.get(i).value())
                            .as("round %d", round)
                            .isEqualTo(isGood ? value(1000L * (i + 1)) : Value.NONE);
                }
            }
            assertThat(good).as("control: most were good").isGreaterThan(150);
        }
    }

    @Test
    void anOldAnswerBeforeTheRightOneIsThrownAway() throws Exception {
        Behaviour stutter =
                (request, reply) -> {
                    byte[] old = changed(reply, 1, request.tid() - 1);
                    old[10] = 77;
                    reply.send(old);
                    reply.honestly();
                };
        try (FakeDevice device = new FakeDevice(stutter);
                Plug plug = Plug.connected(device.endpoint("timeout=500ms"))) {
            assertThat(plug.read("holding:100").get(0).value()).isEqualTo(value(100));
            assertThat(plug.read("holding:200").get(0).value()).isEqualTo(value(200));
        }
    }

    @Test
    void pipelinedAnswersMayComeInAnyOrder() throws Exception {
        List<FakeDevice.Reply> held = new ArrayList<>();
        Behaviour backwards =
                (request, reply) -> {
                    held.add(0, reply);
                    if (held.size() == 4) {
                        for (FakeDevice.Reply each : held) {
                            each.honestly();
                        }
                        held.clear();
                    }
                };
        try (FakeDevice device = new FakeDevice(backwards);
                Plug plug = Plug.connected(device.endpoint("inflight=4"))) {
            assertThat(plug.read("holding:0", "holding:1000", "holding:2000", "holding:3000"))
                    .extracting(Sample::value)
                    .containsExactly(value(0), value(1000), value(2000), value(3000));
        }
    }

    @Test
    void aSilentDeviceIsBadTimeoutAndThenLost() throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> {});
                Plug plug = Plug.connected(device.endpoint("timeout=100ms"))) {
            plug.subscribe(Duration.ofMillis(50), "holding:0", "holding:5000", "input:3");
            for (int i = 0; i < 3; i++) {
                assertThat(plug.next().sample().status().name()).isEqualTo("BadTimeout");
            }
            DeviceException reason = plug.lost.get(5, TimeUnit.SECONDS);
            assertThat(reason.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(reason).hasMessageContaining("boiler").hasMessageContaining("unit 1");
            assertThatThrownBy(() -> plug.read("holding:0")).isInstanceOf(DeviceException.class);
        }
    }

    // A register that the device never answers must not starve the others.
    @Test
    void silenceAboutSomeRegistersLeavesTheOthers() throws Exception {
        Behaviour partly =
                (request, reply) -> {
                    if (request.address() >= 3000) {
                        reply.honestly();
                    }
                };
        try (FakeDevice device = new FakeDevice(partly);
                Plug plug = Plug.connected(device.endpoint("timeout=50ms"))) {
            plug.subscribe(
                    Duration.ofMillis(20),
                    "holding:0",
                    "holding:1000",
                    "holding:2000",
                    "holding:3000");
            Plug.Delivery delivery = plug.next();
            while (!delivery.sample().status().isGood()) {
                delivery = plug.next();
            }
            assertThat(delivery.sample().value()).isEqualTo(value(3000));
            assertThat(plug.lost).isNotDone();
        }
    }

    @Test
    void aWriteWithoutAnswerIsNotSentTwice() throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> {});
                Plug plug = Plug.connected(device.endpoint("timeout=100ms&retries=3"))) {
            WriteResult result = plug.write("holding:0", "5");

            assertThat(result.status().name()).isEqualTo("BadTimeout");
            assertThat(result.answered()).isFalse();
            assertThat(device.requests()).hasSize(1);
        }
    }

    @Test
    void aWriteThatBreaksTheConnectionIsNotSentTwice() throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> reply.reset());
                Plug plug = Plug.connected(device.endpoint("timeout=100ms&retries=3"))) {
            assertThat(plug.write("holding:0", "5").answered()).isFalse();
            assertThat(device.requests()).hasSize(1);
        }
    }

    @Test
    void aDeviceThatTurnsEverybodyAwayIsLost() throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> reply.close());
                Plug plug = Plug.connected(device.endpoint("timeout=300ms"))) {
            assertThatThrownBy(() -> plug.read("holding:0", "holding:5000"))
                    .isInstanceOfSatisfying(
                            DeviceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LOST));
            assertThat(plug.lost.get(5, TimeUnit.SECONDS).kind()).isEqualTo(Kind.LOST);
        }
    }

    private static Value value(long number) {
        return Value.of(number);
    }

    // An answer came: whoever looks for a wrong unit id or a dead device is sent astray.
    @Test
    void whatCameInsteadOfAnAnswerIsTold() throws Exception {
        try (FakeDevice device =
                        new FakeDevice(
                                (request, reply) -> {
                                    if (request.address() < 1000) {
                                        reply.send(changed(reply, 1, request.tid() + 1));
                                    } else {
                                        reply.send(Arrays.copyOf(reply.honest(), 10));
                                    }
                                });
                Plug plug = Plug.connected(device.endpoint("timeout=100ms"))) {
            assertThat(plug.read("holding:7").get(0).status().name())
                    .isEqualTo("BadUnexpectedAnswer");
            assertThat(plug.read("holding:2000").get(0).status().name())
                    .isEqualTo("BadUnexpectedAnswer");
            assertThat(plug.notes.get(0)).contains("another transaction id");
            assertThat(plug.notes.get(1)).contains("announced 5 bytes").contains("sent 4");
        }
    }

    // Cheap devices say nothing, or hang up, where they have no register.
    private static Behaviour silentHole(boolean hangsUp) {
        return (request, reply) -> {
            if (request.address() <= 51 && request.address() + request.count() > 50) {
                if (hangsUp) {
                    reply.close();
                }
            } else {
                reply.honestly();
            }
        };
    }

    private static final String[] AROUND_THE_HOLE = {
        "holding:48", "holding:49", "holding:50", "holding:51", "holding:52", "holding:300"
    };

    private static List<Value> aroundTheHole() {
        return List.of(value(48), value(49), Value.NONE, Value.NONE, value(52), value(300));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSilentHoleTakesNoNeighbourDownInOneReading(boolean hangsUp) throws Exception {
        try (FakeDevice device = new FakeDevice(silentHole(hangsUp));
                Plug plug = Plug.connected(device.endpoint("timeout=60ms"))) {
            assertThat(plug.read(AROUND_THE_HOLE))
                    .extracting(Sample::value)
                    .containsExactlyElementsOf(aroundTheHole());
            assertThat(plug.read("holding:47", "holding:50").get(0).value())
                    .as("though nothing else is asked")
                    .isEqualTo(value(47));
            assertThat(plug.lost).isNotDone();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSilentHoleIsLearntByPollingAndThenHardlyAsked(boolean hangsUp) throws Exception {
        try (FakeDevice device = new FakeDevice(silentHole(hangsUp));
                Plug plug = Plug.connected(device.endpoint("timeout=60ms"))) {
            plug.subscribe(Duration.ofMillis(20), AROUND_THE_HOLE);
            Sample[] now = new Sample[AROUND_THE_HOLE.length];
            await().until(
                            () -> {
                                Plug.Delivery next = plug.next();
                                now[next.tag()] = next.sample();
                                return Arrays.stream(now).noneMatch(Objects::isNull)
                                        && Arrays.stream(now)
                                                .map(Sample::value)
                                                .toList()
                                                .equals(aroundTheHole());
                            });
            int before = device.requests().size() + 100;
            await().until(() -> device.requests().size() > before + 60);
            long inVain =
                    device.requests().subList(before, before + 60).stream()
                            .filter(q -> q.address() <= 51 && q.address() + q.count() > 50)
                            .count();
            assertThat(inVain).isLessThan(10);
            assertThat(plug.lost).isNotDone();
        }
    }

    @Test
    void twoBlocksThatTheDeviceHangsUpAtAreNoLostDevice() throws Exception {
        Behaviour hangingUp =
                (request, reply) -> {
                    if (request.address() < 1000) {
                        reply.close();
                    } else {
                        reply.honestly();
                    }
                };
        try (FakeDevice device = new FakeDevice(hangingUp);
                Plug plug = Plug.connected(device.endpoint("timeout=60ms"))) {
            assertThat(plug.read("holding:5", "holding:500", "holding:2000"))
                    .extracting(Sample::value)
                    .containsExactly(Value.NONE, Value.NONE, value(2000));
            assertThat(plug.lost).isNotDone();
        }
    }

    // A device that falls silent as a whole has no holes: it is back with all it has.
    @Test
    void aPauseOfTheDeviceIsNoHole() throws Exception {
        AtomicBoolean silent = new AtomicBoolean();
        try (FakeDevice device =
                        new FakeDevice(
                                (request, reply) -> {
                                    if (!silent.get() || request.address() < 100) {
                                        reply.honestly();
                                    }
                                });
                Plug plug = Plug.connected(device.endpoint("timeout=60ms"))) {
            String[] addresses = {"holding:1", "holding:300", "holding:600"};
            plug.read(addresses);
            silent.set(true);
            plug.read(addresses);
            silent.set(false);
            assertThat(plug.read(addresses))
                    .extracting(Sample::value)
                    .containsExactly(value(1), value(300), value(600));
        }
    }
}
