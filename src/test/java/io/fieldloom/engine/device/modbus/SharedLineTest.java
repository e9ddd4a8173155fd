package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several units behind one gateway: one connection, one question at a time, none starves. */
@Timeout(60)
class SharedLineTest {

    @Test
    void unitsOfOnePlaceShareOneConnectionAndAskOneAtATime() throws Exception {
        AtomicBoolean busy = new AtomicBoolean();
        List<String> overlaps = new ArrayList<>();
        ModbusDriver driver = new ModbusDriver();
        try (FakeDevice gateway =
                new FakeDevice(
                        (request, reply) -> {
                            if (!busy.compareAndSet(false, true)) {
                                overlaps.add(request.toString());
                            }
                            busy.set(false);
                            reply.honestly();
                        })) {
            List<Plug> plugs = new ArrayList<>();
            for (int unit = 1; unit <= 5; unit++) {
                Plug plug = Plug.connected(driver, gateway.endpoint("unit=" + unit));
                plugs.add(plug);
                plug.subscribe(Duration.ofMillis(10), "holding:" + unit, "holding:5000");
            }
            for (int unit = 1; unit <= 5; unit++) {
                assertThat(plugs.get(unit - 1).next().sample().status().isGood()).isTrue();
            }
            plugs.get(0).close();
            assertThat(plugs.get(1).read("holding:77").get(0).value()).isEqualTo(Value.of(77L));
            plugs.forEach(Plug::close);

            assertThat(gateway.connections()).isEqualTo(1);
            assertThat(overlaps).isEmpty();
        }
    }

    // Behind a gateway a dead unit costs its time-out each time it is asked.
    @ParameterizedTest
    @ValueSource(ints = {0, 11})
    void aDeadUnitDoesNotStarveTheOthers(int exception) throws Exception {
        ModbusDriver driver = new ModbusDriver();
        try (FakeDevice gateway =
                new FakeDevice(
                        (request, reply) -> {
                            if (request.unit() == 1) {
                                reply.honestly();
                            } else if (exception != 0) {
                                sleep(Duration.ofMillis(250));
                                reply.exception(exception);
                            }
                        })) {
            try (Plug alive = Plug.connected(driver, gateway.endpoint("unit=1&timeout=300ms"));
                    Plug dead = Plug.connected(driver, gateway.endpoint("unit=7&timeout=300ms"))) {
                dead.subscribe(Duration.ofMillis(50), "holding:0", "holding:1000", "holding:2000");
                assertThat(dead.next().sample().status().isBad()).isTrue();
                alive.subscribe(Duration.ofMillis(20), "holding:0");
                long asked = asked(gateway, 1);
                long wasted = asked(gateway, 7);

                TimeUnit.SECONDS.sleep(3);

                assertThat(asked(gateway, 1) - asked).isGreaterThan(75); // of 150 without the other
                assertThat(asked(gateway, 7) - wasted).isLessThan(6);
            }
            assertThatThrownBy(
                            () -> Plug.connected(driver, gateway.endpoint("unit=7&timeout=300ms")))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("unit 7 does not answer");
        }
    }

    @Test
    void aUnitThatIsBackIsConnectedAgain() throws Exception {
        AtomicBoolean on = new AtomicBoolean();
        ModbusDriver driver = new ModbusDriver();
        try (FakeDevice device =
                new FakeDevice(
                        (request, reply) -> {
                            if (on.get()) {
                                reply.honestly();
                            }
                        })) {
            String endpoint = device.endpoint("timeout=50ms");
            try (Plug plug = Plug.connected(driver, endpoint)) {
                assertThat(plug.read("holding:0").get(0).status().name()).isEqualTo("BadTimeout");
            }
            assertThatThrownBy(() -> Plug.connected(driver, endpoint))
                    .hasMessageContaining("does not answer");
            on.set(true);
            try (Plug plug = Plug.connected(driver, endpoint)) {
                assertThat(plug.read("holding:9").get(0).value()).isEqualTo(Value.of(9L));
            }
        }
    }

    private static long asked(FakeDevice gateway, int unit) {
        return gateway.requests().stream().filter(request -> request.unit() == unit).count();
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
