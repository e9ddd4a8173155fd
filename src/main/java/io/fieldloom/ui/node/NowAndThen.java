package io.fieldloom.ui.node;

import io.fieldloom.engine.device.DeviceLink;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What a device answers to a question that it is asked now and then, while it is connected. FX
 * thread only.
 */
final class NowAndThen<T> {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Executor fx;
    private final Function<DeviceLink, CompletionStage<T>> question;
    private DeviceLink asked;
    private Instant last = Instant.MIN;
    private T answer;

    /**
     * @param question fails where the device has no answer
     */
    NowAndThen(Executor fx, Function<DeviceLink, CompletionStage<T>> question) {
        this.fx = fx;
        this.question = question;
    }

    /** What is known of that device, which is asked again when that is old. */
    Optional<T> of(DeviceLink link, Instant now) {
        if (link.state().isUp() && (link != asked || last.plus(EVERY).isBefore(now))) {
            ask(link, now);
        }
        return known(link);
    }

    /** What is known, without asking; nothing of a device that is away. */
    Optional<T> known(DeviceLink link) {
        if (link != asked || !link.state().isUp()) {
            answer = null;
        }
        return Optional.ofNullable(answer);
    }

    CompletionStage<T> ask(DeviceLink link, Instant now) {
        if (link != asked) {
            answer = null;
        }
        asked = link;
        last = now;
        return question.apply(link)
                .whenComplete((told, failure) -> fx.execute(() -> answered(link, told)));
    }

    private void answered(DeviceLink link, T told) {
        if (link == asked && told != null) {
            answer = told;
        }
    }
}
