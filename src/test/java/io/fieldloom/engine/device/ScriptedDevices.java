package io.fieldloom.engine.device;

import io.fieldloom.domain.connection.Endpoint;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The links of a project over a driver that does what the test says. */
public final class ScriptedDevices implements AutoCloseable {
    public final ScriptedDriver driver = new ScriptedDriver();
    public final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    public final DeviceRegistry registry =
            new DeviceRegistry(
                    List.of(driver),
                    device ->
                            SessionRequest.anonymous(
                                    device.name(), Endpoint.parse(device.endpoint())),
                    pool,
                    timer,
                    Clock.systemUTC());

    @Override
    public void close() {
        registry.stop().toCompletableFuture().join();
        pool.shutdownNow();
        timer.shutdownNow();
    }
}
