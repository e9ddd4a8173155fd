package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hundreds of wrong answers and lost connections: no wrong value, no hang, nothing left behind. */
@Timeout(120)
class RobustnessTest {

    // What nobody can tell is left out: other data under a right header; with several questions
    // open
    // also another one's number, and bytes that are missing in the middle of the stream.
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void fuzzedHeadersAndLengthsNeverGiveAWrongValue(int inFlight) throws Exception {
        Random random = new Random(8);
        try (FakeDevice device =
                new FakeDevice(
                        (request, reply) -> {
                            byte[] answer = reply.honest();
                            switch (random.nextInt(6)) {
                                case 0 ->
                                        answer[2 + random.nextInt(7)] ^=
                                                (byte) (1 << random.nextInt(8));
                                case 1 -> {
                                    int half = random.nextInt(answer.length);
                                    answer = inFlight > 1 ? answer : Arrays.copyOf(answer, half);
                                }
                                case 2 -> {
                                    byte[] junk = new byte[random.nextInt(300)];
                                    random.nextBytes(junk);
                                    answer = junk;
                                }
                                default -> {
                                    // honest
                                }
                            }
                            if (random.nextInt(8) == 0) {
                                reply.reset();
                            } else {
                                reply.send(answer);
                            }
                        })) {
            Plug plug = Plug.connected(device.endpoint("timeout=10ms&inflight=" + inFlight));
            int good = 0;
            for (int round = 0; round < 250; round++) {
                int address = 100 + round;
                try {
                    List<Sample> samples =
                            plug.read("holding:" + address, "holding:" + (address + 5000));
                    for (int i = 0; i < 2; i++) {
                        assertThat(samples.get(i).value())
                                .isIn(Value.NONE, Value.of(address + 5000L * i));
                        good += samples.get(i).status().isGood() ? 1 : 0;
                    }
                } catch (DeviceException lost) {
                    plug.close();
                    plug = Plug.connected(device.endpoint("timeout=10ms&inflight=" + inFlight));
                }
            }
            plug.close();
            assertThat(good).as("control: honest answers came through").isGreaterThan(100);
        }
    }

    @Test
    void fuzzedRtuNeverGivesAWrongValue() throws Exception {
        Random random = new Random(8);
        try (FakeRtu device =
                        new FakeRtu(
                                (request, line) -> {
                                    byte[] answer = request.honest();
                                    if (random.nextInt(12) == 0) {
                                        answer[random.nextInt(answer.length)] ^=
                                                (byte) (1 << random.nextInt(8));
                                    } else if (random.nextInt(12) == 0) {
                                        answer =
                                                Arrays.copyOf(
                                                        answer, random.nextInt(answer.length));
                                    }
                                    line.send(answer);
                                });
                Plug plug = Plug.connected(device.endpoint("timeout=10ms"))) {
            int good = 0;
            for (int round = 0; round < 200; round++) {
                Sample sample = plug.read("holding:" + (300 + round)).get(0);
                assertThat(sample.value()).isIn(Value.NONE, Value.of(300L + round));
                good += sample.status().isGood() ? 1 : 0;
            }
            assertThat(good).as("control: honest answers came through").isGreaterThan(50);
        }
    }

    @Test
    void aThousandReconnectsLeaveNothingBehind() throws Exception {
        ModbusDriver driver = new ModbusDriver();
        try (FakeDevice device = new FakeDevice((request, reply) -> reply.honestly())) {
            reconnect(driver, device, 100);
            long before = used();
            await().until(() -> ourThreads() == 0);

            reconnect(driver, device, 1000);

            await().until(() -> ourThreads() == 0);
            assertThat(used() - before).as("bytes").isLessThan(2_000_000);
        }
    }

    private static void reconnect(ModbusDriver driver, FakeDevice device, int times)
            throws Exception {
        for (int i = 0; i < times; i++) {
            try (Plug plug = Plug.connected(driver, device.endpoint("timeout=1s"))) {
                assertThat(plug.read("holding:7").get(0).value()).isEqualTo(Value.of(7L));
            }
        }
        device.forget();
    }

    private static long ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("modbus "))
                .count();
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
