package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Capability: the device tells events and alarms. {@link GuardedAnswer} answers them. */
public interface Events {
    /**
     * Watches the events of one notifier until the watch is closed or the session ends; the alarms
     * that stand there already come first.
     *
     * @param notifier an address, or the empty text for the whole server
     */
    CompletionStage<Watched> watch(String notifier, Sink sink);

    /** Tells the device what a person says about an alarm. The caller keeps the audit. */
    CompletionStage<Status> answer(Event event, Answer answer, String comment);

    /** What a person can say about an alarm. */
    enum Answer {
        /** Somebody has seen it. */
        ACKNOWLEDGE,
        /** Somebody has dealt with it. */
        CONFIRM,
        /** A remark for those who come after. */
        COMMENT
    }

    /** Takes what a watch tells; called by one thread at a time, never the JavaFX thread. */
    @FunctionalInterface
    interface Sink {
        void told(Event event);

        /** From here on all alarms that stand are told once more. */
        default void refreshing() {}

        /** What was not told since {@link #refreshing()} does not stand any more. */
        default void refreshed() {}
    }

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
     * @param type the name of its type, its address where it has no name
     * @param severity 1 to 1000
     * @param time when it happened; null where the device does not say
     * @param condition the alarm that it is about; null where it is about none
     * @param fields all that the device says of it, those of its own types too
     */
    record Event(
            String id,
            String type,
            String source,
            String message,
            int severity,
            Instant time,
            Condition condition,
            List<Field> fields) {
        public Event {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(message, "message");
            fields = List.copyOf(fields);
        }

        public Optional<Condition> alarm() {
            return Optional.ofNullable(condition);
        }

        /** Whether the alarm waits for this answer. */
        public boolean takes(Answer answer) {
            return condition != null
                    && switch (answer) {
                        case ACKNOWLEDGE -> Boolean.FALSE.equals(condition.acknowledged());
                        case CONFIRM ->
                                Boolean.FALSE.equals(condition.confirmed())
                                        && !Boolean.FALSE.equals(condition.acknowledged());
                        case COMMENT -> true;
                    };
        }
    }

    /**
     * One field of an event.
     *
     * @param name BrowseNames on the way to it: {@code ActiveState/Id}
     */
    record Field(String name, Value value) {}

    /**
     * The state of an alarm.
     *
     * @param address the condition's address
     * @param branch which earlier state of it this is about; empty for the present one
     * @param retained whether it stands; otherwise it is history
     * @param active whether its cause is there; null where the device does not say
     * @param acknowledged null where it need not be
     * @param confirmed null where it need not be
     */
    record Condition(
            String address,
            String branch,
            String name,
            boolean retained,
            Boolean active,
            Boolean acknowledged,
            Boolean confirmed) {
        /** {@code active, unacknowledged}. */
        public String words() {
            List<String> words = new ArrayList<>();
            add(words, active, "active", "inactive");
            add(words, acknowledged, "acknowledged", "unacknowledged");
            add(words, confirmed, "confirmed", "unconfirmed");
            return String.join(", ", words);
        }

        private static void add(List<String> words, Boolean state, String yes, String no) {
            if (state != null) {
                words.add(state ? yes : no);
            }
        }
    }
}
