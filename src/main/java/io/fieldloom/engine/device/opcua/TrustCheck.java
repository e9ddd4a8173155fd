package io.fieldloom.engine.device.opcua;

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
                PresentedCertificate.of(chain.get(0), host, applicationUri, Instant.now());
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

    /** What an endpoint shows; empty where it shows nothing. */
    static Optional<Shown> shown(EndpointDescription endpoint) throws UaException {
        byte[] encoded =
                endpoint.getServerCertificate() == null
                        ? new byte[0]
                        : endpoint.getServerCertificate().bytesOrEmpty();
        if (encoded.length == 0) {
            return Optional.empty();
        }
        List<X509Certificate> chain = CertificateUtil.decodeCertificates(encoded);
        return Optional.of(
                new Shown(
                        PresentedCertificate.of(
                                chain.get(0),
                                EndpointUtil.getHost(endpoint.getEndpointUrl()),
                                endpoint.getServer().getApplicationUri(),
                                Instant.now()),
                        chain));
    }

    /** A certificate as a person judges it, and the chain it came with. */
    record Shown(PresentedCertificate certificate, List<X509Certificate> chain) {}
}
