package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.Browsing;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Events;
import io.fieldloom.engine.device.History;
import io.fieldloom.engine.device.LinkCounts;
import io.fieldloom.engine.device.LinkStatistics;
import io.fieldloom.engine.device.Methods;
import io.fieldloom.engine.device.NodeDetails;
import io.fieldloom.engine.device.NodeNames;
import io.fieldloom.engine.device.NodeSearch;
import io.fieldloom.engine.device.NodeSetExport;
import io.fieldloom.engine.device.SampleSink;
import io.fieldloom.engine.device.Sampling;
import io.fieldloom.engine.device.SelfDescription;
import io.fieldloom.engine.device.SessionListener;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.device.SubscriptionHealth;
import io.fieldloom.engine.device.TagNode;
import io.fieldloom.engine.device.TagRequest;
import io.fieldloom.engine.device.TypeNames;
import io.fieldloom.engine.device.WriteLimits;
import io.fieldloom.engine.device.Writes;
import io.fieldloom.engine.security.OwnCertificate;
import io.fieldloom.engine.security.TrustList;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One OPC UA session. The library would reconnect by itself and then deliver nothing any more; so
 * at the first sign of a loss its client is ended, and a new session is opened by whoever holds
 * this one.
 */
final class OpcUaSession implements DeviceSession {
    private static final Logger LOG = LoggerFactory.getLogger(OpcUaSession.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final Duration LEAST_SILENCE = Duration.ofSeconds(1);

    private final SessionListener listener;
    private final Failures failures;
    private final Connector connector;
    private final Pulse pulse = new Pulse();
    private final LinkCounts counts = new LinkCounts();
    private final LifeWatch watch;
    private final Legacy legacy;
    private State state = State.NEW;
    private OpcUaClient client;
    private Parts parts;

    private enum State {
        NEW,
        CONNECTING,
        CONNECTED,
        ENDED
    }

    /**
     * @param legacy what a lost session left at its server, to be taken over; or null
     */
    OpcUaSession(
            SessionRequest request,
            SessionListener listener,
            OwnCertificate own,
            TrustList trust,
            Legacy legacy) {
        this.listener = listener;
        this.legacy = legacy;
        this.failures = new Failures(request, own.file());
        this.connector = new Connector(request, own, trust, failures, listener::note);
        Duration patience = request.endpoint().timeout().multipliedBy(3).dividedBy(5);
        this.watch =
                new LifeWatch(
                        pulse,
                        patience.compareTo(LEAST_SILENCE) < 0 ? LEAST_SILENCE : patience,
                        new Signs());
    }

    /** What works on a connected server. */
    private record Parts(
            Legacy.Server server,
            Services services,
            Tree tree,
            Reader reader,
            Inspector inspector,
            SpaceSearch search,
            SpaceExport export,
            Ranges ranges,
            ServerDescription description,
            Writer writer,
            MethodCalls methods,
            HistoryReader history,
            Subscriber subscriber,
            EventReader events) {}

    @Override
    public CompletionStage<Void> connect() {
        synchronized (this) {
            if (state != State.NEW) {
                throw new IllegalStateException("a session is connected once");
            }
            state = State.CONNECTING;
        }
        return connector
                .connect(pulse, counts)
                .thenCompose(
                        connected ->
                                prepared(connected)
                                        .exceptionally(
                                                failure -> {
                                                    connected.disconnectAsync();
                                                    throw new CompletionException(
                                                            failures.notOpened(failure));
                                                })
                                        .thenAccept(ready -> begin(connected, ready)));
    }

    private CompletableFuture<Parts> prepared(OpcUaClient connected) {
        return connected
                .readAsync(
                        0.0,
                        TimestampsToReturn.Neither,
                        List.of(
                                Services.attribute(
                                        NodeIds.Server_NamespaceArray, AttributeId.Value),
                                Services.attribute(
                                        NodeIds.Server_ServerStatus_StartTime, AttributeId.Value)))
                .thenCompose(
                        response -> {
                            Legacy.Server server = server(response.getResults());
                            return Services.of(connected)
                                    .thenCompose(
                                            services ->
                                                    takeover(server, services)
                                                            .thenApply(
                                                                    takeover ->
                                                                            parts(
                                                                                    server,
                                                                                    services,
                                                                                    takeover)));
                        });
    }

    private static Legacy.Server server(DataValue[] read) {
        return new Legacy.Server(
                read[1].value().value() instanceof DateTime started ? started : null,
                read[0].value().value() instanceof String[] uris ? Arrays.asList(uris) : List.of());
    }

    private CompletableFuture<Takeover> takeover(Legacy.Server server, Services services) {
        return legacy != null && server.isStill(legacy.server())
                ? Takeover.of(services, legacy)
                : CompletableFuture.completedFuture(Takeover.none());
    }

    /**
     * What it left at the server when it was lost, or null where it had nothing. It is not the
     * session itself that the next one keeps, else none would ever be forgotten.
     */
    synchronized Legacy legacy() {
        return parts == null || state != State.ENDED
                ? null
                : new Legacy(parts.server(), parts.subscriber().left());
    }

    private Parts parts(Legacy.Server server, Services services, Takeover takeover) {
        Addresses addresses = new Addresses(server.namespaces());
        Browser browser = new Browser(services);
        EnumerationNames enumerations = new EnumerationNames(services, addresses);
        DataTypes types = new DataTypes(services, browser, addresses, enumerations);
        Variables variables = new Variables(services, types, enumerations);
        TypeDictionaries dictionaries = new TypeDictionaries(services, addresses, browser);
        ValueDecoder decoder =
                new ValueDecoder(addresses, new StructureDecoder(services.client(), dictionaries));
        Reader reader = new Reader(services, addresses, variables, decoder);
        Subscriber subscriber =
                new Subscriber(
                        services,
                        addresses,
                        variables,
                        decoder,
                        failures,
                        new OnceLost(),
                        takeover);
        return new Parts(
                server,
                services,
                new Tree(services, addresses, browser, types, failures),
                reader,
                new Inspector(services, addresses, browser, reader, failures),
                new SpaceSearch(services, addresses, browser, failures),
                new SpaceExport(services, addresses, browser, failures),
                new Ranges(services, addresses, failures),
                new ServerDescription(services, addresses, failures),
                new Writer(services, addresses, variables, failures),
                new MethodCalls(services, addresses, browser, types, decoder, failures),
                new HistoryReader(services, addresses, browser, variables, decoder, failures),
                subscriber,
                new EventReader(
                        services, addresses, browser, decoder, subscriber.publisher(), failures));
    }

    private void begin(OpcUaClient connected, Parts ready) {
        synchronized (this) {
            if (state != State.CONNECTING) {
                connected.disconnectAsync();
                throw new CompletionException(
                        failures.failed(
                                Kind.CLOSED,
                                "closed while it was being opened",
                                "Open it again.",
                                null));
            }
            state = State.CONNECTED;
            client = connected;
            parts = ready;
        }
        connected.addSessionActivityListener(
                new SessionActivityListener() {
                    @Override
                    public void onSessionInactive(UaSession session) {
                        lose(failures.lost("the connection was lost"));
                    }
                });
        ready.subscriber().settle();
        watch.start(Stack.sharedScheduledExecutor());
    }

    /** After a loss they are still there; their services then fail as lost. */
    private synchronized Parts parts() {
        if (parts == null) {
            throw new IllegalStateException("the session was never connected");
        }
        return parts;
    }

    @Override
    public CompletionStage<List<TagNode>> browse(String parent) {
        return worded("browsing " + parent, parts().tree().children(parent));
    }

    @Override
    public CompletionStage<List<Sample>> read(List<String> addresses) {
        return worded("reading", parts().reader().read(addresses));
    }

    @Override
    public CompletionStage<Sampling> subscribe(List<TagRequest> tags, SampleSink sink) {
        return worded("subscribing", parts().subscriber().subscribe(tags, sink));
    }

    private <T> CompletionStage<T> worded(String what, CompletableFuture<T> stage) {
        return stage.handle(
                (result, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(failures.service(what, failure));
                    }
                    return result;
                });
    }

