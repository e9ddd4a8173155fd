package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Sample;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One connection to one device or server, from {@link #connect()} until it is lost or closed. It
 * never reconnects by itself: {@link DeviceLink} opens a new session, so that namespace tables,
 * subscriptions and limits are always the ones of the server that is there now. Thread-safe; knows
 * no UI and no MQTT; keeps its vendor's types to itself.
 *
 * <p><b>Threads:</b> no method but {@link #close()} waits for the network. Stages complete, and
 * sinks are called, on the driver's threads, never on the JavaFX thread; one sink is never called
 * by two threads at once.
 *
 * <p><b>Errors:</b> an expected failure completes the stage with a {@link DeviceException}, whose
 * {@code kind()} says what the user can do about it. So does every stage that is asked for after
 * the session ended. Only a caller's mistake (null) is thrown directly.
 *
 * <p>Addresses are the protocol's own text, {@link io.fieldloom.domain.tag.NodeAddress} or {@link
 * io.fieldloom.domain.tag.ModbusAddress}. Values are raw, as the wire has them.
 */
public interface DeviceSession extends AutoCloseable {

    /**
     * Opens the connection. Called once. Fails with a {@link DeviceException}. After it succeeded,
     * the loss of the connection is told once to {@link SessionListener#lost}.
     */
    CompletionStage<Void> connect();

    /**
     * The children of one node, all of them: continuation points, limits and cycles are the
     * driver's business.
     *
     * @param parent an address, or the empty text for the root ({@code Objects}; the tables)
     */
    CompletionStage<List<TagNode>> browse(String parent);

    /**
     * One sample for each address, in the order asked; what cannot be read has a bad status, never
     * a missing row. Splits by the device's limits.
     */
    CompletionStage<List<Sample>> read(List<String> addresses);

    /**
     * Samples tags until the subscription is closed or the session ends. A tag is its index in
     * {@code tags}. Rejected tags are in {@link Sampling#rejected()}; the others run.
     */
    CompletionStage<Sampling> subscribe(List<TagRequest> tags, SampleSink sink);

    /** What this protocol offers beyond reading: {@link Writes}, {@link FrameLog}, ... */
    <T> Optional<T> capability(Class<T> kind);

    /** Stops sampling and disconnects; waits two seconds at most. Idempotent, throws nothing. */
    @Override
    void close();
}
