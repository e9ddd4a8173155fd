package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Writes.WriteResult;
import io.fieldloom.engine.security.AuditLog;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The only way a value reaches the plant: first a proposal that shows the old value, which sends
 * nothing; then, once somebody has agreed, the write, the line in the audit log and the value read
 * back. Thread-safe; no method waits.
 */
public final class GuardedWrite {
    private final String endpoint;
    private final Function<List<String>, CompletionStage<List<Sample>>> reader;
    private final Supplier<Optional<Writes>> writer;
    private final AuditLog audit;
    private final Executor pool;
    private final Clock clock;

    private GuardedWrite(
            String endpoint,
            Function<List<String>, CompletionStage<List<Sample>>> reader,
            Supplier<Optional<Writes>> writer,
            AuditLog audit,
            Executor pool,
            Clock clock) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
        this.reader = reader;
        this.writer = writer;
        this.audit = audit;
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * @param pool keeps the audit log, which is a file
     */
    public static GuardedWrite over(DeviceLink link, AuditLog audit, Executor pool, Clock clock) {
        return new GuardedWrite(
                link.request().endpoint().text(),
                link::read,
                () -> link.capability(Writes.class),
                audit,
                pool,
                clock);
    }

    /**
     * @param endpoint as the audit log names it
     * @param pool keeps the audit log, which is a file
     */
    public static GuardedWrite over(
            DeviceSession session, String endpoint, AuditLog audit, Executor pool, Clock clock) {
        return new GuardedWrite(
                endpoint,
                session::read,
                () -> session.capability(Writes.class),
                audit,
                pool,
                clock);
    }

    /**
     * A write that nobody has agreed to yet.
     *
     * @param address where it would go
     * @param before what is there now
     * @param wanted what would be written
     */
    public record Proposal(String address, Sample before, Value wanted) {}

    /**
     * A write that was carried out.
     *
     * @param proposal what was agreed to
     * @param status the device's answer
     * @param how what was sent where that is not obvious, or null
     * @param readBack what is there now
     */
    public record Outcome(Proposal proposal, Status status, String how, Sample readBack) {
        /** The device took it, and what it reads back is what was asked for. */
        public boolean isConfirmed() {
            return status.isGood()
                    && !readBack.status().isBad()
                    && isSame(readBack.value(), proposal.wanted());
        }
    }

    /**
     * Reads the old value and understands the text. Fails with BAD_ADDRESS or READ_ONLY as {@link
     * Writes#parse} does.
     */
    public CompletionStage<Proposal> propose(String address, String text) {
        Optional<Writes> writes = writer.get();
        if (writes.isEmpty()) {
            return CompletableFuture.failedStage(
                    new DeviceException(
                            Kind.BAD_ADDRESS,
                            endpoint + " cannot be written to",
                            "Its protocol or its connection only reads."));
        }
        return read(address)
                .thenCompose(
                        before ->
                                writes.get()
                                        .parse(address, text)
                                        .thenApply(
                                                wanted -> new Proposal(address, before, wanted)));
    }

    /** Writes what was agreed to. The line in the audit log is kept whatever the device answers. */
    public CompletionStage<Outcome> carryOut(Proposal proposal) {
        Optional<Writes> writes = writer.get();
        if (writes.isEmpty()) {
            return CompletableFuture.failedStage(
                    new DeviceException(
                            Kind.LOST,
                            endpoint + " is not connected any more",
                            "Connect and write again."));
        }
        return CompletableFuture.runAsync(this::prepareAudit, pool)
                .thenCompose(
                        ready ->
                                writes.get()
                                        .write(proposal.address(), proposal.wanted())
                                        .handleAsync(
                                                (result, failure) ->
                                                        kept(proposal, result, failure),
                                                pool))
                .thenCompose(
                        result ->
                                read(proposal.address())
                                        .thenApply(
                                                readBack ->
                                                        new Outcome(
                                                                proposal,
                                                                result.status(),
                                                                result.how(),
                                                                readBack)));
    }

    private CompletionStage<Sample> read(String address) {
        return reader.apply(List.of(address)).thenApply(samples -> samples.get(0));
    }

    private void prepareAudit() {
        try {
            audit.prepare();
        } catch (IOException e) {
            throw new CompletionException(auditFailed(e));
        }
    }

    private WriteResult kept(Proposal proposal, WriteResult result, Throwable failure) {
        String status = result != null ? result.status().name() : "Unknown: " + reason(failure);
        try {
            audit.append(
                    new AuditLog.Entry(
                            clock.instant(),
                            endpoint,
                            proposal.address(),
                            proposal.before().value(),
                            proposal.wanted(),
                            status));
        } catch (IOException e) {
            throw new CompletionException(auditFailed(e));
        }
        if (failure != null) {
            throw failure instanceof CompletionException wrapped
                    ? wrapped
                    : new CompletionException(failure);
        }
        return result;
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static DeviceException auditFailed(IOException e) {
        return new DeviceException(
                Kind.REFUSED,
                "the audit log cannot be written: " + e.getMessage(),
                "Nothing is written to a device without it; check the folder.",
                e);
    }

    /** The same value, whichever of its types the device tells it in. */
    private static boolean isSame(Value one, Value other) {
        if (one.equals(other)) {
            return true;
        }
        if (one instanceof Value.Enumerated state) {
            return other instanceof Value.Enumerated named
                    ? state.number() == named.number()
                    : isSame(Value.of(state.number()), other);
        }
        if (other instanceof Value.Enumerated) {
            return isSame(other, one);
        }
        return one instanceof Value.Numeric a
                && other instanceof Value.Numeric b
                && a.isFinite()
                && b.isFinite()
                && a.decimal().compareTo(b.decimal()) == 0;
    }
}