    @Override
    public <T> Optional<T> capability(Class<T> kind) {
        Parts all = parts();
        if (kind == Writes.class) {
            return Optional.of(kind.cast(all.writer()));
        }
        if (kind == TypeNames.class) {
            return Optional.of(kind.cast(all.reader()));
        }
        if (kind == WriteLimits.class) {
            return Optional.of(kind.cast(all.ranges()));
        }
        if (kind == SelfDescription.class) {
            return Optional.of(kind.cast(all.description()));
        }
        if (kind == NodeSearch.class) {
            return Optional.of(kind.cast(all.search()));
        }
        if (kind == NodeSetExport.class) {
            return Optional.of(kind.cast(all.export()));
        }
        if (kind == NodeDetails.class) {
            return Optional.of(kind.cast(all.inspector()));
        }
        if (kind == Methods.class) {
            return Optional.of(kind.cast(all.methods()));
        }
        if (kind == SubscriptionHealth.class) {
            return Optional.of(kind.cast(all.subscriber()));
        }
        if (kind == LinkStatistics.class) {
            LinkStatistics statistics = counts::now;
            return Optional.of(kind.cast(statistics));
        }
        if (kind == Events.class) {
            return Optional.of(kind.cast(all.events()));
        }
        if (kind == History.class) {
            return Optional.of(kind.cast(all.history()));
        }
        return kind == Browsing.class || kind == NodeNames.class
                ? Optional.of(kind.cast(all.tree()))
                : Optional.empty();
    }

