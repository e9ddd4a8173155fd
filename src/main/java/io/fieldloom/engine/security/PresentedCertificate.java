package io.fieldloom.engine.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

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
        List<String> faults) {
    private static final int URI_NAME = 6;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

    public PresentedCertificate {
        hosts = List.copyOf(hosts);
        faults = List.copyOf(faults);
    }

    /**
     * What a server showed, judged.
     *
     * @param host the host that was typed; null where it does not matter
     * @param applicationUri what the server calls itself; null where it does not say
     */
    public static PresentedCertificate of(
            X509Certificate certificate, String host, String applicationUri, Instant now) {
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
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        List<String> faults = new ArrayList<>();
        if (now.isAfter(end)) {
            faults.add("It expired on " + DAY.format(end) + ".");
        }
        if (now.isBefore(begin)) {
            faults.add(
                    "It is not valid before "
                            + DAY.format(begin)
                            + "; the clock of the server or of this computer may be wrong.");
        }
        if (host != null && hosts.stream().noneMatch(host::equalsIgnoreCase)) {
            faults.add(
                    hosts.isEmpty()
                            ? "It names no host, so it does not prove that this is " + host + "."
                            : "It is for " + String.join(", ", hosts) + ", not for " + host + ".");
        }
        if (applicationUri != null && !applicationUri.equals(uri)) {
            faults.add(
                    "Its application URI is "
                            + (uri == null ? "missing" : uri)
                            + ", but the server calls itself "
                            + applicationUri
                            + ".");
        }
        return new PresentedCertificate(
                certificate,
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                digest("SHA-256", certificate),
                digest("SHA-1", certificate),
                begin,
                end,
                uri,
                hosts,
                faults);
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
