package io.fieldloom.engine.security;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A server's certificate as a person judges it.
 *
 * @param certificate the certificate itself
 * @param subject distinguished name
 * @param issuer distinguished name
 * @param thumbprint SHA-1 in upper-case hex with colons, as other OPC UA clients show it
 * @param sha256 SHA-256 in the same form
 * @param notBefore begin of its validity
 * @param notAfter end of its validity
 * @param applicationUri the URI among its alternative names, or null
 * @param hosts the host names and addresses among its alternative names
 * @param faults what is wrong with it, each a sentence; empty when it is only unknown
 */
public record PresentedCertificate(
        X509Certificate certificate,
        String subject,
        String issuer,
        String thumbprint,
        String sha256,
        Instant notBefore,
        Instant notAfter,
        String applicationUri,
        List<String> hosts,
        List<String> faults) {
    public PresentedCertificate {
        hosts = List.copyOf(hosts);
        faults = List.copyOf(faults);
    }
}