    private void lose(DeviceException reason) {
        OpcUaClient lost;
        CompletableFuture<Void> silence;
        synchronized (this) {
            if (state != State.CONNECTED) {
                return;
            }
            state = State.ENDED;
            lost = client;
            silence = parts.subscriber().publisher().stop();
        }
        watch.close();
        // the transport first, else ending the session waits for a connection that is not there
        lost.getTransport().disconnect();
        lost.disconnectAsync();
        // after the last value: one that was taken but comes later would be nobody's
        silence.thenRun(() -> listener.lost(reason));
    }

    @Override
    public void close() {
        OpcUaClient open;
        synchronized (this) {
            boolean connected = state == State.CONNECTED;
            state = State.ENDED;
            if (!connected) {
                return;
            }
            open = client;
            parts.subscriber().publisher().stop();
        }
        watch.close();
        try {
            open.disconnectAsync().get(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("The server did not answer the farewell", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Several parts notice a loss; one tells. */
    private final class OnceLost implements SessionListener {
        @Override
        public void lost(DeviceException reason) {
            lose(reason);
        }

        @Override
        public void note(String message) {
            listener.note(message);
        }
    }

    /** The signs of life of a connected server. */
    private final class Signs implements LifeWatch.Subject {
        private CompletableFuture<?> asked = CompletableFuture.completedFuture(null);

        @Override
        public void ping() {
            if (asked.isDone()) {
                asked =
                        parts().services()
                                .read(
                                        List.of(
                                                Services.attribute(
                                                        NodeIds.Server_ServerStatus_State,
                                                        AttributeId.Value)),
                                        TimestampsToReturn.Neither);
            }
        }

        @Override
        public void look(long now) {
            parts().subscriber().lost().look(now);
            parts().subscriber()
                    .publisher()
                    .silent(now)
                    .ifPresent(
                            subscription ->
                                    lose(
                                            failures.lost(
                                                    "the server stopped answering a"
                                                            + " subscription")));
        }

        @Override
        public void silent() {
            lose(failures.lost("the server went silent"));
        }

        @Override
        public void forgive() {
            parts().subscriber().publisher().forgive();
        }
    }
}
