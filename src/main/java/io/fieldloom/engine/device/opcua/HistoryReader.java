package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.AggregateConfiguration;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadProcessedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads history in pieces, following the server's continuation points to the end. */
final class HistoryReader implements History {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryReader.class);
    private static final int HISTORY_READ = 0x04;

    private static final Map<Aggregate, NodeId> FUNCTIONS =
            Map.of(
                    Aggregate.AVERAGE, NodeIds.AggregateFunction_Average,
                    Aggregate.MINIMUM, NodeIds.AggregateFunction_Minimum,
                    Aggregate.MAXIMUM, NodeIds.AggregateFunction_Maximum,
                    Aggregate.COUNT, NodeIds.AggregateFunction_Count,
                    Aggregate.INTERPOLATIVE, NodeIds.AggregateFunction_Interpolative);

    /** One answer carries no more, so that it is not too large to send. */
    private static final int PIECE = 1_000;

    private final Services services;
    private final Addresses addresses;
    private final Browser browser;
    private final Variables variables;
    private final ValueDecoder decoder;
    private final Failures failures;

    HistoryReader(
            Services services,
            Addresses addresses,
            Browser browser,
            Variables variables,
            ValueDecoder decoder,
            Failures failures) {
        this.services = services;
        this.addresses = addresses;
        this.browser = browser;
        this.variables = variables;
        this.decoder = decoder;
        this.failures = failures;
    }

    @Override
    public CompletionStage<Kept> kept(String address) {
        return node(address)
                .thenCompose(this::isReadable)
                .thenCombine(aggregates(), HistoryReader::kept)
                .exceptionally(
                        failure -> {
                            throw failed("asking about " + address, failure);
                        });
    }

    private static Kept kept(boolean isReadable, Set<Aggregate> aggregates) {
        return new Kept(isReadable, isReadable ? aggregates : Set.of());
    }

    private CompletableFuture<Boolean> isReadable(NodeId node) {
        return services.read(
                        List.of(
                                Services.attribute(node, AttributeId.UserAccessLevel),
                                Services.attribute(node, AttributeId.AccessLevel)),
                        TimestampsToReturn.Neither)
                .thenApply(levels -> levels.stream().allMatch(HistoryReader::allowsHistory));
    }

    private static boolean allowsHistory(DataValue level) {
        return level.value().value() instanceof UByte bits && (bits.intValue() & HISTORY_READ) != 0;
    }

    /** The server lists its aggregates in a folder, for all variables; an older one in another. */
    private CompletableFuture<Set<Aggregate>> aggregates() {
        return browser.children(
                        List.of(
                                NodeIds.HistoryServerCapabilities_AggregateFunctions,
                                NodeIds.Server_ServerCapabilities_AggregateFunctions))
                .thenApply(
                        folders -> {
                            Set<Aggregate> offered = EnumSet.noneOf(Aggregate.class);
                            folders.stream()
                                    .flatMap(folder -> folder.references().stream())
                                    .flatMap(one -> addresses.node(one.getNodeId()).stream())
                                    .forEach(
                                            node ->
                                                    FUNCTIONS.forEach(
                                                            (aggregate, function) -> {
                                                                if (function.equals(node)) {
                                                                    offered.add(aggregate);
                                                                }
                                                            }));
                            return offered;
                        });
    }

    /** Backwards in time, so that the newest come first and the rest need not be read at all. */
    @Override
    public CompletableFuture<Past> read(String address, Range range, int most) {
        return past(
                address,
                most,
                new ReadRawModifiedDetails(
                        false,
                        Ticks.of(range.to()),
                        Ticks.of(range.from()),
                        uint(Math.min(most, PIECE)),
                        false));
    }

    @Override
    public CompletableFuture<Past> processed(
            String address, Range range, Aggregate aggregate, Duration interval, int most) {
        Duration newest = interval.multipliedBy(most);
        boolean cut = newest.compareTo(Duration.between(range.from(), range.to())) < 0;
        Instant from = cut ? range.to().minus(newest) : range.from();
        return past(
                        address,
                        most,
                        new ReadProcessedDetails(
                                Ticks.of(from),
                                Ticks.of(range.to()),
                                (double) interval.toMillis(),
                                new NodeId[] {FUNCTIONS.get(aggregate)},
                                new AggregateConfiguration(true, false, ubyte(0), ubyte(0), false)))
                .thenApply(past -> cut ? new Past(past.samples(), false) : past);
    }

    private CompletableFuture<Past> past(String address, int most, HistoryReadDetails details) {
        CompletableFuture<Past> answer = new CompletableFuture<>();
        node(address)
                .thenCompose(
                        node ->
                                variables
                                        .learn(List.of(node))
                                        .thenCompose(
                                                learned ->
                                                        new Reading(
                                                                        address, node, details,
                                                                        most, answer)
                                                                .next(ByteString.NULL_VALUE)))
                .whenComplete(
                        (past, failure) -> {
                            if (failure == null) {
                                answer.complete(past);
                            } else {
                                answer.completeExceptionally(
                                        failures.service(
                                                "reading the history of " + address, failure));
                            }
                        });
        return answer;
    }

    private CompletableFuture<NodeId> node(String address) {
        return addresses.known(address, failures);
    }

    private CompletionException failed(String what, Throwable failure) {
        return new CompletionException(failures.service(what, failure));
    }

    /** One reading, piece by piece. */
    private final class Reading {
        private final String address;
        private final NodeId node;
        private final HistoryReadDetails details;
        private final int most;
        private final CompletableFuture<Past> answer;
        private final List<Sample> samples = new ArrayList<>();

        Reading(
                String address,
                NodeId node,
                HistoryReadDetails details,
                int most,
                CompletableFuture<Past> answer) {
            this.address = address;
            this.node = node;
            this.details = details;
            this.most = most;
            this.answer = answer;
        }

        CompletableFuture<Past> next(ByteString point) {
            return ask(point, false)
                    .thenApplyAsync(this::taken, Stack.sharedExecutor()) // decoding may wait
                    .thenCompose(
                            rest -> {
                                boolean more = rest != null && !rest.isNullOrEmpty();
                                if (more && samples.size() < most && !answer.isDone()) {
                                    return next(rest);
                                }
                                if (more) {
                                    release(rest);
                                }
                                boolean cut = more || samples.size() > most;
                                return CompletableFuture.completedFuture(
                                        new Past(oldestFirst(), !cut));
                            });
        }

        /** A server that was asked backwards answers so; the order is made, not believed. */
        private List<Sample> oldestFirst() {
            List<Sample> kept = new ArrayList<>(samples.subList(0, Math.min(most, samples.size())));
            kept.sort(Comparator.comparing(Sample::time));
            return kept;
        }

        private CompletableFuture<HistoryReadResult> ask(ByteString point, boolean release) {
            return services.client()
                    .historyReadAsync(
                            details,
                            TimestampsToReturn.Both,
                            release,
                            List.of(
                                    new HistoryReadValueId(
                                            node, null, QualifiedName.NULL_VALUE, point)))
                    .thenApply(response -> response.getResults()[0]);
        }

        /** Takes one piece and gives the continuation point of the next one. */
        private ByteString taken(HistoryReadResult result) {
            if (result.getStatusCode().isBad()) {
                throw new CompletionException(
                        failures.badAddress(
                                address,
                                "the server does not give its history ("
                                        + Statuses.name(result.getStatusCode())
                                        + ")",
                                "Look on the server whether it records this variable."));
            }
            Instant now = Instant.now();
            boolean any = result.getHistoryData() != null && !result.getHistoryData().isNull();
            if (any
                    && result.getHistoryData().decode(services.client().getStaticEncodingContext())
                            instanceof HistoryData data
                    && data.getDataValues() != null) {
                for (DataValue value : data.getDataValues()) {
                    samples.add(decoder.sample(value, variables.known(node), now));
                }
            }
            return result.getContinuationPoint();
        }

        /** A server has few continuation points for a session. */
        private void release(ByteString point) {
            ask(point, true)
                    .exceptionally(
                            failure -> {
                                LOG.debug("A continuation point could not be released", failure);
                                return null;
                            });
        }
    }
}
