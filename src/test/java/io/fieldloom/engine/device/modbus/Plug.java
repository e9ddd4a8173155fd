package io.fieldloom.engine.device.modbus;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Sampling;
import io.fieldloom.engine.device.SessionListener;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.Writes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A session of the real driver with everything that a test wants to see of it. */
final class Plug implements AutoCloseable, SessionListener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final DeviceSession session;
    final CompletableFuture<DeviceException> lost = new CompletableFuture<>();
    final List<String> notes = new CopyOnWriteArrayList<>();
    final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

    record Delivery(int tag, Sample sample) {}

    /** Not connected yet. */
    Plug(String endpoint) {
        this(new ModbusDriver(), endpoint);
    }

    /** Not connected yet; plugs of one driver share connections. */
    Plug(ModbusDriver driver, String endpoint) {
        session = driver.open(SessionRequest.anonymous("boiler", Endpoint.parse(endpoint)), this);
    }

    static Plug connected(ModbusDriver driver, String endpoint) throws Exception {
        Plug plug = new Plug(driver, endpoint);
        await(plug.session.connect());
        return plug;
    }

    static Plug connected(String endpoint) throws Exception {
        Plug plug = new Plug(endpoint);
        await(plug.session.connect());
        return plug;
    }

    static <T> T await(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DeviceException expected) {
                throw expected;
            }
            throw e;
        }
    }

    List<Sample> read(String... addresses) throws Exception {
        return await(session.read(List.of(addresses)));
    }

    Sampling subscribe(Duration interval, String... addresses) throws Exception {
        List<TagRequest> tags =
                Arrays.stream(addresses).map(address -> new TagRequest(address, interval)).toList();
        return await(
                session.subscribe(
                        tags,
                        (indices, samples) -> {
                            for (int i = 0; i < indices.length; i++) {
                                deliveries.add(new Delivery(indices[i], samples[i]));
                            }
                        }));
    }

    Delivery next() throws Exception {
        Delivery delivery = deliveries.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (delivery == null) {
            throw new TimeoutException("no sample");
        }
        return delivery;
    }

    Writes writes() {
        return session.capability(Writes.class).orElseThrow();
    }

    Writes.WriteResult write(String address, String text) throws Exception {
        return await(writes().write(address, await(writes().parse(address, text))));
    }

    @Override
    public void lost(DeviceException reason) {
        if (!lost.complete(reason)) {
            notes.add("lost twice: " + reason.getMessage());
        }
    }

    @Override
    public void note(String message) {
        notes.add(message);
    }

    @Override
    public void close() {
        session.close();
    }
}
