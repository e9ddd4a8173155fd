package io.fieldloom.engine.device;

import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.Methods.Method;
import io.fieldloom.engine.device.Methods.Outcome;
import io.fieldloom.engine.device.Methods.Owner;
import io.fieldloom.engine.security.AuditLog;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The only way a method of the plant is called: first a proposal, which sends nothing; then, once
 * somebody has agreed, the call and the line in the audit log. Thread-safe; no method waits.
 */
public final class GuardedCall {
    private final Supplier<Optional<Methods>> methods;
    private final Audited audited;

    private GuardedCall(Supplier<Optional<Methods>> methods, Audited audited) {
        this.methods = methods;
        this.audited = audited;
    }

    /**
     * @param pool keeps the audit log, which is a file
     */
    public static GuardedCall over(DeviceLink link, AuditLog audit, Executor pool, Clock clock) {
        return new GuardedCall(
                () -> link.capability(Methods.class),
                new Audited(link.request().endpoint().text(), audit, pool, clock));
    }

    /**
     * @param endpoint as the audit log names it
     * @param pool keeps the audit log, which is a file
     */
    public static GuardedCall over(
            DeviceSession session, String endpoint, AuditLog audit, Executor pool, Clock clock) {
        return new GuardedCall(
                () -> session.capability(Methods.class), new Audited(endpoint, audit, pool, clock));
    }

    /**
     * A call that nobody has agreed to yet.
     *
     * @param object what it would work on
     */
    public record Proposal(Method method, String object, List<Value> arguments) {
        public Proposal {
            arguments = List.copyOf(arguments);
        }
    }

    /** What a method takes and gives. */
    public CompletionStage<Method> method(String address) {
        return with(all -> all.method(address));
    }

    /**
     * Understands the arguments.
     *
     * @param object the object to call it on; null for the one that has it
     */
    public CompletionStage<Proposal> propose(Method method, String object, List<String> texts) {
        String target = object;
        if (target == null) {
            List<Owner> owners = method.objects();
            if (owners.size() != 1) {
                return CompletableFuture.failedStage(unclear(method));
            }
            target = owners.get(0).address();
        }
        String chosen = target;
        return with(all -> all.parse(method, texts))
                .thenApply(arguments -> new Proposal(method, chosen, arguments));
    }

    /** Calls what was agreed to. The line in the audit log is kept whatever the device answers. */
    public CompletionStage<Outcome> carryOut(Proposal proposal) {
        return audited.send(
                proposal.method().address() + " on " + proposal.object(),
                Value.NONE,
                new Value.Array(proposal.arguments()),
                () ->
                        with(
                                all ->
                                        all.call(
                                                proposal.method(),
                                                proposal.object(),
                                                proposal.arguments())),
                outcome -> "Called: " + outcome.words(proposal.method()));
    }

    private <T> CompletionStage<T> with(Function<Methods, CompletionStage<T>> work) {
        Optional<Methods> known = methods.get();
        return known.isPresent()
                ? work.apply(known.get())
                : CompletableFuture.failedStage(
                        new DeviceException(
                                Kind.BAD_ADDRESS,
                                audited.endpoint() + " has no methods, or is not connected",
                                "Connect it; only OPC UA has methods."));
    }

    private DeviceException unclear(Method method) {
        String where = audited.endpoint() + ": " + method.name() + ": ";
        return method.objects().isEmpty()
                ? new DeviceException(
                        Kind.BAD_ADDRESS,
                        where + "the server does not say which object has it",
                        "Name the object (--object).")
                : new DeviceException(
                        Kind.BAD_ADDRESS,
                        where
                                + "several objects share it: "
                                + method.objects().stream()
                                        .map(Owner::address)
                                        .collect(Collectors.joining(", ")),
                        "Name the object (--object).");
    }
}
