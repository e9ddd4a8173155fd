package io.fieldloom.engine.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetainedTest {
    private static final int MANY = 5_000;

    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
    private Instant now = Instant.parse("2026-01-01T00:00:00.120Z");
    private final TrafficStore store =
            new TrafficStore(pool, TrafficLimits.forHeap(1L << 30), () -> now);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    // What an undo would publish again must be what the broker kept, not what came after it.
    @Test
    void whatTheBrokerKeepsIsTheNewestRetainedMessage() {
        record("a/kept", "old", true);
        record("a/kept", "kept", true);
        record("a/kept", "live", false);
        record("a/live", "1", false);
        record("b/kept", "1", true);
        settle();

        assertThat(store.retained(topic -> topic.startsWith("a/")))
                .extracting(message -> new String(message.payload()))
                .containsExactly("kept");
    }

    @Test
    void allOfManyAreFound() {
        for (int at = 0; at < MANY; at++) {
            record("plant/" + at, "1", at % 2 == 0);
        }
        settle();
        assertThat(store.retained(topic -> true)).hasSize(MANY / 2);

        store.setRetained("plant/0", false);
        store.setRetained("plant/1", true);
        store.setRetained("plant/1", true);
        store.setRetained("unknown", true);
        assertThat(store.retained(topic -> true)).hasSize(MANY / 2);
        assertThat(store.stats().retained()).isEqualTo(MANY / 2);
        assertThat(store.topic("plant/0").orElseThrow().retained()).isFalse();
    }

    @Test
    void topicsAreFoundAmongMany() {
        for (int at = 0; at < MANY; at++) {
            record("plant/" + at, "1", false);
        }
        settle();
        assertThat(store.find(topic -> topic.endsWith("99"), 3))
                .containsExactly("plant/99", "plant/199", "plant/299");
        assertThat(store.find(topic -> topic.equals("plant"), 3)).as("a branch").isEmpty();
    }

    @Test
    void aTopicKnowsWhenItWasFirstSeen() {
        record("early", "1", false);
        Instant first = now.plus(Duration.ofHours(30));
        now = first;
        record("late", "1", false);
        now = now.plus(Duration.ofDays(3));
        record("late", "2", false);
        settle();

        assertThat(store.topic("late").orElseThrow().firstTime())
                .isCloseTo(first, within(10, ChronoUnit.MILLIS));
    }

    private void record(String topic, String payload, boolean retained) {
        store.record(new Message(now, topic, payload.getBytes(), 1, retained, false, null));
    }

    private void settle() {
        assertThat(store.settle(Duration.ofSeconds(20))).isTrue();
    }
}
