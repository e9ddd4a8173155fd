package io.fieldloom.engine.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server certificates that a person trusted, as DER files under the home's {@code pki/trusted};
 * those that wait for a decision are under {@code pki/rejected}, and the authorities whose
 * certificates are trusted without asking under {@code pki/issuers}. The folders are read at each
 * question, since another Fieldloom on this computer or a person with a file browser may change
 * them. Thread-safe.
 */
public final class TrustList {
    private static final Logger LOG = LoggerFactory.getLogger(TrustList.class);
    private static final int LONGEST_CHAIN = 8;

    /** A server that makes a new certificate at each start must not fill the disk. */
    static final int MOST_REJECTED = 100;

    private final Path trusted;
    private final Path rejected;
    private final Path issuers;

    public TrustList(Home home) {
        trusted = home.pki().resolve("trusted");
        rejected = home.pki().resolve("rejected");
        issuers = home.pki().resolve("issuers");
    }

    /** Whether a person trusted this very certificate. */
    public synchronized boolean isTrusted(X509Certificate certificate) {
        return certificatesIn(trusted).contains(certificate);
    }

    /**
     * Whether an authority in the issuers folder vouches for the certificate.
     *
     * @param chain the server's certificate, then what it sent along
     */
    public synchronized boolean isIssuedByTrusted(List<X509Certificate> chain, Instant now) {
        List<X509Certificate> authorities = certificatesIn(issuers);
        List<X509Certificate> known = new ArrayList<>(chain);
        known.addAll(authorities);
        X509Certificate subject = chain.get(0);
        for (int depth = 0; depth < LONGEST_CHAIN; depth++) {
            X509Certificate issuer = issuerOf(subject, known, now);
            if (issuer == null || issuer.equals(subject)) {
                return false;
            }
            if (authorities.contains(issuer)) {
                return true;
            }
            subject = issuer;
        }
        return false;
    }

    /** Trusts a certificate from now on, across restarts. */
    public synchronized void trust(X509Certificate certificate) throws IOException {
        store(trusted, certificate);
        Files.deleteIfExists(rejected.resolve(fileName(certificate)));
    }

    /** Takes the trust back. */
    public synchronized void distrust(X509Certificate certificate) throws IOException {
        try (DirectoryStream<Path> files = listing(trusted)) {
            for (Path file : files) {
                if (certificate.equals(read(file))) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Keeps a certificate that was not trusted, for a person to look at; the newest 100 stay. */
    public synchronized void reject(X509Certificate certificate) throws IOException {
        store(rejected, certificate);
        List<Dated> kept = new ArrayList<>();
        try (DirectoryStream<Path> files = listing(rejected)) {
            for (Path file : files) {
                kept.add(new Dated(file, Files.getLastModifiedTime(file)));
            }
        }
        kept.sort(Comparator.comparing(Dated::written));
        for (Dated old : kept.subList(0, Math.max(0, kept.size() - MOST_REJECTED))) {
            Files.deleteIfExists(old.file());
        }
    }

    private record Dated(Path file, FileTime written) {}

    /** The certificates that were trusted one by one. */
    public synchronized List<X509Certificate> trusted() {
        return certificatesIn(trusted);
    }

    /** The authorities whose certificates are trusted without asking. */
    public synchronized List<X509Certificate> issuers() {
        return certificatesIn(issuers);
    }

    /** The certificates that wait for a decision. */
    public synchronized List<X509Certificate> rejected() {
        return certificatesIn(rejected);
    }

    private static X509Certificate issuerOf(
            X509Certificate subject, List<X509Certificate> known, Instant now) {
        for (X509Certificate candidate : known) {
            if (candidate.getSubjectX500Principal().equals(subject.getIssuerX500Principal())
                    && candidate.getBasicConstraints() >= 0
                    && signed(candidate, subject, now)) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean signed(X509Certificate issuer, X509Certificate subject, Instant now) {
        try {
            issuer.checkValidity(Date.from(now));
            subject.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            LOG.debug("{} did not sign {}", issuer.getSubjectX500Principal(), subject, e);
            return false;
        }
    }

    private static void store(Path folder, X509Certificate certificate) throws IOException {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(fileName(certificate));
            Path half = folder.resolve(fileName(certificate) + ".part");
            Files.write(half, certificate.getEncoded());
            Files.move(
                    half,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (CertificateException e) {
            throw new IOException("the certificate cannot be encoded", e);
        }
    }

    private static String fileName(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        int from = subject.indexOf("CN=");
        String name = from < 0 ? "certificate" : subject.substring(from + 3).split(",", 2)[0];
        String thumbprint = PresentedCertificate.digest("SHA-1", certificate).replace(":", "");
        String readable = name.replaceAll("[^A-Za-z0-9 ._-]", "_");
        return readable.substring(0, Math.min(40, readable.length())) + " [" + thumbprint + "].der";
    }

    private static List<X509Certificate> certificatesIn(Path folder) {
        List<X509Certificate> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = listing(folder)) {
            for (Path file : files) {
                X509Certificate certificate = read(file);
                if (certificate != null) {
                    found.add(certificate);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
        return found;
    }

    private static DirectoryStream<Path> listing(Path folder) throws IOException {
        return Files.newDirectoryStream(
                folder,
                file ->
                        file.getFileName()
                                .toString()
                                .toLowerCase(Locale.ROOT)
                                .matches(".*\\.(der|cer|crt|pem)"));
    }

    private static X509Certificate read(Path file) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(Files.readAllBytes(file)));
        } catch (CertificateException e) {
            LOG.warn("{} is not a certificate and is passed over: {}", file, e.getMessage());
            return null;
        }
    }
}
