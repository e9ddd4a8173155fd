package io.fieldloom.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.LinkState.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceLinkTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ScriptedDriver driver = new ScriptedDriver();
    private final DeviceLink link =
            new DeviceLink(
                    driver,
                    SessionRequest.anonymous("filler", Endpoint.parse("opc.tcp://127.0.0.1:1")),
                    pool,
                    timer,
                    Clock.systemUTC());
    private final BlockingQueue<Sample> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        link.stop().toCompletableFuture().join();
        pool.shutdownNow();
        timer.shutdownNow();
    }

    private Watch watchOne() {
        return link.watch(
                List.of(new TagRequest("s=a", Duration.ofSeconds(1))),
                (tags, samples) -> seen.addAll(List.of(samples)));
    }

    private Sample next() throws InterruptedException {
        Sample sample = seen.poll(10, TimeUnit.SECONDS);
        assertThat(sample).as("a sample").isNotNull();
        return sample;
    }

    @Test
    void aLossIsOneBadSampleWithTheLastValueAndTheNextSessionGoesOn() throws Exception {
        watchOne();
        link.start();
        ScriptedDriver.Session first = driver.next().up();
        first.subscription().send(0, Sample.good(Value.of(1.5), NOW));
        assertThat(next().status()).isEqualTo(Status.GOOD);

        first.lose();
        Sample lost = next();
        assertThat(lost.value()).isEqualTo(Value.of(1.5));
        assertThat(lost.status()).isEqualTo(Status.BAD_NO_COMMUNICATION);

        ScriptedDriver.Session second = driver.next().up();
        second.subscription().send(0, Sample.good(Value.of(2.5), NOW));
        assertThat(next().value()).isEqualTo(Value.of(2.5));
        assertThat(seen).isEmpty();
        assertThat(link.state().reconnects()).isEqualTo(1);
        await().until(() -> first.closed);
    }

    @Test
    void whatALostSessionStillSendsIsIgnored() throws Exception {
        watchOne();
        link.start();
        ScriptedDriver.Session first = driver.next().up();
        ScriptedDriver.Subscription old = first.subscription();
        first.lose();
        assertThat(next().status().isBad()).isTrue();
        ScriptedDriver.Session second = driver.next().up();
        ScriptedDriver.Subscription fresh = second.subscription();

        old.send(0, Sample.good(Value.of(666), NOW));
        fresh.send(0, Sample.good(Value.of(7), NOW));

        assertThat(next().value()).isEqualTo(Value.of(7));
    }

    @Test
    void aWrongPasswordIsNotTriedAgainEveryTwoSeconds() {
        link.start();
        driver.next().refuse(Kind.NOT_AUTHORISED);

        await().until(() -> link.state().phase() == Phase.WAITING);
        Duration pause = Duration.between(link.state().since(), link.state().nextAttempt());
        assertThat(pause).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(link.firstAnswer().toCompletableFuture()).isCompleted();
    }

    @Test
    void reconnectNowDoesNotWaitForTheBackOff() {
        link.start();
        driver.next().refuse(Kind.NOT_AUTHORISED);
        await().until(() -> link.state().phase() == Phase.WAITING);

        link.reconnectNow();

        driver.next().up();
        await().until(() -> link.state().isUp());
    }

    @Test
    void anUnreachableDeviceIsTriedAgainWithinTwoSeconds() {
        link.start();
        for (int attempt = 0; attempt < 4; attempt++) {
            driver.next().refuse(Kind.UNREACHABLE);
            await().until(() -> link.state().phase() == Phase.WAITING);
            Duration pause = Duration.between(link.state().since(), link.state().nextAttempt());
            assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(2));
            link.reconnectNow();
        }
    }

    @Test
    void aRefusedTagIsABadSampleAndTheOthersRun() throws Exception {
        link.watch(
                List.of(
                        new TagRequest("s=gone", Duration.ofSeconds(1)),
                        new TagRequest("s=here", Duration.ofSeconds(1))),
                (tags, samples) -> seen.addAll(List.of(samples)));
        link.start();
        ScriptedDriver.Subscription subscription = driver.next().up().subscription();
        assertThat(next().status().name()).isEqualTo("BadNodeIdUnknown");

        subscription.send(1, Sample.good(Value.of(true), NOW));
        assertThat(next().value()).isEqualTo(Value.of(true));
    }

    @Test
    void aClosedWatchHearsNothingMore() throws Exception {
        Watch watch = watchOne();
        link.start();
        ScriptedDriver.Session session = driver.next().up();
        ScriptedDriver.Subscription subscription = session.subscription();
        subscription.send(0, Sample.good(Value.of(1), NOW));
        next();

        watch.close();
        subscription.send(0, Sample.good(Value.of(2), NOW));

        assertThat(seen).isEmpty();
        await().until(() -> subscription.closed);
    }

    @Test
    void stopDisconnectsAndStaysSo() {
        link.start();
        ScriptedDriver.Session session = driver.next().up();
        await().until(() -> link.state().isUp());

        link.stop();
        await().until(() -> session.closed);
        session.lose();

        assertThat(link.state().phase()).isEqualTo(Phase.STOPPED);
        assertThat(driver.waiting()).isZero();
    }
}
