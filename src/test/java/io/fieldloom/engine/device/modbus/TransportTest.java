package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RTU over TCP and UDP: a value in the wrong place must come of neither. */
@Timeout(60)
class TransportTest {
    private static final byte[] NOISE = {0, (byte) 0xFF, 1, 3, 1, 4};

    @Test
    void rtuIsReadThroughNoise() throws Exception {
        try (FakeRtu device =
                        new FakeRtu(
                                (request, line) -> {
                                    line.send(NOISE);
                                    line.send(request.honest());
                                    line.send(NOISE);
                                });
                Plug plug = Plug.connected(device.endpoint("timeout=500ms&unit=9"))) {
            assertThat(plug.read("holding:7", "holding:500:uint32", "input:3"))
                    .extracting(Sample::value)
                    .containsExactly(Value.of(7L), Value.of(500L << 16 | 501), Value.of(3L));
            assertThat(device.requests()).allMatch(request -> request.unit() == 9);
        }
    }

    @Test
    void aWrongChecksumIsNoAnswer() throws Exception {
        try (FakeRtu device =
                        new FakeRtu(
                                (request, line) -> {
                                    byte[] answer = request.honest();
                                    answer[3] ^= (byte) (request.number() == 1 ? 1 : 0);
                                    line.send(answer);
                                });
                Plug plug = Plug.connected(device.endpoint("timeout=100ms"))) {
            assertThat(plug.read("holding:7").get(0).value()).isEqualTo(Value.of(7L));
            assertThat(device.requests()).hasSizeGreaterThan(1);
        }
    }

    // RTU answers do not say which question they belong to, and a gateway sends late ones into
    // whatever connection is open.
    @Test
    void aLateRtuAnswerIsNeverAnotherRegistersValue() throws Exception {
        Random random = new Random(8);
        try (FakeRtu device =
                        new FakeRtu(
                                (request, line) ->
                                        line.slowly(
                                                Duration.ofMillis(random.nextInt(40)),
                                                request.honest()));
                Plug plug = Plug.connected(device.endpoint("timeout=30ms&retries=1"))) {
            neverWrong(plug, 60);
        }
    }

    private static void neverWrong(Plug plug, int rounds) throws Exception {
        int good = 0;
        for (int round = 0; round < rounds; round++) {
            int first = 10 * round;
            String[] addresses =
                    IntStream.range(0, 4)
                            .mapToObj(i -> "holding:" + (first + 1000 * i))
                            .toArray(String[]::new);
            List<Sample> samples = plug.read(addresses);
            for (int i = 0; i < samples.size(); i++) {
                if (samples.get(i).status().isGood()) {
                    good++;
                    assertThat(samples.get(i).value()).isEqualTo(Value.of(first + 1000L * i));
                } else {
                    assertThat(samples.get(i).value()).isEqualTo(Value.NONE);
                }
            }
        }
        assertThat(good).as("control: some answers came in time").isGreaterThan(rounds / 4);
    }

    @Test
    void aSettlingQuestionEndsWhatIsOwed() throws Exception {
        // one answer comes after its time-out, into the connection that is open then
        try (FakeRtu device =
                        new FakeRtu(
                                (request, line) ->
                                        line.slowly(
                                                Duration.ofMillis(request.number() == 3 ? 500 : 0),
                                                request.honest()));
                Plug plug = Plug.connected(device.endpoint("timeout=350ms&retries=0"))) {
            assertThat(plug.read("holding:1").get(0).value()).isEqualTo(Value.of(1L));
            assertThat(plug.read("holding:100").get(0).status().name()).isEqualTo("BadTimeout");
            assertThat(plug.read("holding:200").get(0).value()).isEqualTo(Value.of(200L));
            assertThat(device.requests().get(3).count())
                    .as("tellable from the late one")
                    .isEqualTo(2);
        }
    }

    // The answer that an earlier run did not wait for comes into the next one's connection.
    @Test
    void whatAnEarlierRunWasOwedIsNeverAValueOfTheNext() throws Exception {
        try (FakeRtu device =
                new FakeRtu(
                        (request, line) -> line.slowly(Duration.ofMillis(150), request.honest()))) {
            // what others ask with: a single register, not waited for
            askAndLeave(device, new byte[] {1, 3, 0, 5, 0, 1});
            try (Plug plug = Plug.connected(device.endpoint("timeout=400ms"))) {
                assertThat(plug.read("holding:150").get(0).value()).isEqualTo(Value.of(150L));
            }
            try (Plug plug = Plug.connected(device.endpoint("timeout=100ms"))) {
                assertThat(plug.read("holding:5", "holding:600"))
                        .extracting(sample -> sample.status().name())
                        .containsOnly("BadTimeout");
            }
            try (Plug plug = Plug.connected(device.endpoint("timeout=400ms"))) {
                assertThat(plug.read("holding:5", "holding:150"))
                        .extracting(Sample::value)
                        .containsExactly(Value.of(5L), Value.of(150L));
            }
        }
    }

    private static void askAndLeave(FakeRtu device, byte[] question) throws IOException {
        byte[] pdu = Arrays.copyOfRange(question, 1, question.length);
        try (Socket before = new Socket(InetAddress.getLoopbackAddress(), device.port())) {
            before.getOutputStream().write(new RtuFraming().frame(0, question[0], pdu));
            await().until(() -> !device.requests().isEmpty());
        }
    }

