package io.fieldloom.ui.traffic;

import io.fieldloom.engine.outlet.Publication;
import io.fieldloom.ui.kit.UiTasks;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends many messages to one broker, a few at a time under way, so that neither side is flooded.
 * Ends at the first failure. Waits; not for the FX thread.
 */
final class RetainedWriting {
    private static final int UNDER_WAY = 8;
    private static final long PATIENCE_SECONDS = 20;

    /** Reason codes from here on are refusals (MQTT 5.0, 2.4). */
    private static final int REFUSED = 128;

    private final TrafficDesk desk;
    private final String broker;
    private final Semaphore room = new Semaphore(UNDER_WAY);
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final AtomicReference<String> failure = new AtomicReference<>("");

    /**
     * What became of it.
     *
     * @param topics those whose message was taken
     * @param failure why not all were; empty when all were
     */
    record Outcome(Set<String> topics, String failure) {}

    RetainedWriting(TrafficDesk desk, String broker) {
        this.desk = desk;
        this.broker = broker;
    }

    Outcome write(List<Publication> messages, UiTasks.Progress progress)
            throws InterruptedException {
        int sent = 0;
        for (Publication message : messages) {
            if (!room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                failure.compareAndSet("", "The broker does not answer.");
            }
            if (!failure.get().isEmpty() || progress.isCancelled()) {
                failure.compareAndSet("", "It was cancelled.");
                break;
            }
            send(message);
            if (++sent % 100 == 0) {
                progress.at((double) sent / messages.size());
            }
        }
        if (failure.get().isEmpty()
                && !room.tryAcquire(UNDER_WAY, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            failure.compareAndSet("", "The broker does not answer.");
        }
        return new Outcome(Set.copyOf(done), failure.get());
    }

    private void send(Publication message) {
        desk.send(broker, message)
                .whenComplete(
                        (code, error) -> {
                            if (error != null) {
                                Throwable cause =
                                        error.getCause() == null ? error : error.getCause();
                                failure.compareAndSet("", new UiTasks.Failure("", cause).words());
                            } else if (code >= REFUSED) {
                                failure.compareAndSet(
                                        "",
                                        "The broker refused "
                                                + message.topic()
                                                + " with reason code "
                                                + code
                                                + ".");
                            } else {
                                taken(message);
                            }
                            room.release();
                        });
    }

    private void taken(Publication message) {
        done.add(message.topic());
        if (broker.equals(desk.watched().broker())) {
            desk.store().setRetained(message.topic(), message.payload().length > 0);
        }
    }
}
