package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.Sampling;
import io.fieldloom.engine.device.modbus.FakeDevice.Request;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PollingTest {

    @Test
    void tagsOfOneIntervalAreReadTogether() throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> reply.honestly());
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            plug.subscribe(Duration.ofMillis(30), "holding:0", "holding:50");
            plug.subscribe(Duration.ofMillis(30), "holding:0", "holding:90:uint32");
            for (int i = 0; i < 4; i++) {
                plug.next();
            }
            int before = device.requests().size();
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> device.requests().size() > before + 3);

            assertThat(device.requests().subList(before + 1, before + 4))
                    .allMatch(request -> request.address() == 0 && request.count() == 92);
            assertThat(plug.deliveries).as("nothing has changed since").isEmpty();
        }
    }

    @Test
    void aTagThatJoinsDoesNotWaitForTheNextBeat() throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> reply.honestly());
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            plug.subscribe(Duration.ofHours(1), "holding:1");
            assertThat(plug.next().sample().value()).isEqualTo(Value.of(1L));
            plug.subscribe(Duration.ofHours(1), "holding:2");
            assertThat(plug.next().sample().value()).isEqualTo(Value.of(2L));
        }
    }

    @Test
    void aClosedSubscriptionIsNotReadAnyMore() throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> reply.honestly());
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            Sampling closed = plug.subscribe(Duration.ofMillis(20), "holding:500");
            plug.subscribe(Duration.ofMillis(20), "input:7");
            plug.next();
            plug.next();
            closed.close();
            // two full beats later: the one that was under way may still hold it
            int before = device.requests().size();
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> device.requests().size() > before + 6);

            Set<Integer> functions =
                    device.requests().subList(before + 3, before + 6).stream()
                            .map(Request::function)
                            .collect(Collectors.toSet());
            assertThat(functions).containsExactly(4);
        }
    }

    @Test
    void beatsThatCannotBeKeptAreSkippedAndSaid() throws Exception {
        try (FakeDevice device =
                        new FakeDevice((request, reply) -> reply.later(Duration.ofMillis(25)));
                Plug plug = Plug.connected(device.endpoint("timeout=2s"))) {
            plug.subscribe(Duration.ofMillis(10), "holding:0");
            await().atMost(Duration.ofSeconds(10)).until(() -> !plug.notes.isEmpty());

            assertThat(plug.notes.get(0)).contains("longer than their interval of 10ms");
            // control: the read in between is answered, so no queue of missed beats is in its way
            assertThat(plug.read("holding:5").get(0).value()).isEqualTo(Value.of(5L));
            assertThat(plug.notes).hasSize(1);
        }
    }
}
