package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.domain.value.Status;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.security.AuditLog;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The only way a value reaches the plant: first a proposal that shows the old value, which sends
 * nothing; then, once somebody has agreed, the write, the line in the audit log and the value read
 * back. Thread-safe; no method waits.
 */
public final class GuardedWrite {
    private final Function<List<String>, CompletionStage<List<Sample>>> reader;
    private final Supplier<Optional<Writes>> writer;
    private final Supplier<Optional<WriteLimits>> limiter;
    private final Audited audited;

    private GuardedWrite(
            Function<List<String>, CompletionStage<List<Sample>>> reader,
            Supplier<Optional<Writes>> writer,
            Supplier<Optional<WriteLimits>> limiter,
            Audited audited) {
        this.reader = reader;
        this.writer = writer;
        this.limiter = limiter;
        this.audited = audited;
    }

    /**
     * @param pool keeps the audit log, which is a file
     */
    public static GuardedWrite over(DeviceLink link, AuditLog audit, Executor pool, Clock clock) {
        return new GuardedWrite(
                link::read,
                () -> link.capability(Writes.class),
                () -> link.capability(WriteLimits.class),
                new Audited(link.request().endpoint().text(), audit, pool, clock));
    }

    /**
     * @param endpoint as the audit log names it
     * @param pool keeps the audit log, which is a file
     */
    public static GuardedWrite over(
            DeviceSession session, String endpoint, AuditLog audit, Executor pool, Clock clock) {
        return new GuardedWrite(
                session::read,
                () -> session.capability(Writes.class),
                () -> session.capability(WriteLimits.class),
                new Audited(endpoint, audit, pool, clock));
    }

    /**
     * A write that nobody has agreed to yet.
     *
     * @param address where it would go
     * @param before what is there now
     * @param wanted what would be written
     * @param outside the ranges of the device that it is not in; it may be written nevertheless
     */
    public record Proposal(
            String address, Sample before, Value wanted, List<WriteLimits.Limit> outside) {
        public Proposal {
            outside = List.copyOf(outside);
        }
    }

    /**
     * A write that was carried out.
     *
     * @param proposal what was agreed to
     * @param status the device's answer
     * @param how what was sent where that is not obvious, or null
     * @param readBack what is there now
     */
    public record Outcome(
            Proposal proposal, Status status, String how, Verdict verdict, Sample readBack) {}

    /** What came of a write. */
    public enum Verdict {
        /** The device took it, and what it reads back is what was asked for. */
        CONFIRMED,
        /** The device took it, but reads back something else. */
        DIFFERENT,
        /** The device took it, but what is there now cannot be read. */
        UNREAD,
        /** The device said no. */
        REFUSED,
        /** No answer came, but the value is there now that was not there before. */
        ARRIVED,
        /** No answer came: it may or may not have been written. */
        UNKNOWN
    }

    private static Verdict verdict(Proposal proposal, Writes.WriteResult result, Sample readBack) {
        boolean isRead = !readBack.status().isBad();
        boolean isThere = isRead && isSame(readBack.value(), proposal.wanted());
        if (!result.answered()) {
            boolean wasAbsent =
                    !proposal.before().status().isBad()
                            && !isSame(proposal.before().value(), proposal.wanted());
            return isThere && wasAbsent ? Verdict.ARRIVED : Verdict.UNKNOWN;
        }
        if (result.status().isBad()) {
            return Verdict.REFUSED;
        }
        return isThere ? Verdict.CONFIRMED : isRead ? Verdict.DIFFERENT : Verdict.UNREAD;
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
                            audited.endpoint() + " cannot be written to",
                            "Its protocol or its connection only reads."));
        }
        return read(address)
                .thenCompose(
                        before ->
                                writes.get()
                                        .parse(address, text)
                                        .thenCompose(wanted -> checked(address, before, wanted)));
    }

    private CompletionStage<Proposal> checked(String address, Sample before, Value wanted) {
        return limiter.get()
                .map(limits -> limits.limits(address))
                .orElseGet(() -> CompletableFuture.completedStage(List.of()))
                .thenApply(
                        limits ->
                                new Proposal(
                                        address,
                                        before,
                                        wanted,
                                        limits.stream()
                                                .filter(one -> !one.holds(wanted))
                                                .toList()));
    }

    /** Writes what was agreed to. The line in the audit log is kept whatever the device answers. */
    public CompletionStage<Outcome> carryOut(Proposal proposal) {
        Optional<Writes> writes = writer.get();
        if (writes.isEmpty()) {
            return CompletableFuture.failedStage(
                    new DeviceException(
                            Kind.LOST,
                            audited.endpoint() + " is not connected any more",
                            "Connect and write again."));
        }
        return audited.send(
                        proposal.address(),
                        proposal.before().value(),
                        proposal.wanted(),
                        () -> writes.get().write(proposal.address(), proposal.wanted()),
                        result -> (result.answered() ? "" : "Unknown: ") + result.status().name())
                .thenCompose(
                        result ->
                                readBack(proposal.address())
                                        .thenApply(
                                                readBack ->
                                                        new Outcome(
                                                                proposal,
                                                                result.status(),
                                                                result.how(),
                                                                verdict(proposal, result, readBack),
                                                                readBack)));
    }

    /** What is there now; that it cannot be read hides nothing of how the write ended. */
    private CompletionStage<Sample> readBack(String address) {
        return read(address)
                .exceptionally(
                        failure ->
                                Sample.failed(
                                        Status.BAD_NO_COMMUNICATION, audited.clock().instant()));
    }

    private CompletionStage<Sample> read(String address) {
        return reader.apply(List.of(address)).thenApply(samples -> samples.get(0));
    }

    /** The same value, whichever of its types the device tells it in. */
    private static boolean isSame(Value one, Value other) {
        if (one.equals(other)) {
            return true;
        }
        if (one instanceof Value.Array some && other instanceof Value.Array others) {
            int length = some.elements().size();
            return length == others.elements().size()
                    && IntStream.range(0, length)
                            .allMatch(
                                    at ->
                                            isSame(
                                                    some.elements().get(at),
                                                    others.elements().get(at)));
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