    // Holes that are refused, or that a device says nothing about, cost no value beside them.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFirstQuestionOfAUnitMayTouchAHole(boolean refused) throws Exception {
        try (FakeRtu device =
                        new FakeRtu(
                                (request, line) -> {
                                    if (request.address() > 50
                                            || request.address() + request.count() <= 50) {
                                        line.send(request.honest());
                                    } else if (refused) {
                                        line.send(request.exception(2));
                                    }
                                });
                Plug plug = Plug.connected(device.endpoint("timeout=100ms"))) {
            assertThat(plug.read("holding:49").get(0).value()).isEqualTo(Value.of(49L));
            int before = device.requests().size();
            assertThat(plug.read("holding:49").get(0).value()).isEqualTo(Value.of(49L));
            assertThat(device.requests())
                    .as("once settled, nothing is asked twice")
                    .hasSize(before + 1);
        }
    }

    // A line has nothing to hang up: asking at once again would make every answer one too late.
    @Test
    void aStrayFrameDoesNotPutTheAnswersOutOfStep() throws Exception {
        try (FakeRtu device =
                        new FakeRtu(
                                (request, line) -> {
                                    if (request.address() == 100) {
                                        line.send(
                                                new RtuFraming()
                                                        .frame(0, 1, new byte[] {3, 2, 9, 9}));
                                    }
                                    line.slowly(Duration.ofMillis(60), request.honest());
                                });
                Plug plug = Plug.connected(device.endpoint("timeout=500ms&retries=0"))) {
            assertThat(plug.read("holding:1").get(0).value()).isEqualTo(Value.of(1L));
            int before = device.requests().size();
            assertThat(plug.read("holding:100:uint32", "holding:300"))
                    .extracting(Sample::value)
                    .containsExactly(Value.of(100L << 16 | 101), Value.of(300L));
            assertThat(device.requests()).hasSize(before + 2);
        }
    }

    @Test
    void wrongChecksumsAreToldAsSuch() throws Exception {
        try (FakeRtu device =
                        new FakeRtu(
                                (request, line) -> {
                                    byte[] answer = request.honest();
                                    answer[answer.length - 1] ^= 1;
                                    line.send(answer);
                                });
                Plug plug = Plug.connected(device.endpoint("timeout=100ms"))) {
            assertThat(plug.read("holding:7").get(0).status().name()).isEqualTo("BadChecksum");
            assertThat(plug.notes).singleElement().asString().contains("right checksum");
        }
    }

    @Test
    void exceptionsAndFramesOfOtherUnitsAreToldApart() throws Exception {
        try (FakeRtu device =
                        new FakeRtu(
                                (request, line) -> {
                                    if (request.address() >= 900) {
                                        line.send(request.exception(2));
                                    } else if (request.number() == 1) {
                                        byte[] honest = request.honest();
                                        line.send(
                                                new RtuFraming()
                                                        .frame(
                                                                0,
                                                                request.unit() + 1,
                                                                Arrays.copyOfRange(
                                                                        honest,
                                                                        1,
                                                                        honest.length - 2)));
                                    } else {
                                        line.send(request.honest());
                                    }
                                });
                Plug plug = Plug.connected(device.endpoint("timeout=100ms"))) {
            assertThat(plug.read("holding:7").get(0).value()).isEqualTo(Value.of(7L));
            assertThat(plug.read("holding:900").get(0).status().name())
                    .isEqualTo("BadIllegalDataAddress (2)");
        }
    }

    @Test
    void udpTakesTheAnswerToItsQuestionAlone() throws Exception {
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        Random random = new Random(8);
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Plug plug =
                        Plug.connected(
                                "modbus-udp://127.0.0.1:"
                                        + server.getLocalPort()
                                        + "?timeout=40ms&inflight=3")) {
            Thread device = new Thread(() -> echo(server, clock, random), "fake udp");
            device.setDaemon(true);
            device.start();
            neverWrong(plug, 40);
        } finally {
            clock.shutdownNow();
        }
    }

    /** Answers late, twice or not at all; each register's value is its address. */
    private static void echo(DatagramSocket server, ScheduledExecutorService clock, Random random) {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[300], 300);
                server.receive(packet);
                ByteBuffer in = ByteBuffer.wrap(packet.getData());
                int count = in.getShort(10);
                ByteBuffer pdu = ByteBuffer.allocate(2 + 2 * count).put((byte) 3);
                pdu.put((byte) (2 * count));
                IntStream.range(0, count).forEach(i -> pdu.putShort((short) (in.getShort(8) + i)));
                byte[] answer = FakeDevice.frame(in.getShort(0), in.get(6), pdu.array());
                for (int copy = random.nextInt(3); copy > 0; copy--) {
                    clock.schedule(
                            () -> {
                                server.send(
                                        new DatagramPacket(
                                                answer, answer.length, packet.getSocketAddress()));
                                return null;
                            },
                            random.nextInt(60),
                            TimeUnit.MILLISECONDS);
                }
            }
        } catch (IOException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    @Test
    void aUdpPortWhereNothingListensIsTold() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Plug plug = Plug.connected("modbus-udp://127.0.0.1:" + port)) {
            assertThatThrownBy(() -> plug.read("holding:1"))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("nothing listens at that UDP port");
        }
    }

    @Test
    void aSerialPortThatIsNotThereIsTold() {
        assertThatThrownBy(() -> Plug.connected("modbus-rtu:/dev/no-such-tty?unit=1"))
                .isInstanceOfSatisfying(
                        DeviceException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessageContaining("/dev/no-such-tty")
                .hasMessageContaining("serial port");
    }
}
