package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.engine.device.Diagnosis;
import io.fieldloom.engine.device.Discovery;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.OfferedEndpoint;
import io.fieldloom.engine.device.SessionListener;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.security.OwnCertificate;
import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.engine.security.TrustList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** OPC UA over TCP, with the security policies None, Basic256Sha256 and the two Aes ones. */
public final class OpcUaDriver implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(OpcUaDriver.class);

    private final OwnCertificate own;
    private final TrustList trust;

    public OpcUaDriver(OwnCertificate own, TrustList trust) {
        this.own = Objects.requireNonNull(own, "own");
        this.trust = Objects.requireNonNull(trust, "trust");
    }

    @Override
    public boolean speaks(String scheme) {
        return Endpoint.OPC_TCP.equals(scheme);
    }

    @Override
    public DeviceSession open(SessionRequest request, SessionListener listener) {
        return new OpcUaSession(request, listener, own, trust, null);
    }

    @Override
    public DeviceSession resume(
            SessionRequest request, SessionListener listener, DeviceSession lost) {
        return new OpcUaSession(request, listener, own, trust, ((OpcUaSession) lost).legacy());
    }

    @Override
    public Optional<Discovery> discovery() {
        return Optional.of(new OpcUaDiscovery(this::offers));
    }

    @Override
    public Optional<Diagnosis> diagnosis() {
        return Optional.of(new OpcUaDiagnosis(this, own, trust));
    }

    /**
     * What a server offers, the strongest first. Needs no user and no trust; fails with a {@link
     * io.fieldloom.engine.device.DeviceException}.
     */
    public CompletionStage<List<OfferedEndpoint>> offers(Endpoint endpoint) {
        Failures failures =
                new Failures(SessionRequest.anonymous(endpoint.authority(), endpoint), own.file());
        return ServerEndpoints.announced(endpoint)
                .handle(
                        (announced, failure) -> {
                            if (failure != null) {
                                throw new CompletionException(failures.unreachable(failure));
                            }
                            return offered(announced, endpoint);
                        });
    }

    private List<OfferedEndpoint> offered(List<EndpointDescription> announced, Endpoint typed) {
        List<EndpointDescription> ranked = new ArrayList<>(announced);
        ranked.sort(SecurityChoice.byStrength().reversed());
        Optional<EndpointDescription> best =
                ranked.stream().filter(SecurityChoice::speaks).findFirst();
        return ranked.stream()
                .map(one -> offered(one, best.filter(one::equals).isPresent(), typed))
                .toList();
    }

    private OfferedEndpoint offered(
            EndpointDescription endpoint, boolean recommended, Endpoint typed) {
        PresentedCertificate certificate = null;
        boolean trusted = false;
        try {
            EndpointDescription reached =
                    ServerEndpoints.reachable(List.of(endpoint), typed, note -> {}).get(0);
            TrustCheck check = new TrustCheck(trust);
            Optional<TrustCheck.Shown> shown = check.shown(reached, typed);
            if (shown.isPresent()) {
                certificate = shown.get().certificate();
                trusted = check.isTrusted(certificate, shown.get().chain());
            }
        } catch (UaException e) {
            LOG.warn(
                    "{} shows a certificate that cannot be read: {}",
                    endpoint.getEndpointUrl(),
                    e.getMessage());
        }
        boolean encrypting =
                SecurityChoice.security(endpoint).mode().equals("SignAndEncrypt")
                        || SecurityChoice.tokens(endpoint)
                                .filter(token -> token.getTokenType() == UserTokenType.UserName)
                                .anyMatch(token -> SecurityChoice.protects(endpoint, token));
        return new OfferedEndpoint(
                endpoint.getEndpointUrl(),
                endpoint.getServer().getApplicationName().text(),
                SecurityChoice.security(endpoint),
                SecurityChoice.has(endpoint, UserTokenType.Anonymous),
                SecurityChoice.has(endpoint, UserTokenType.UserName),
                encrypting,
                SecurityChoice.has(endpoint, UserTokenType.Certificate),
                SecurityChoice.has(endpoint, UserTokenType.IssuedToken),
                endpoint.getSecurityLevel().intValue(),
                recommended,
                SecurityChoice.speaks(endpoint),
                certificate,
                trusted);
    }
}
