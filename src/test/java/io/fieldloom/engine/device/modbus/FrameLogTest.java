package io.fieldloom.engine.device.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.FrameLog;
import io.fieldloom.engine.device.FrameLog.Direction;
import io.fieldloom.engine.device.FrameLog.Frame;
import io.fieldloom.engine.device.LinkStatistics;
import io.fieldloom.engine.device.LinkStatistics.Counts;
import io.fieldloom.engine.device.SelfDescription;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engineer sees of the conversation. */
@Timeout(30)
class FrameLogTest {

    @Test
    @SuppressWarnings("try") // closing early is what is tested
    void eachFrameIsThereWithBytesMeaningAndRoundTrip() throws Exception {
        try (FakeDevice device =
                        new FakeDevice(
                                (request, reply) -> {
                                    if (request.address() == 900) {
                                        reply.exception(2);
                                    } else {
                                        reply.honestly();
                                    }
                                });
                Plug plug = Plug.connected(device.endpoint("unit=3"))) {
            FrameLog log = plug.session.capability(FrameLog.class).orElseThrow();
            plug.read("holding:1");
            try (FrameLog.Recording recording = log.record(3)) {
                plug.read("holding:100:uint32");
                plug.read("input:900");

                List<Frame> frames = recording.since(0);
                assertThat(recording.total()).isEqualTo(4);
                assertThat(frames).hasSize(3); // the oldest gave way
                assertThat(frames.get(0).direction()).isEqualTo(Direction.RECEIVED);
                assertThat(frames.get(0).meaning()).isEqualTo("unit 3: 100 to 101 = 100 101");
                assertThat(frames.get(0).bytes()).hasSize(13).endsWith(0, 100, 0, 101);
                assertThat(frames.get(0).roundTrip()).isPositive();
                assertThat(frames.get(1).meaning())
                        .isEqualTo("unit 3: read 1 input registers from 900 (function 4)");
                assertThat(frames.get(2).meaning())
                        .isEqualTo("unit 3: refused: illegal data address (exception 2)");
                assertThat(recording.since(3)).containsExactly(frames.get(2));

                recording.close();
                plug.read("holding:1");
                assertThat(recording.total()).isEqualTo(4);
            }
            LinkStatistics statistics = plug.session.capability(LinkStatistics.class).orElseThrow();
            Counts counts = statistics.counts();
            assertThat(counts.requests()).isEqualTo(4);
            assertThat(counts.answers()).isEqualTo(4);
            assertThat(counts.refusals()).isEqualTo(1);
            assertThat(counts.meanRoundTrip()).isPositive();
        }
    }

    @Test
    void aDeviceThatDoesNotSayWhatItIsIsTold() throws Exception {
        try (FakeDevice device = new FakeDevice((request, reply) -> reply.exception(1));
                Plug plug = Plug.connected(device.endpoint("timeout=200ms"))) {
            SelfDescription asked = plug.session.capability(SelfDescription.class).orElseThrow();
            assertThatThrownBy(() -> Plug.await(asked.describe()))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("BadIllegalFunction (1)");
        }
    }
}
