package io.fieldloom.engine.security;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A certificate of one of the lists.
 *
 * @param since when it came into that list
 * @param endpoints the endpoints that it is known to belong to; empty where it came from a file
 */
public record KeptCertificate(
        Kind kind, X509Certificate certificate, Instant since, List<String> endpoints) {
    public KeptCertificate {
        endpoints = List.copyOf(endpoints);
    }

    /** What became of a certificate. */
    public enum Kind {
        /** Waits for a person's decision. */
        REJECTED,
        /** Trusted one by one. */
        TRUSTED,
        /** An authority whose certificates are trusted without asking. */
        ISSUER
    }
}
