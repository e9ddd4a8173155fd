package io.fieldloom.engine.device.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.fieldloom.engine.device.SubscriptionHealth.Stream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.junit.jupiter.api.Test;

class ServerSubscriptionTest {
    private final ServerSubscription subscription =
            new ServerSubscription(
                    new CreateSubscriptionResponse(null, uint(1), 500.0, uint(60), uint(4)));

    @Test
    void handsOnInTheOrderOfTheSequenceNumbers() {
        assertThat(arrive(1)).containsExactly(1L);
        assertThat(arrive(3)).isEmpty();
        assertThat(subscription.beginsToWait()).isTrue();
        assertThat(subscription.beginsToWait()).as("one waits").isFalse();
        assertThat(arrive(4)).isEmpty();
        assertThat(arrive(2)).containsExactly(2L, 3L, 4L);
        assertThat(subscription.missing()).isEmpty();
        assertThat(subscription.stream(1).missing()).isZero();
    }

    @Test
    void dropsWhatCameBefore() {
        arrive(1);
        arrive(2);
        assertThat(arrive(1)).isEmpty();
        assertThat(arrive(3)).containsExactly(3L);
    }

    @Test
    void goesOnWithoutAMessageThatNeverComes() {
        arrive(1);
        arrive(3);
        assertThat(numbers(subscription.giveUpMissing())).containsExactly(3L);
        assertThat(subscription.giveUpMissing()).isEmpty();
        assertThat(arrive(4)).containsExactly(4L);
    }

    @Test
    void countsWhatWasMissingAndWhatCameWhenAskedAgain() {
        arrive(1);
        arrive(4);
        arrive(6);
        assertThat(subscription.beginsToWait()).isTrue();
        assertThat(subscription.missing()).containsExactly(uint(2), uint(3), uint(5));
        assertThat(numbers(subscription.again(message(3), Instant.now()))).isEmpty();
        assertThat(numbers(subscription.again(message(2), Instant.now())))
                .containsExactly(2L, 3L, 4L);
        assertThat(numbers(subscription.giveUpMissing())).containsExactly(6L);

        Stream stream = subscription.stream(7);
        assertThat(stream.missing()).isEqualTo(3);
        assertThat(stream.recovered()).isEqualTo(2);
        assertThat(stream.lost()).isEqualTo(1);
        assertThat(stream.items()).isEqualTo(7);
        assertThat(stream.keepAlive()).isEqualTo(Duration.ofSeconds(2));
        assertThat(stream.lifetime()).isEqualTo(Duration.ofSeconds(30));
        arrive(8);
        assertThat(subscription.beginsToWait()).as("the next gap").isTrue();
    }

    @Test
    void countsSilenceInKeepAlivePeriods() {
        subscription.heard();
        long now = System.nanoTime();
        assertThat(subscription.publishingInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(subscription.silentPeriods(now)).isZero();
        assertThat(subscription.silentPeriods(now + TimeUnit.SECONDS.toNanos(9))).isEqualTo(4);
    }

    private List<Long> arrive(long number) {
        return numbers(subscription.inOrder(message(number), Instant.now()));
    }

    private static NotificationMessage message(long number) {
        return new NotificationMessage(uint(number), DateTime.now(), null);
    }

    private static List<Long> numbers(List<ServerSubscription.Arrived> arrived) {
        return arrived.stream().map(one -> one.message().getSequenceNumber().longValue()).toList();
    }
}
