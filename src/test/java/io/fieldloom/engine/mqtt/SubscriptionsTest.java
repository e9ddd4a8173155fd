package io.fieldloom.engine.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.outlet.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many brokers send a message once for each filter it matches; nobody shall count it twice. */
class SubscriptionsTest {
    private final Subscriptions subscriptions =
            new Subscriptions(
                    new FailureWords(
                            new BrokerLogin(
                                    "plant",
                                    BrokerUrl.parse("mqtt://127.0.0.1:1"),
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    "loom",
                                    5,
                                    false)),
                    Runnable::run);
    private final Scripted wire = new Scripted();

    @ParameterizedTest
    @CsvSource({
        "#, acme/#, true",
        "acme/#, acme, true",
        "acme/#, acme/+/x, true",
        "+/x, acme/x, true",
        "acme/x, acme/x, true",
        "acme/#, #, false",
        "+, acme/x, false",
        "+/x, #, false",
        "acme/+, acme/#, false",
        "acme/x, acme/+, false",
        "#, $SYS/#, false",
        "+/x, $SYS/x, false",
    })
    void aFilterCoversWhatItBringsAlong(String wide, String narrow, boolean covers) {
        assertThat(new Subscription(wide, 1).covers(new Subscription(narrow, 1))).isEqualTo(covers);
        assertThat(new Subscription(wide, 0).covers(new Subscription(narrow, 1))).isFalse();
    }

    private CompletableFuture<Void> add(String filter) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        subscriptions.add(new Subscription(filter, 1), answered, wire);
        return answered;
    }

    @Test
    void aFilterThatCoversOthersTakesTheirPlace() {
        subscriptions.askAll(wire);
        add("acme/#");
        add("other/#");
        CompletableFuture<Void> all = add("#");

        assertThat(all).isCompleted();
        assertThat(wire.has).containsExactly("#");
        assertThat(add("acme/x")).isCompleted();
        assertThat(wire.has).containsExactly("#");

        subscriptions.remove("#", wire);
        assertThat(wire.has).containsExactlyInAnyOrder("acme/#", "other/#");
    }

    @Test
    void whereTheWideOneIsRefusedTheOthersStayAndComeBack() {
        wire.refuses = "#";
        subscriptions.askAll(wire);
        add("acme/#");

        assertThat(add("#")).isCompletedExceptionally();
        assertThat(wire.has).containsExactly("acme/#");

        wire.refuses = "";
        add("#");
        Scripted next = new Scripted();
        next.refuses = "#";
        subscriptions.askAll(next);
        assertThat(next.has).containsExactly("acme/#");
    }

    /** A broker that answers at once. */
    private static final class Scripted implements Wire {
        private final List<String> has = new ArrayList<>();
        private String refuses = "";

        @Override
        public void subscribe(List<Subscription> wanted, Answer answer) {
            String filter = wanted.get(0).filter();
            if (filter.equals(refuses)) {
                answer.done(0x87);
            } else {
                has.add(filter);
                answer.done(1);
            }
        }

        @Override
        public void unsubscribe(String filter, Answer answer) {
            has.remove(filter);
            answer.done(0);
        }

        @Override
        public void connect() {
            throw new AssertionError("connected already");
        }

        @Override
        public boolean publish(Publication publication, Answer answer) {
            throw new AssertionError("nothing is published");
        }

        @Override
        public int inFlightLimit() {
            return 1;
        }

        @Override
        public long packetLimit() {
            return 1;
        }

        @Override
        public void disconnect(Duration atMost) {
            throw new AssertionError("never ended");
        }

        @Override
        public void drop() {
            throw new AssertionError("never ended");
        }
    }
}
