package io.fieldloom.engine.simulate.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.security.OwnCertificate;
import io.fieldloom.engine.simulate.SimulatedDevice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulated OPC UA server at {@code opc.tcp://ADDRESS:PORT/NAME}, without security and with
 * Basic256Sha256 (SignAndEncrypt). Thread-safe.
 */
public final class OpcUaSimulator implements SimulatedDevice {
    private static final Logger LOG = LoggerFactory.getLogger(OpcUaSimulator.class);
    private static final long STOP_MILLIS = 2_000;

    private final Simulator design;
    private final OwnCertificate certificate;
    private final Map<String, String> users;
    private OpcUaServer server;
    private SimulatorNamespace namespace;
    private Clock clock;
    private int port;

    public OpcUaSimulator(Simulator design, Home home) {
        this(design, home, Map.of());
    }

    /**
     * @param users passwords by user name, taken besides anonymous sessions, so that a login can be
     *     rehearsed
     */
    public OpcUaSimulator(Simulator design, Home home, Map<String, String> users) {
        this.design = Objects.requireNonNull(design, "design");
        this.users = Map.copyOf(users);
        Set<String> hosts = new LinkedHashSet<>(List.of(design.bind(), "127.0.0.1", "localhost"));
        certificate = OwnCertificate.ofSimulator(home, design.name(), List.copyOf(hosts));
    }

    @Override
    public Simulator design() {
        return design;
    }

    @Override
    public synchronized void start() throws IOException {
        if (server != null) {
            return;
        }
        port = boundPort();
        Clock ticking = new Clock(design.name());
        OpcUaServer made = null;
        SimulatorNamespace nodes = null;
        try {
            made = server(certificate.identity());
            nodes = new SimulatorNamespace(made, design, Instant.now(), ticking::restart);
            nodes.startup();
            SessionDiagnostics.learn(nodes.context());
            made.startup().get(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (MalformedException | UaException | ExecutionException | TimeoutException e) {
            ticking.close();
            stop(made, nodes);
            throw new IOException(
                    "simulator "
                            + design.name()
                            + " cannot start on "
                            + design.bind()
                            + ":"
                            + port
                            + ": "
                            + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            ticking.close();
            stop(made, nodes);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while simulator " + design.name() + " started", e);
        }
        ticking.start(nodes.points());
        server = made;
        namespace = nodes;
        clock = ticking;
    }

    /** The wanted port, if it is free; a free one where none is wanted. */
    private int boundPort() throws IOException {
        int wanted = design.port() == null ? 0 : design.port();
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(design.bind()), wanted));
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new IOException(
                    "simulator "
                            + design.name()
                            + ": port "
                            + wanted
                            + " of "
                            + design.bind()
                            + " cannot be opened: "
                            + e.getMessage(),
                    e);
        }
    }

    private OpcUaServer server(OwnCertificate.Identity identity) throws IOException {
        OpcUaServerConfig config;
        try {
            config =
                    OpcUaServerConfig.builder()
                            .setApplicationUri(identity.applicationUri())
                            .setApplicationName(
                                    new LocalizedText("Fieldloom simulator " + design.name()))
                            .setProductUri("urn:fieldloom:simulator")
                            .setBuildInfo(
                                    new BuildInfo(
                                            "urn:fieldloom:simulator",
                                            "Fieldloom",
                                            "Fieldloom simulator",
                                            "",
                                            "",
                                            DateTime.now()))
                            .setEndpoints(endpoints(identity))
                            .setCertificateManager(ServerCertificates.of(identity))
                            .setIdentityValidator(
                                    new CompositeValidator(
                                            AnonymousIdentityValidator.INSTANCE,
                                            new UsernameIdentityValidator(
                                                    login ->
                                                            login.getPassword()
                                                                    .equals(
                                                                            users.get(
                                                                                    login
                                                                                            .getUsername())))))
                            .setEncodingLimits(
                                    new EncodingLimits(65_535, 4_096, 128 * 1024 * 1024, 128))
                            .setLimits(new Limits())
                            .build();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(
                    "simulator " + design.name() + ": its certificate cannot be used", e);
        }
        return new OpcUaServer(
                config,
                profile ->
                        new OpcTcpServerTransport(
                                OpcTcpServerTransportConfig.newBuilder().build()));
    }

    private Set<EndpointConfig> endpoints(OwnCertificate.Identity identity) {
        EndpointConfig.Builder base =
                EndpointConfig.newBuilder()
                        .setBindAddress(design.bind())
                        .setBindPort(port)
                        .setHostname(design.bind())
                        .setPath("/" + design.name())
                        .setCertificate(identity.certificate())
                        .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS);
        if (!users.isEmpty()) {
            base.addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_USERNAME);
        }
        Set<EndpointConfig> endpoints = new LinkedHashSet<>();
        endpoints.add(
                base.copy()
                        .setSecurityPolicy(SecurityPolicy.None)
                        .setSecurityMode(MessageSecurityMode.None)
                        .build());
        endpoints.add(
                base.copy()
                        .setSecurityPolicy(SecurityPolicy.Basic256Sha256)
                        .setSecurityMode(MessageSecurityMode.SignAndEncrypt)
                        .build());
        // Who knows host and port only finds the rest here.
        endpoints.add(
                base.copy()
                        .setPath("/discovery")
                        .setSecurityPolicy(SecurityPolicy.None)
                        .setSecurityMode(MessageSecurityMode.None)
                        .build());
        return endpoints;
    }

    @Override
    public synchronized String endpoint() {
        if (server == null) {
            throw new IllegalStateException("simulator " + design.name() + " is not started");
        }
        return "opc.tcp://" + design.bind() + ":" + port + "/" + design.name();
    }

    @Override
    public synchronized State state() {
        return server == null
                ? new State(false, design.points().size(), 0, 0)
                : new State(
                        true,
                        design.points().size(),
                        clock.changes(),
                        server.getSessionManager().getCurrentSessionCount().intValue());
    }

    @Override
    public synchronized void close() {
        if (server == null) {
            return;
        }
        clock.close();
        stop(server, namespace);
        server = null;
        namespace = null;
        clock = null;
    }

    private void stop(OpcUaServer stopped, SimulatorNamespace nodes) {
        try {
            if (stopped != null) {
                stopped.shutdown().get(STOP_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (nodes != null) {
                nodes.shutdown();
            }
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.warn("Simulator {} did not stop cleanly", design.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Roomy, since a simulator may stand for a plant of 100,000 nodes. */
    private static final class Limits implements OpcUaServerConfigLimits {
        private static final UInteger MANY = uint(2_000);

        @Override
        public UInteger getMaxNodesPerBrowse() {
            return MANY;
        }

        @Override
        public UInteger getMaxNodesPerTranslateBrowsePathsToNodeIds() {
            return MANY;
        }

        @Override
        public UInteger getMaxNodesPerMethodCall() {
            return MANY;
        }

        @Override
        public UShort getMaxBrowseContinuationPoints() {
            return ushort(1_000);
        }
    }
}
