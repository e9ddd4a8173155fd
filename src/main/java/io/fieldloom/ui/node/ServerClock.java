package io.fieldloom.ui.node;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceLink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * How far an OPC UA server's clock is ahead of this computer's: its times are those of its values.
 * It is asked now and then. FX thread only.
 */
final class ServerClock {
    private static final String CURRENT_TIME = "i=2258";
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Executor fx;
    private DeviceLink asked;
    private Instant last = Instant.MIN;
    private ClockOffset offset;

    ServerClock(Executor fx) {
        this.fx = fx;
    }

    /** What is known of a link's server, which is asked again when that is old. */
    Optional<ClockOffset> of(DeviceLink link, Instant now) {
        if (link != asked) {
            asked = link;
            offset = null;
            last = Instant.MIN;
        }
        if (!link.state().isUp()) {
            offset = null;
        } else if (last.plus(EVERY).isBefore(now)) {
            last = now;
            link.read(List.of(CURRENT_TIME))
                    .whenComplete(
                            (samples, failure) -> {
                                Instant then = Instant.now();
                                fx.execute(() -> answered(link, samples, now, then));
                            });
        }
        return Optional.ofNullable(offset);
    }

    private void answered(DeviceLink link, List<Sample> samples, Instant begin, Instant end) {
        boolean isTime =
                link == asked && samples != null && samples.get(0).value() instanceof Value.Time;
        if (isTime) {
            Instant told = ((Value.Time) samples.get(0).value()).value();
            offset = ClockOffset.told(told, begin, end);
        }
    }
}
