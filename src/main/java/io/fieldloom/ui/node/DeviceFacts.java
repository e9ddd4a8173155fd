package io.fieldloom.ui.node;

import io.fieldloom.domain.tag.Device;
import io.fieldloom.engine.device.LinkFailure;
import io.fieldloom.engine.device.LinkState;
import io.fieldloom.engine.device.LinkStatistics.Counts;
import io.fieldloom.engine.device.SelfDescription.Entry;
import io.fieldloom.engine.device.SubscriptionHealth.Stream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a device's link at one moment.
 *
 * @param device as the project has it
 * @param reachedAt where the link leads, which is the simulator's place while one stands in
 * @param state where it stands
 * @param lastFailure the newest failure, even if the device is back
 * @param samplesPerSecond values that come in
 * @param requestsPerSecond requests that go out
 * @param counts the conversation since the session was opened; empty while there is none
 * @param streams its subscriptions; none where the protocol has none
 * @param clock how far the device's clock is ahead of this computer's; empty where nobody knows
 * @param description what the device says of itself; none where it does not or nobody asked
 * @param now the moment
 */
record DeviceFacts(
        Device device,
        String reachedAt,
        LinkState state,
        Optional<LinkFailure> lastFailure,
        double samplesPerSecond,
        double requestsPerSecond,
        Optional<Counts> counts,
        List<Stream> streams,
        Optional<ClockOffset> clock,
        List<Entry> description,
        Instant now) {}
