package io.fieldloom.engine.security;

import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * The certificate that a person trusted for an endpoint.
 *
 * @param endpoint {@code opc.tcp://host:port/path}
 * @param at when it was trusted
 */
public record TrustedFor(String endpoint, Instant at, X509Certificate certificate) {
    public String sha256() {
        return PresentedCertificate.digest("SHA-256", certificate);
    }

    public String sha1() {
        return PresentedCertificate.digest("SHA-1", certificate);
    }
}
