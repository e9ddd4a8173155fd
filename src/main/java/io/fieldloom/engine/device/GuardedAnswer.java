package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Events.Answer;
import io.fieldloom.engine.device.Events.Event;
import io.fieldloom.engine.security.AuditLog;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The only way an alarm of the plant is answered: the answer goes out with a line in the audit log.
 * Thread-safe; no method waits.
 */
public final class GuardedAnswer {
    private final Supplier<Optional<Events>> events;
    private final Audited audited;

    private GuardedAnswer(Supplier<Optional<Events>> events, Audited audited) {
        this.events = events;
        this.audited = audited;
    }

    /**
     * @param pool keeps the audit log, which is a file
     */
    public static GuardedAnswer over(DeviceLink link, AuditLog audit, Executor pool, Clock clock) {
        return new GuardedAnswer(
                () -> link.capability(Events.class),
                new Audited(link.request().endpoint().text(), audit, pool, clock));
    }

    /**
     * @param endpoint as the audit log names it
     * @param pool keeps the audit log, which is a file
     */
    public static GuardedAnswer over(
            DeviceSession session, String endpoint, AuditLog audit, Executor pool, Clock clock) {
        return new GuardedAnswer(
                () -> session.capability(Events.class), new Audited(endpoint, audit, pool, clock));
    }

    /** Answers what somebody has agreed to. The line is kept whatever the device says. */
    public CompletionStage<Status> send(Event event, Answer answer, String comment) {
        Events.Condition alarm =
                event.alarm()
                        .orElseThrow(
                                () -> new IllegalArgumentException("the event is about no alarm"));
        String word = answer.name().charAt(0) + answer.name().substring(1).toLowerCase(Locale.ROOT);
        return audited.send(
                alarm.address(),
                Value.of(alarm.words()),
                Value.of(comment),
                () -> sent(event, answer, comment),
                status -> word + ": " + status.name());
    }

    private CompletionStage<Status> sent(Event event, Answer answer, String comment) {
        Optional<Events> now = events.get();
        return now.isPresent()
                ? now.get().answer(event, answer, comment)
                : CompletableFuture.failedStage(
                        new DeviceException(
                                Kind.LOST,
                                audited.endpoint() + " is not connected",
                                "Answer the alarm once it is."));
    }
}
