package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.security.AuditLog;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends to the plant what is sure to be kept: nothing goes out while the audit log cannot be
 * written, and the line is kept whatever the device answers.
 */
final class Audited {
    private final String endpoint;
    private final AuditLog audit;
    private final Executor pool;
    private final Clock clock;

    /**
     * @param endpoint as the audit log names it
     * @param pool keeps the audit log, which is a file
     */
    Audited(String endpoint, AuditLog audit, Executor pool, Clock clock) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
        this.audit = Objects.requireNonNull(audit, "audit");
        this.pool = Objects.requireNonNull(pool, "pool");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    Clock clock() {
        return clock;
    }

    String endpoint() {
        return endpoint;
    }

    /**
     * @param address what it is sent to
     * @param status the device's answer as the log words it
     */
    <T> CompletionStage<T> send(
            String address,
            Value before,
            Value after,
            Supplier<CompletionStage<T>> sending,
            Function<T, String> status) {
        return CompletableFuture.runAsync(this::prepare, pool)
                .thenCompose(
                        ready ->
                                sending.get()
                                        .handleAsync(
                                                (result, failure) -> {
                                                    keep(
                                                            address,
                                                            before,
                                                            after,
                                                            failure == null
                                                                    ? status.apply(result)
                                                                    : failed(failure));
                                                    if (failure != null) {
                                                        throw wrapped(failure);
                                                    }
                                                    return result;
                                                },
                                                pool));
    }

    private void prepare() {
        try {
            audit.prepare();
        } catch (IOException e) {
            throw new CompletionException(failed(e));
        }
    }

    private void keep(String address, Value before, Value after, String status) {
        try {
            audit.append(
                    new AuditLog.Entry(clock.instant(), endpoint, address, before, after, status));
        } catch (IOException e) {
            throw new CompletionException(failed(e));
        }
    }

    private static CompletionException wrapped(Throwable failure) {
        return failure instanceof CompletionException known
                ? known
                : new CompletionException(failure);
    }

    private static String failed(Throwable failure) {
        Throwable cause = Cause.of(failure);
        boolean isSent = !(cause instanceof DeviceException why) || why.kind() == Kind.UNANSWERED;
        return (isSent ? "Unknown: " : "NotSent: ") + cause.getMessage();
    }

    private static DeviceException failed(IOException e) {
        return new DeviceException(
                Kind.REFUSED,
                "the audit log cannot be written: " + e.getMessage(),
                "Nothing is written to a device without it; check the folder.",
                e);
    }
}
