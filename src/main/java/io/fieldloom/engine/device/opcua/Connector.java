package io.fieldloom.engine.device.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceException.Kind;
import io.fieldloom.engine.device.LinkCounts;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.security.OwnCertificate;
import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.engine.security.PssSignatures;
import io.fieldloom.engine.security.TrustList;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.sdk.client.typetree.DataTypeManagerFactory;
import org.eclipse.milo.opcua.sdk.client.typetree.DataTypeTreeFactory;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to an open session: what the server offers, our choice, the question of trust. */
final class Connector {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    /** Room for the first values of 10,000 large items in one message. */
    private static final EncodingLimits LIMITS =
            new EncodingLimits(65_535, 4_096, 128 * 1024 * 1024, 128);

    /** The library's own keep-alive is off: it would close a session that is merely busy. */
    private static final long NEVER = 0x7FFF_FFFFL;

    /** Channel, session and identity each may take the time of one answer: small PLCs are slow. */
    private static final int OPENING_TAKES = 3;

    private static final long SESSION_MILLIS = 60_000;

    private final SessionRequest request;
    private final OwnCertificate own;
    private final TrustList trust;
    private final Failures failures;
    private final Consumer<String> note;

    Connector(
            SessionRequest request,
            OwnCertificate own,
            TrustList trust,
            Failures failures,
            Consumer<String> note) {
        this.request = request;
        this.own = own;
        this.trust = trust;
        this.failures = failures;
        this.note = note;
    }

    /**
     * A client whose session is open; whatever goes wrong is a {@link DeviceException} and leaves
     * nothing running.
     *
     * @param pulse told of every byte that comes in
     * @param counts told of every request and answer
     */
    CompletableFuture<OpcUaClient> connect(Pulse pulse, LinkCounts counts) {
        return ServerEndpoints.announced(request.endpoint())
                .exceptionallyCompose(
                        failure ->
                                failures.explained(failure)
                                        .thenCompose(CompletableFuture::failedFuture))
                .thenApply(announced -> client(announced, pulse, counts))
                .thenCompose(this::open);
    }

    private OpcUaClient client(
            List<EndpointDescription> announced, Pulse pulse, LinkCounts counts) {
        try {
            SecurityChoice.Chosen chosen =
                    new SecurityChoice(failures, request.security(), request.login())
                            .from(ServerEndpoints.reachable(announced, request.endpoint(), note));
            if (chosen.needsServerCertificate()) {
                demandTrust(chosen.endpoint());
            }
            long millis = request.endpoint().timeout().toMillis();
            OpcUaClient client =
                    new OpcUaClient(
                            config(chosen, millis),
                            new CountedTransport(
                                    OpcTcpClientTransportConfig.newBuilder()
                                            .setConnectTimeout(uint(millis))
                                            .setAcknowledgeTimeout(uint(millis))
                                            .setChannelPipelineCustomizer(
                                                    pipeline -> pipeline.addFirst(pulse))
                                            .build(),
                                    counts));
            client.setDataTypeTreeFactory(DataTypeTreeFactory.lazy());
            client.setDynamicDataTypeManagerFactory(DataTypeManagerFactory.lazy());
            return client;
        } catch (DeviceException e) {
            throw new CompletionException(e);
        } catch (UaException e) {
            throw new CompletionException(failures.notOpened(e));
        } catch (IOException e) {
            throw new CompletionException(
                    failures.failed(
                            Kind.SECURITY,
                            "Fieldloom's own certificate cannot be used: " + e.getMessage(),
                            "Look into " + own.file().getParent() + ".",
                            e));
        }
    }

    private void demandTrust(EndpointDescription endpoint) throws DeviceException, UaException {
        TrustCheck check = new TrustCheck(trust);
        TrustCheck.Shown shown =
                check.shown(endpoint, request.endpoint())
                        .orElseThrow(
                                () ->
                                        failures.failed(
                                                Kind.SECURITY,
                                                "the server shows no certificate",
                                                "Give the server one, or choose None/None.",
                                                null));
        PresentedCertificate certificate = shown.certificate();
        boolean trusted = check.isTrusted(certificate, shown.chain());
        remember(certificate, trusted);
        if (trusted) {
            certificate
                    .change()
                    .ifPresent(
                            change -> note.accept("The server shows " + change + ", trusted too."));
            certificate
                    .faults()
                    .forEach(fault -> note.accept("The server's certificate is trusted. " + fault));
            return;
        }
        DeviceException plain =
                failures.failed(
                        Kind.UNTRUSTED,
                        check.refusal(shown),
                        certificate.before() == null
                                ? "Compare the thumbprint with the server's, then trust it."
                                : "Find out why it changed, and compare the thumbprint with the"
                                        + " server's, before you trust it.",
                        null);
        throw new DeviceException(
                Kind.UNTRUSTED, plain.getMessage(), plain.advice(), certificate, null);
    }

    private void remember(PresentedCertificate shown, boolean trusted) {
        try {
            if (trusted) {
                trust.met(shown);
            } else {
                trust.reject(shown);
            }
        } catch (IOException e) {
            LOG.warn("The server's certificate could not be kept for later", e);
        }
    }

    private OpcUaClientConfig config(SecurityChoice.Chosen chosen, long millis)
            throws IOException, DeviceException {
        OpcUaClientConfigBuilder config =
                OpcUaClientConfig.builder()
                        .setEndpoint(chosen.endpoint())
                        .setSessionEndpointValidationEnabled(false)
                        .setApplicationName(LocalizedText.english("Fieldloom"))
                        .setApplicationUri(own.applicationUri())
                        .setProductUri("urn:fieldloom")
                        .setSessionName(() -> "Fieldloom: " + request.device())
                        .setSessionTimeout(uint(SESSION_MILLIS))
                        .setRequestTimeout(uint(millis))
                        .setEncodingLimits(LIMITS)
                        .setKeepAliveInterval(uint(NEVER))
                        .setKeepAliveFailuresAllowed(uint(NEVER))
                        .setCertificateValidator(new TrustCheck(trust))
                        .setIdentityProvider(
                                new Identities(failures, trust).of(request.login(), chosen));
        if (chosen.isSecured()) {
            PssSignatures.provide();
            OwnCertificate.Identity identity = own.identity();
            config.setKeyPair(identity.keys())
                    .setCertificate(identity.certificate())
                    .setCertificateChain(new X509Certificate[] {identity.certificate()})
                    .setApplicationUri(identity.applicationUri());
        }
        return config.build();
    }

    private CompletableFuture<OpcUaClient> open(OpcUaClient client) {
        return CompletableFuture.supplyAsync(client::connectAsync, Stack.sharedExecutor())
                .thenCompose(connecting -> connecting)
                .orTimeout(
                        OPENING_TAKES * request.endpoint().timeout().toMillis(),
                        TimeUnit.MILLISECONDS)
                .handle(
                        (connected, failure) -> {
                            if (failure != null) {
                                client.disconnectAsync();
                                throw new CompletionException(failures.notOpened(failure));
                            }
                            return connected;
                        });
    }
}
