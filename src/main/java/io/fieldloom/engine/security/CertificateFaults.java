package io.fieldloom.engine.security;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is wrong with a certificate, as OPC UA sees it (Part 6, 6.2.2, and the security policies of
 * Part 7), each a sentence.
 */
final class CertificateFaults {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

    /** Of Basic256Sha256 and both Aes policies. */
    private static final int LEAST_BITS = 2048;

    private static final int MOST_BITS = 4096;

    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USE = "2.5.29.37.0";

    /** The places of the bits in the key usage extension. */
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int KEY_ENCIPHERMENT = 2;
    private static final int DATA_ENCIPHERMENT = 3;

    private final X509Certificate certificate;
    private final List<String> faults = new ArrayList<>();

    private CertificateFaults(X509Certificate certificate) {
        this.certificate = certificate;
    }

    /**
     * @param hosts what it is for
     * @param uri the application that it is for, or null
     */
    static List<String> of(
            X509Certificate certificate,
            List<String> hosts,
            String uri,
            Expected expected,
            Instant now) {
        CertificateFaults found = new CertificateFaults(certificate);
        found.validity(now);
        found.names(hosts, uri, expected);
        found.signature();
        if (expected.server()) {
            found.key(expected.policy());
            found.usage();
            found.extendedUsage();
        }
        return found.faults;
    }

    private void validity(Instant now) {
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            faults.add("It expired on " + DAY.format(end) + ".");
        }
        if (now.isBefore(begin)) {
            faults.add(
                    "It is not valid before "
                            + DAY.format(begin)
                            + "; the clock of the server or of this computer may be wrong.");
        }
    }

    private void names(List<String> hosts, String uri, Expected expected) {
        String host = expected.host();
        if (host != null && hosts.stream().noneMatch(host::equalsIgnoreCase)) {
            faults.add(
                    hosts.isEmpty()
                            ? "It names no host, so it does not prove that this is " + host + "."
                            : "It is for " + String.join(", ", hosts) + ", not for " + host + ".");
        }
        if (expected.applicationUri() != null && !expected.applicationUri().equals(uri)) {
            faults.add(
                    "Its application URI is "
                            + (uri == null ? "missing" : uri)
                            + ", but the server calls itself "
                            + expected.applicationUri()
                            + ".");
        }
    }

    private void signature() {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        for (String broken : List.of("MD2", "MD5", "SHA1")) {
            if (algorithm.replace("-", "").startsWith(broken)) {
                faults.add(
                        "It is signed with "
                                + certificate.getSigAlgName()
                                + ", which can be forged; OPC UA's policies ask for SHA-256.");
            }
        }
    }

    private void key(String policy) {
        String asking = policy == null ? "OPC UA's policies ask" : policy + " asks";
        if (!(certificate.getPublicKey() instanceof RSAPublicKey key)) {
            faults.add(
                    "Its key is of kind "
                            + certificate.getPublicKey().getAlgorithm()
                            + "; "
                            + asking
                            + " for RSA.");
            return;
        }
        int bits = key.getModulus().bitLength();
        if (bits < LEAST_BITS || bits > MOST_BITS) {
            faults.add(
                    "Its RSA key has "
                            + bits
                            + " bits; "
                            + asking
                            + " for "
                            + LEAST_BITS
                            + " to "
                            + MOST_BITS
                            + ".");
        }
    }

    private void usage() {
        boolean[] uses = certificate.getKeyUsage();
        List<String> missing = new ArrayList<>();
        if (uses == null || !uses[DIGITAL_SIGNATURE]) {
            missing.add("digitalSignature");
        }
        if (uses == null || !uses[KEY_ENCIPHERMENT]) {
            missing.add("keyEncipherment");
        }
        if (uses == null || !uses[DATA_ENCIPHERMENT]) {
            missing.add("dataEncipherment");
        }
        if (!missing.isEmpty()) {
            faults.add(
                    uses == null
                            ? "It does not say what its key may be used for; OPC UA asks for the"
                                    + " key usages "
                                    + String.join(", ", missing)
                                    + "."
                            : "Its key usage lacks " + String.join(", ", missing) + ".");
        }
    }

    private void extendedUsage() {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            if (uses != null && !uses.contains(SERVER_AUTH) && !uses.contains(ANY_USE)) {
                faults.add("Its extended key usage lacks serverAuth: it is not for a server.");
            }
        } catch (CertificateParsingException e) {
            faults.add("Its extended key usage cannot be read.");
        }
    }
}
