package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Status;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Capability: the device tells events and alarms. The caller keeps the audit of what is answered.
 */
public interface Events {
    /**
     * Watches the events of one notifier until the watch is closed or the session ends; the alarms
     * that stand there already come first.
     *
     * @param notifier an address, or the empty text for the whole server
     * @param sink called by one thread at a time, never the JavaFX thread
     */
    CompletionStage<Watched> watch(String notifier, Consumer<Event> sink);

    /** Tells the device that somebody has seen an alarm. */
    CompletionStage<Status> acknowledge(Event event, String comment);

    /** Tells the device that somebody has dealt with an alarm. */
    CompletionStage<Status> confirm(Event event, String comment);

    /** A running watch. */
    interface Watched extends AutoCloseable {
        /** Asks for all alarms that stand there, once more. */
        CompletionStage<Status> refresh();

        @Override
        void close();
    }

    /**
     * One event.
     *
     * @param id the device's own, Base64
     * @param type the address of its type
     * @param severity 1 to 1000
     * @param condition the alarm that it is about; null where it is about none
     */
    record Event(
            String id,
            String type,
            String source,
            String message,
            int severity,
            Instant time,
            Condition condition) {
        public Event {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(message, "message");
        }

        public Optional<Condition> alarm() {
            return Optional.ofNullable(condition);
        }
    }

    /**
     * The state of an alarm.
     *
     * @param address the condition's address
     * @param retained whether it stands; otherwise it is history
     * @param active whether its cause is there; null where the device does not say
     * @param acknowledged null where it need not be
     * @param confirmed null where it need not be
     */
    record Condition(
            String address,
            String name,
            boolean retained,
            Boolean active,
            Boolean acknowledged,
            Boolean confirmed) {}
}
