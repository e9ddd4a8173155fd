package io.fieldloom.engine.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A server's certificate as a person judges it.
 *
 * @param certificate the certificate itself
 * @param subject distinguished name
 * @param issuer distinguished name
 * @param sha256 the thumbprint that Fieldloom shows everywhere, in upper-case hex with colons
 * @param sha1 SHA-1 in the same form, beside it for who compares with a program that shows no other
 * @param notBefore begin of its validity
 * @param notAfter end of its validity
 * @param applicationUri the URI among its alternative names, or null
 * @param hosts the host names and addresses among its alternative names
 * @param faults what is wrong with it, each a sentence; empty when it is only unknown
 * @param endpoint where it was shown, {@code opc.tcp://host:port/path}; null for one from a list
 * @param before another certificate that is trusted for that endpoint, or null
 */
public record PresentedCertificate(
        X509Certificate certificate,
        String subject,
        String issuer,
        String sha256,
        String sha1,
        Instant notBefore,
        Instant notAfter,
        String applicationUri,
        List<String> hosts,
        List<String> faults,
        String endpoint,
        TrustedFor before) {
    private static final int URI_NAME = 6;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

    public PresentedCertificate {
        hosts = List.copyOf(hosts);
        faults = List.copyOf(faults);
    }

    /** A certificate, judged by what it has to fit. */
    public static PresentedCertificate of(
            X509Certificate certificate, Expected expected, Instant now) {
        String uri = null;
        List<String> hosts = new ArrayList<>();
        for (List<?> name : alternativeNames(certificate)) {
            int kind = (Integer) name.get(0);
            if (kind == URI_NAME && uri == null) {
                uri = (String) name.get(1);
            } else if (kind == DNS_NAME || kind == IP_ADDRESS) {
                hosts.add((String) name.get(1));
            }
        }
        return new PresentedCertificate(
                certificate,
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                digest("SHA-256", certificate),
                digest("SHA-1", certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                uri,
                hosts,
                CertificateFaults.of(certificate, hosts, uri, expected, now),
                null,
                null);
    }

    /**
     * The same as an endpoint showed it.
     *
     * @param trusted what is trusted for that endpoint
     * @param revoked that its authority took it back, a sentence
     */
    public PresentedCertificate shownAt(
            String where, Optional<TrustedFor> trusted, Optional<String> revoked) {
        List<String> all = new ArrayList<>(faults);
        revoked.ifPresent(all::add);
        return new PresentedCertificate(
                certificate,
                subject,
                issuer,
                sha256,
                sha1,
                notBefore,
                notAfter,
                applicationUri,
                hosts,
                all,
                where,
                trusted.filter(other -> !other.certificate().equals(certificate)).orElse(null));
    }

    /** That the endpoint was known by another certificate; empty where it was not. */
    public Optional<String> change() {
        return Optional.ofNullable(before)
                .map(
                        known ->
                                "another certificate than the one trusted for this endpoint on "
                                        + LocalDate.ofInstant(known.at(), ZoneId.systemDefault())
                                        + " (SHA-256 "
                                        + known.sha256()
                                        + ")");
    }

    public boolean isSelfSigned() {
        return subject.equals(issuer);
    }

    /**
     * All of it on one line.
     *
     * @param ofIssuer a remark on the issuer; empty for none
     */
    public String words(String ofIssuer) {
        String words =
                subject
                        + (isSelfSigned()
                                ? ", signed by itself"
                                : ", issued by " + issuer + ofIssuer)
                        + ", valid from "
                        + DAY.format(notBefore)
                        + " to "
                        + DAY.format(notAfter)
                        + ", SHA-256 "
                        + sha256
                        + " (SHA-1 "
                        + sha1
                        + ")";
        return faults.isEmpty()
                ? words
                : words + ". " + String.join(" ", faults).replaceAll("\\.$", "");
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of(); // a damaged extension names nobody, which the faults then say
        }
    }

    static String digest(String algorithm, X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a certificate that cannot be encoded", e);
        }
    }
}
