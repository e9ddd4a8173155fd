package io.fieldloom.engine.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WakeWatchTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final AtomicReference<Set<String>> network = new AtomicReference<>(Set.of("10.0.0.2"));
    private final AtomicInteger woken = new AtomicInteger();
    private final WakeWatch watch =
            new WakeWatch(timer, clock::get, network::get, woken::incrementAndGet);

    @AfterEach
    void stop() {
        watch.close();
        timer.shutdownNow();
    }

    @Test
    void aSleepIsNoticedOnce() {
        clock.addAndGet(1_200);
        watch.look();
        assertThat(woken).hasValue(0);

        clock.addAndGet(60_000);
        watch.look();
        clock.addAndGet(1_000);
        watch.look();

        assertThat(woken).hasValue(1);
    }

    @Test
    void anotherNetworkIsNoticedOnce() {
        network.set(Set.of("192.168.1.7"));
        watch.look();
        watch.look();

        assertThat(woken).hasValue(1);
    }
}
