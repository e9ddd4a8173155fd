package io.fieldloom.engine.security;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes certificates and lists of revoked ones out of files, PEM or DER, into the lists here. */
public final class TrustImport {
    private final TrustList trust;

    public TrustImport(TrustList trust) {
        this.trust = trust;
    }

    /**
     * Takes whatever a file holds to where it belongs: an authority is one that may sign others and
     * names no application.
     *
     * @return what was done, each a sentence
     */
    public List<String> any(Path file) throws IOException {
        if (CertificateFiles.isRevocations(file)) {
            return revocations(file);
        }
        List<String> done = new ArrayList<>();
        for (X509Certificate certificate : CertificateFiles.certificates(file)) {
            boolean signs = certificate.getBasicConstraints() >= 0;
            done.add(signs && !isApplication(certificate) ? issuer(certificate) : one(certificate));
        }
        return done;
    }

    /** Trusts the certificates of a file one by one. */
    public List<String> trusted(Path file) throws IOException {
        List<String> done = new ArrayList<>();
        for (X509Certificate certificate : CertificateFiles.certificates(file)) {
            done.add(one(certificate));
        }
        return done;
    }

    /** Trusts what the authorities of a file issued. */
    public List<String> issuers(Path file) throws IOException {
        List<String> done = new ArrayList<>();
        for (X509Certificate certificate : CertificateFiles.certificates(file)) {
            done.add(issuer(certificate));
        }
        return done;
    }

    /** Takes over what trusted authorities revoked. */
    public List<String> revocations(Path file) throws IOException {
        List<String> done = new ArrayList<>();
        for (X509CRL list : CertificateFiles.revocations(file)) {
            List<X509Certificate> taken = trust.revoke(list);
            int revoked =
                    list.getRevokedCertificates() == null
                            ? 0
                            : list.getRevokedCertificates().size();
            done.add(
                    list.getIssuerX500Principal().getName()
                            + " revoked "
                            + revoked
                            + (revoked == 1 ? " certificate" : " certificates"));
            for (X509Certificate certificate : taken) {
                done.add(
                        certificate.getSubjectX500Principal().getName()
                                + " was revoked and is no longer trusted");
            }
        }
        return done;
    }

    private String one(X509Certificate certificate) throws IOException {
        trust.trust(certificate);
        return certificate.getSubjectX500Principal().getName() + " is trusted from now on";
    }

    private String issuer(X509Certificate authority) throws IOException {
        trust.trustIssuer(authority);
        return "what "
                + authority.getSubjectX500Principal().getName()
                + " issued is trusted from now on";
    }

    private static boolean isApplication(X509Certificate certificate) {
        return PresentedCertificate.of(certificate, Expected.ANYTHING, Instant.EPOCH)
                        .applicationUri()
                != null;
    }
}
