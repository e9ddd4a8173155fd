package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Sample;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** Connects once, to see whether it works, before a device becomes part of a project. */
public final class DeviceTrial {
    private DeviceTrial() {}

    /**
     * Connects, reads and disconnects.
     *
     * @param addresses what is read; may be empty
     * @param pool where the session is closed, which may wait
     * @return one sample for each address; fails with the {@link DeviceException} that says why
     */
    public static CompletionStage<List<Sample>> run(
            Driver driver, SessionRequest request, List<String> addresses, Executor pool) {
        return use(
                driver,
                request,
                session ->
                        addresses.isEmpty()
                                ? CompletableFuture.completedStage(List.of())
                                : session.read(addresses),
                pool);
    }

    /**
     * Connects, does something and disconnects.
     *
     * @param pool where the session is closed, which may wait
     */
    public static <T> CompletionStage<T> use(
            Driver driver,
            SessionRequest request,
            Function<DeviceSession, CompletionStage<T>> work,
            Executor pool) {
        return use(driver, request, note -> {}, work, pool);
    }

    /**
     * The same, for who wants to know what is to be said of the device's answers.
     *
     * @param notes told on the session's own thread
     */
    public static <T> CompletionStage<T> use(
            Driver driver,
            SessionRequest request,
            Consumer<String> notes,
            Function<DeviceSession, CompletionStage<T>> work,
            Executor pool) {
        DeviceSession session = driver.open(request, new Hearing(notes));
        return session.connect()
                .thenCompose(done -> work.apply(session))
                .whenCompleteAsync((result, failure) -> session.close(), pool);
    }

    /** The trial is over before a loss matters. */
    private record Hearing(Consumer<String> notes) implements SessionListener {
        @Override
        public void lost(DeviceException reason) {
            // what is asked for then fails with the same reason
        }

        @Override
        public void note(String message) {
            notes.accept(message);
        }
    }
}
