package io.fieldloom.engine.device.opcua;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.security.Expected;
import io.fieldloom.engine.security.PresentedCertificate;
import io.fieldloom.engine.security.TrustList;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;

/**
 * Whether a server's certificate is trusted: one that a person trusted after seeing it, whatever
 * its faults, or a faultless one of a trusted authority.
 */
final class TrustCheck implements CertificateValidator {
    private final TrustList trust;

    TrustCheck(TrustList trust) {
        this.trust = trust;
    }

    @Override
    public void validateCertificateChain(
            List<X509Certificate> chain, String applicationUri, String[] hosts) throws UaException {
        String host = hosts == null || hosts.length == 0 ? null : hosts[0];
        PresentedCertificate shown =
                PresentedCertificate.of(
                        chain.get(0), Expected.ofServer(host, applicationUri, null), Instant.now());
        if (!isTrusted(shown, chain)) {
            throw new UaException(
                    StatusCodes.Bad_CertificateUntrusted,
                    "not trusted: " + chain.get(0).getSubjectX500Principal());
        }
    }

    boolean isTrusted(PresentedCertificate shown, List<X509Certificate> chain) {
        return trust.isTrusted(shown.certificate())
                || (shown.faults().isEmpty() && trust.isIssuedByTrusted(chain, Instant.now()));
    }

    /**
     * What an endpoint shows; empty where it shows nothing.
     *
     * @param typed the endpoint as the person knows it
     */
    Optional<Shown> shown(EndpointDescription endpoint, Endpoint typed) throws UaException {
        byte[] encoded =
                endpoint.getServerCertificate() == null
                        ? new byte[0]
                        : endpoint.getServerCertificate().bytesOrEmpty();
        if (encoded.length == 0) {
            return Optional.empty();
        }
        List<X509Certificate> chain = CertificateUtil.decodeCertificates(encoded);
        String where = typed.place();
        String named = SecurityChoice.policyName(endpoint);
        String policy = named.equals("None") ? null : named;
        return Optional.of(
                new Shown(
                        PresentedCertificate.of(
                                        chain.get(0),
                                        Expected.ofServer(
                                                EndpointUtil.getHost(endpoint.getEndpointUrl()),
                                                endpoint.getServer().getApplicationUri(),
                                                policy),
                                        Instant.now())
                                .shownAt(
                                        where,
                                        trust.trustedFor(where),
                                        trust.revoked(chain, Instant.now())),
                        chain));
    }

    /** Why it is not trusted, and all that is known of it: one line, no full stop. */
    String refusal(Shown shown) {
        return shown.certificate()
                        .change()
                        .map(change -> "it shows " + change)
                        .orElse("its certificate is not trusted")
                + ": "
                + words(shown);
    }

    /** The certificate on one line. */
    String words(Shown shown) {
        boolean known = trust.isIssuedByTrusted(shown.chain(), Instant.now());
        return shown.certificate().words(known ? "" : ", which is no trusted issuer here");
    }

    /** A certificate as a person judges it, and the chain it came with. */
    record Shown(PresentedCertificate certificate, List<X509Certificate> chain) {}
}
