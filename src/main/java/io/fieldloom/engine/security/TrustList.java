package io.fieldloom.engine.security;

import io.fieldloom.engine.security.EndpointNotes.Note;
import io.fieldloom.engine.security.KeptCertificate.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final CertificateFolder trusted;
    private final CertificateFolder rejected;
    private final CertificateFolder issuers;
    private final EndpointNotes trustedFor;
    private final EndpointNotes rejectedFor;

    public TrustList(Home home) {
        Path trustedFolder = home.pki().resolve("trusted");
        Path rejectedFolder = home.pki().resolve("rejected");
        trusted = new CertificateFolder(trustedFolder);
        trustedFor = new EndpointNotes(trustedFolder);
        rejected = new CertificateFolder(rejectedFolder);
        rejectedFor = new EndpointNotes(rejectedFolder);
        issuers = new CertificateFolder(home.pki().resolve("issuers"));
    }

    /** Whether a person trusted this very certificate. */
    public synchronized boolean isTrusted(X509Certificate certificate) {
        return trusted.contains(certificate);
    }

    /**
     * Whether an authority in the issuers folder vouches for the certificate.
     *
     * @param chain the server's certificate, then what it sent along
     */
    public synchronized boolean isIssuedByTrusted(List<X509Certificate> chain, Instant now) {
        Collection<X509Certificate> authorities = issuers.all().keySet();
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

    /** Trusts a certificate from now on, across restarts, whichever endpoint shows it. */
    public synchronized void trust(X509Certificate certificate) throws IOException {
        trusted.store(certificate);
        rejected.remove(certificate);
    }

    /**
     * Trusts what an endpoint showed from now on, across restarts, and no longer what was trusted
     * for that endpoint before.
     */
    public synchronized void trust(PresentedCertificate shown) throws IOException {
        X509Certificate certificate = shown.certificate();
        Optional<TrustedFor> before =
                shown.endpoint() == null ? Optional.empty() : trustedFor(shown.endpoint());
        trust(certificate);
        if (shown.endpoint() == null) {
            return;
        }
        trustedFor.append(new Note(shown.endpoint(), Instant.now(), shown.sha256()));
        if (before.isPresent() && !before.get().certificate().equals(certificate)) {
            distrust(before.get().certificate());
        }
    }

    /** Takes the trust back; the certificate waits for a new decision. */
    public synchronized void distrust(X509Certificate certificate) throws IOException {
        if (trusted.remove(certificate)) {
            reject(certificate);
        }
    }

    /** Keeps a certificate that was not trusted, for a person to look at; the newest 100 stay. */
    public synchronized void reject(X509Certificate certificate) throws IOException {
        rejected.store(certificate);
        rejected.keepNewest(MOST_REJECTED);
    }

    /** The same for what an endpoint showed. */
    public synchronized void reject(PresentedCertificate shown) throws IOException {
        reject(shown.certificate());
        if (shown.endpoint() != null) {
            rejectedFor.add(new Note(shown.endpoint(), Instant.now(), shown.sha256()));
        }
    }

    /** What is trusted for an endpoint, as far as it is known. */
    public synchronized Optional<TrustedFor> trustedFor(String endpoint) {
        Note note = trustedFor.latest().get(endpoint);
        if (note == null) {
            return Optional.empty();
        }
        return trusted.all().keySet().stream()
                .filter(certificate -> note.sha256().equals(sha256(certificate)))
                .findFirst()
                .map(certificate -> new TrustedFor(endpoint, note.at(), certificate));
    }

    /**
     * Remembers the endpoint of a certificate that was trusted without one: by an earlier version,
     * or from a file.
     */
    public synchronized void met(PresentedCertificate shown) throws IOException {
        Instant since = trusted.all().get(shown.certificate());
        if (since != null) {
            trustedFor.add(new Note(shown.endpoint(), since, shown.sha256()));
        }
    }

    /** The certificates of a list. */
    public synchronized List<KeptCertificate> kept(Kind kind) {
        return switch (kind) {
            case REJECTED -> kept(kind, rejected, rejectedFor.latest());
            case TRUSTED -> kept(kind, trusted, trustedFor.latest());
            case ISSUER -> kept(kind, issuers, Map.of());
        };
    }

    private static List<KeptCertificate> kept(
            Kind kind, CertificateFolder folder, Map<String, Note> notes) {
        List<KeptCertificate> list = new ArrayList<>();
        folder.all()
                .forEach(
                        (certificate, since) -> {
                            String sha256 = sha256(certificate);
                            List<Note> known =
                                    notes.values().stream()
                                            .filter(note -> note.sha256().equals(sha256))
                                            .toList();
                            list.add(
                                    new KeptCertificate(
                                            kind,
                                            certificate,
                                            known.stream()
                                                    .map(Note::at)
                                                    .min(Comparator.naturalOrder())
                                                    .orElse(since),
                                            known.stream().map(Note::endpoint).toList()));
                        });
        return list;
    }

    private static String sha256(X509Certificate certificate) {
        return PresentedCertificate.digest("SHA-256", certificate);
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
}
