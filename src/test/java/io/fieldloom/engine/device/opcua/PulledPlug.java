package io.fieldloom.engine.device.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.LinkState.Phase;
import io.fieldloom.engine.device.Login;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.device.SubscriptionHealth;
import io.fieldloom.engine.device.SubscriptionHealth.Stream;
import io.fieldloom.engine.device.TagRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Tags that are watched on a server whose network cable is pulled. The session is secured: a server
 * may hand the subscriptions of a nobody to nobody (OPC UA Part 4, 5.14.7).
 */
final class PulledPlug implements AutoCloseable {
    static final String USER = "operator";
    static final String PASSWORD = "geheim";
    private static final String SECURITY = "Basic256Sha256/SignAndEncrypt";

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final FreezableWire wire;
    final DeviceLink link;
    final List<Sample> samples = new CopyOnWriteArrayList<>();

    PulledPlug(OpcUaBench bench, Endpoint server, TagRequest... tags) throws Exception {
        DeviceException asked =
                OpcUaBench.failure(
                        bench.session(
                                        server.text(),
                                        SECURITY,
                                        USER,
                                        PASSWORD,
                                        new OpcUaBench.Events())
                                .connect());
        assertThat(asked.kind()).as(asked.getMessage()).isEqualTo(Kind.UNTRUSTED);
        bench.trust.trust(asked.certificate().orElseThrow().certificate());
        wire = new FreezableWire(server.port());
        link =
                new DeviceLink(
                        bench.driver,
                        new SessionRequest(
                                "filler",
                                Endpoint.parse(
                                        "opc.tcp://127.0.0.1:" + wire.port() + server.path()),
                                Security.parse(SECURITY),
                                Login.of(USER, PASSWORD.toCharArray())),
                        pool,
                        timer,
                        Clock.systemUTC());
        link.watch(List.of(tags), (at, came) -> samples.addAll(List.of(came)));
        link.start();
        await().until(() -> samples.size() > 10);
    }

    /** Pulls it, and plugs it in again after that time. */
    void pullFor(Duration time) throws Exception {
        pull();
        Thread.sleep(time.toMillis());
        plugIn();
    }

    /** Returns when the loss is noticed. */
    void pull() throws Exception {
        wire.pull();
        await().until(() -> link.state().phase() != Phase.UP);
    }

    /** Returns when the device is back. */
    void plugIn() {
        wire.plugIn();
        await().until(() -> link.state().phase() == Phase.UP);
    }

    /** The subscriptions of the session that there is now. */
    List<Stream> streams() {
        return link.capability(SubscriptionHealth.class).orElseThrow().streams();
    }

    /** Waits until so many more samples came. */
    void more(int count) {
        int wanted = samples.size() + count;
        await().until(() -> samples.size() >= wanted);
    }

    @Override
    public void close() throws IOException {
        link.close();
        link.stop().toCompletableFuture().join();
        wire.close();
        timer.shutdownNow();
        pool.shutdown();
    }
}
