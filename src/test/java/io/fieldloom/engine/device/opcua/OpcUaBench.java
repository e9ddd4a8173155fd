package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.Security;
import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Login;
import io.fieldloom.engine.device.SampleSink;
import io.fieldloom.engine.device.SessionListener;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.security.OwnCertificate;
import io.fieldloom.engine.security.TrustList;
import io.fieldloom.engine.simulate.opcua.OpcUaSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pcollections.HashTreePMap;

/** What the tests of the driver stand on: a home of their own, the driver, simulated servers. */
final class OpcUaBench {
    static final String URI = "urn:acme:filler";
    private static final long PATIENCE_SECONDS = 60;

    final Home home;
    final TrustList trust;
    final OwnCertificate own;
    final OpcUaDriver driver;
    private final List<Runnable> open = new ArrayList<>();

    OpcUaBench(Path folder) {
        home = new Home(folder);
        trust = new TrustList(home);
        own = OwnCertificate.ofClient(home);
        driver = new OpcUaDriver(own, trust);
    }

    /** A running simulator; no port means a free one. */
    OpcUaSimulator simulator(Integer port, Map<String, Signal> points, Map<String, String> users)
            throws IOException {
        OpcUaSimulator simulator =
                new OpcUaSimulator(
                        new Simulator(
                                "filler-sim",
                                Simulator.OPC_UA,
                                null,
                                port,
                                1L,
                                URI,
                                null,
                                HashTreePMap.from(points)),
                        home,
                        users);
        simulator.start();
        open.add(simulator::close);
        return simulator;
    }

    OpcUaSimulator simulator(Map<String, Signal> points) throws IOException {
        return simulator(null, points, Map.of());
    }

    DeviceSession session(
            String endpoint,
            String security,
            String user,
            String password,
            SessionListener listener) {
        return session(
                endpoint,
                security,
                Login.of(user, password == null ? null : password.toCharArray()),
                listener);
    }

    DeviceSession session(String endpoint, String security, Login login, SessionListener listener) {
        DeviceSession session =
                driver.open(
                        new SessionRequest(
                                "filler",
                                Endpoint.parse(endpoint),
                                security == null ? null : Security.parse(security),
                                login),
                        listener);
        open.add(session::close);
        return session;
    }

    /** A connected anonymous session. */
    DeviceSession connected(String endpoint, Events events) throws Exception {
        DeviceSession session = session(endpoint, null, null, null, events);
        answer(session.connect());
        return session;
    }

    static <T> T answer(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The failure that a stage must end with. */
    static DeviceException failure(CompletionStage<?> stage)
            throws InterruptedException, TimeoutException {
        try {
            stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DeviceException expected) {
                return expected;
            }
            throw new AssertionError("no DeviceException but", e.getCause());
        }
        throw new AssertionError("it did not fail");
    }

    static String node(String name) {
        return "nsu=" + URI + ";s=" + name;
    }

    static Signal states(String... names) {
        return new Signal(
                "Int32",
                Signal.Shape.STATES,
                null,
                null,
                null,
                null,
                null,
                List.of(names),
                Duration.ofHours(1),
                null,
                false,
                null);
    }

    void close() {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).run();
        }
    }

    /** What a session told. */
    static final class Events implements SessionListener {
        final CompletableFuture<DeviceException> lost = new CompletableFuture<>();
        final List<DeviceException> losses = new CopyOnWriteArrayList<>();
        final List<String> notes = new CopyOnWriteArrayList<>();

        @Override
        public void lost(DeviceException reason) {
            losses.add(reason);
            lost.complete(reason);
        }

        @Override
        public void note(String message) {
            notes.add(message);
        }
    }

    /** The samples of a subscription, one by one. */
    static final class Samples implements SampleSink {
        private final LinkedBlockingQueue<Taken> taken = new LinkedBlockingQueue<>();

        record Taken(int tag, Sample sample) {}

        @Override
        public void accept(int[] tags, Sample[] samples) {
            for (int i = 0; i < tags.length; i++) {
                taken.add(new Taken(tags[i], samples[i]));
            }
        }

        Taken next() throws InterruptedException {
            Taken next = taken.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no sample within " + PATIENCE_SECONDS + " s");
            }
            return next;
        }
    }
}
