package io.fieldloom.app.bench;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Writes;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What an OPC UA server says of the values it sampled for its subscriptions, by its own diagnostics
 * (OPC UA Part 5, 12.15 SubscriptionDiagnosticsDataType).
 *
 * @param sent values in notifications
 * @param dropped values that a full queue made it forget
 * @param received values that had arrived by then
 */
record SentValues(long sent, long dropped, long received) {
    /** Server.ServerDiagnostics.EnabledFlag: counted it is always, told only with this set. */
    private static final String TELLS = "i=2294";

    /** Server.ServerDiagnostics.SubscriptionDiagnosticsArray. */
    private static final String SUBSCRIPTIONS = "i=2290";

    private static final int TRIES = 200;
    private static final long PAUSE_MILLIS = 25;
    private static final long STEP_SECONDS = 10;

    long lost() {
        return sent + dropped - received;
    }

    /**
     * Asks between two publishings, when all that was sent has arrived: what has been received must
     * not change while it is asked, nor shortly after.
     */
    static SentValues quiet(DeviceSession session, LongSupplier received) throws Exception {
        session.capability(Writes.class)
                .orElseThrow()
                .write(TELLS, Value.of(true))
                .toCompletableFuture()
                .get(STEP_SECONDS, TimeUnit.SECONDS);
        for (int i = 0; i < TRIES; i++) {
            long before = received.getAsLong();
            SentValues counted = of(session, before);
            Thread.sleep(PAUSE_MILLIS);
            if (received.getAsLong() == before) {
                return counted;
            }
        }
        throw new IOException("the server never paused for as long as it takes to count");
    }

    private static SentValues of(DeviceSession session, long received) throws Exception {
        Sample answer =
                session.read(List.of(SUBSCRIPTIONS))
                        .toCompletableFuture()
                        .get(STEP_SECONDS, TimeUnit.SECONDS)
                        .get(0);
        if (!(answer.value() instanceof Value.Array array)) {
            throw new IOException("the server does not count what it sends: " + answer);
        }
        long sent = 0;
        long dropped = 0;
        for (Value each : array.elements()) {
            sent += count(each, "DataChangeNotificationsCount");
            dropped += count(each, "MonitoringQueueOverflowCount");
        }
        return new SentValues(sent, dropped, received);
    }

    private static long count(Value subscription, String field) throws IOException {
        if (subscription instanceof Value.Structure structure
                && structure.fields().get(field) instanceof Value.Numeric count) {
            return count.decimal().longValueExact();
        }
        throw new IOException("no " + field + " in " + subscription);
    }
}
