package io.fieldloom.app.bench;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.SessionListener;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.device.opcua.OpcUaDriver;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.security.OwnCertificate;
import io.fieldloom.engine.security.TrustList;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Connected sessions for benchmarks: anonymous, with whatever the device offers. */
final class BenchSession {
    private static final long CONNECTED_SECONDS = 10;

    private BenchSession() {}

    /**
     * @param home stands in for the person's own
     */
    static DeviceSession opcUa(Path home, String endpoint) throws Exception {
        Home own = new Home(home);
        return open(new OpcUaDriver(OwnCertificate.ofClient(own), new TrustList(own)), endpoint);
    }

    static DeviceSession open(Driver driver, String endpoint) throws Exception {
        DeviceSession session =
                driver.open(
                        SessionRequest.anonymous("bench", Endpoint.parse(endpoint)), new Quiet());
        session.connect().toCompletableFuture().get(CONNECTED_SECONDS, TimeUnit.SECONDS);
        return session;
    }

    /** What a session tells besides values; a loss fails the next request. */
    private static final class Quiet implements SessionListener {
        @Override
        public void lost(DeviceException reason) {
            // told by the next request
        }

        @Override
        public void note(String message) {
            // nothing to note of a server of our own choice
        }
    }
}
