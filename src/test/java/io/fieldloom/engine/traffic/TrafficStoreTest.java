package io.fieldloom.engine.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrafficStoreTest {
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
    private Instant now = Instant.parse("2026-01-01T00:00:00.123456Z");

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private TrafficStore store(TrafficLimits limits) {
        return new TrafficStore(pool, limits, () -> now);
    }

    private TrafficStore store() {
        return store(TrafficLimits.forHeap(1L << 30));
    }

    private Message message(String topic, String payload) {
        return new Message(now, topic, payload.getBytes(), 1, false, false, null);
    }

    private static void settle(TrafficStore store) {
        assertThat(store.settle(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void aTopicKeepsItsMessagesAsTheyWere() {
        TrafficStore store = store();
        Message first = new Message(now, "a/ž/€", "1".getBytes(), 2, true, true, "simulated");
        store.record(first);
        now = now.plusMillis(5);
        Message second = new Message(now, "a/ž/€", "2".getBytes(), 0, false, false, "replayed");
        store.record(second);
        now = now.plusMillis(5);
        Message third = new Message(now, "a/ž/€", new byte[0], 1, false, false, null);
        store.record(third);
        settle(store);
        assertThat(store.history("a/ž/€"))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(first, second, third);
        TopicView view = store.topic("a/ž/€").orElseThrow();
        assertThat(view.last()).usingRecursiveComparison().isEqualTo(third);
        assertThat(view.count()).isEqualTo(3);
        assertThat(view.retained()).isTrue();
        assertThat(view.payloadKept()).isTrue();
        assertThat(store.topic("a/ž")).isEmpty();
        assertThat(store.history("a")).isEmpty();
        TrafficStats stats = store.stats();
        assertThat(stats.messages()).isEqualTo(3);
        assertThat(stats.topics()).isEqualTo(1);
        assertThat(stats.bytes()).isEqualTo(2);
        assertThat(stats.duplicates()).isEqualTo(1);
        assertThat(stats.retained()).isEqualTo(1);
        assertThat(stats.dropped()).isZero();
    }

    // A topic may have topics below it; their messages are not its own.
    @Test
    void aTopicWithTopicsBelowKeepsItsOwnTime() {
        TrafficStore store = store();
        Message own = message("a", "1");
        store.record(own);
        now = now.plusSeconds(5);
        store.record(message("a/b", "2"));
        settle(store);
        assertThat(store.topic("a").orElseThrow().last().time()).isEqualTo(own.time());
        now = now.plusSeconds(5);
        store.record(message("a", "3"));
        settle(store);
        assertThat(store.history("a").get(0).time()).isEqualTo(own.time());
    }

    @Test
    void anEmptyRetainedMessageTakesTheRetainedValueAway() {
        TrafficStore store = store();
        store.record(new Message(now, "a", "1".getBytes(), 1, true, false, null));
        store.record(new Message(now, "a", new byte[0], 1, true, false, null));
        settle(store);
        assertThat(store.topic("a").orElseThrow().retained()).isFalse();
        assertThat(store.stats().retained()).isZero();
    }

    @Test
    void aSteadyFlowHasItsTrueRateAndAnEndedOneFades() {
        TrafficStore store = store();
        for (int i = 0; i < 5 * 60; i++) {
            store.record(message("plant/a", "1"));
            if (i % 5 == 0) {
                store.record(message("plant/b", "1"));
            }
            now = now.plus(200, ChronoUnit.MILLIS);
        }
        settle(store);
        assertThat(store.topic("plant/a").orElseThrow().rate()).isCloseTo(5, within(0.3));
        assertThat(store.topic("plant/b").orElseThrow().rate()).isCloseTo(1, within(0.3));
        assertThat(store.stats().perSecond()).isCloseTo(6, within(0.6));
        TrafficRows rows = store.rows();
        assertThat(rows.at(0).rate()).isCloseTo(6, within(0.5));
        assertThat(rows.at(0).count()).isEqualTo(360);
        now = now.plusSeconds(30);
        assertThat(store.topic("plant/a").orElseThrow().rate()).isLessThan(0.01);
        assertThat(store.stats().perSecond()).isZero();
    }

    // A busy topic must not push the history of a slow one out.
    @Test
    void historyStaysWithinItsBytesAndIsShared() {
        TrafficLimits limits = new TrafficLimits(1_000, 1 << 20, 50_000, 1_000, 10_000, 1 << 20);
        TrafficStore store = store(limits);
        for (int i = 0; i < 5_000; i++) {
            store.record(message("busy", "value " + i));
            if (i % 500 == 0) {
                store.record(message("slow", "value " + i));
                settle(store);
            }
        }
        settle(store);
        assertThat(store.history("slow")).hasSize(10);
        int busy = store.history("busy").size();
        assertThat(busy).isBetween(100, 1_000);
        assertThat(new String(store.history("busy").get(busy - 1).payload()))
                .isEqualTo("value 4999");
        assertThat(new String(store.history("busy").get(0).payload()))
                .isEqualTo("value " + (5_000 - busy));
    }

    @Test
    void historyOfOneTopicEndsAtItsLimit() {
        TrafficLimits limits = new TrafficLimits(10, 1 << 20, 1 << 20, 10, 1_000, 1 << 20);
        TrafficStore store = store(limits);
        for (int i = 0; i < 100; i++) {
            store.record(message("a", "" + i));
        }
        settle(store);
        assertThat(store.history("a")).hasSize(10);
        assertThat(new String(store.history("a").get(0).payload())).isEqualTo("90");
    }

    @Test
    void randomTrafficNeverExceedsTheHistoryBound() {
        TrafficLimits limits = new TrafficLimits(10_000, 1 << 24, 200_000, 50, 100_000, 1 << 24);
        TopicIndex index = new TopicIndex();
        TopicRecords records = new TopicRecords(index, limits);
        Random random = new Random(42);
        for (int i = 0; i < 100_000; i++) {
            int topic = (int) Math.abs(random.nextGaussian() * 300);
            records.record(message("t/" + topic, "x".repeat(random.nextInt(40))));
        }
        assertThat(records.historyBytes()).isBetween(150_000L, 200_000L);
        assertThat(records.messages()).isEqualTo(100_000);
    }

    @Test
    void whatExceedsALimitIsCounted() {
        TrafficLimits limits = new TrafficLimits(11, 10, 1_000, 10, 5, 1_000);
        TrafficStore store = store(limits);
        for (int i = 0; i < 20; i++) {
            store.record(message("t" + i, "1"));
            settle(store);
        }
        assertThat(store.stats().topics()).isEqualTo(10);
        assertThat(store.stats().dropped()).isEqualTo(10);

        store.clear();
        assertThat(store.stats().dropped()).isZero();
        store.record(message("big", "12345678901"));
        settle(store);
        assertThat(store.topic("big").orElseThrow().payloadKept()).isFalse();
        assertThat(store.stats().notKept()).isEqualTo(1);
        assertThat(store.stats().bytes()).isEqualTo(11);
    }

    @Test
    void messagesThatComeFasterThanTheyAreIndexedAreCountedNotBlocked() throws Exception {
        TrafficLimits limits = new TrafficLimits(100, 1 << 20, 1_000, 10, 50, 1 << 20);
        TrafficStore store = store(limits);
        var held = new java.util.concurrent.CountDownLatch(1);
        var holding = new java.util.concurrent.CountDownLatch(1);
        pool.execute(
                () -> {
                    holding.countDown();
                    try {
                        held.await(10, java.util.concurrent.TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        holding.await(10, java.util.concurrent.TimeUnit.SECONDS);
        for (int i = 0; i < 80; i++) {
            store.record(message("a", "1"));
        }
        held.countDown();
        settle(store);
        assertThat(store.stats().messages()).isEqualTo(50);
        assertThat(store.stats().dropped()).isEqualTo(30);
    }

    @Test
    void aPreviewIsOneShortLine() {
        assertThat(Preview.of("{\n  \"a\": 1\n}".getBytes())).isEqualTo("{ \"a\": 1 }");
        assertThat(Preview.of("x".repeat(500).getBytes())).hasSize(200).endsWith("…");
        assertThat(Preview.of(new byte[] {1, 2, 3})).isEqualTo("3 bytes, binary");
        assertThat(Preview.of(new byte[] {(byte) 0xff})).isEqualTo("1 byte, binary");
        assertThat(Preview.of(new byte[0])).isEmpty();
    }
}
