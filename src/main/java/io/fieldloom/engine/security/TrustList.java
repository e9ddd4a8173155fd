package io.fieldloom.engine.security;

import io.fieldloom.engine.security.EndpointNotes.Note;
import io.fieldloom.engine.security.KeptCertificate.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
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
    private final Revocations revocations;
    private static final int KEY_CERT_SIGN = 5;

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
        revocations = new Revocations(home.pki().resolve("issuers"));
    }

    /** Whether a person trusted this very certificate. */
    public synchronized boolean isTrusted(X509Certificate certificate) {
        return trusted.contains(certificate);
    }

    /**
     * Whether an authority in the issuers folder vouches for the certificate, and none on the way
     * to it was revoked.
     *
     * @param chain the server's certificate, then what it sent along
     */
    public synchronized boolean isIssuedByTrusted(List<X509Certificate> chain, Instant now) {
        Collection<X509Certificate> authorities = issuers.all().keySet();
        List<X509Certificate> line = line(chain, authorities, now);
        return authorities.contains(line.get(line.size() - 1))
                && line.size() > 1
                && revoked(line).isEmpty();
    }

    /** That the certificate, or one that vouches for it, was revoked: a sentence. */
    public synchronized Optional<String> revoked(List<X509Certificate> chain, Instant now) {
        return revoked(line(chain, issuers.all().keySet(), now));
    }

    private Optional<String> revoked(List<X509Certificate> line) {
        for (int at = 0; at < line.size() - 1; at++) {
            X509Certificate authority = line.get(at + 1);
            Optional<X509CRLEntry> entry = revocations.entry(line.get(at), authority);
            if (entry.isPresent()) {
                String what =
                        at == 0
                                ? "It"
                                : "Its issuer " + line.get(at).getSubjectX500Principal().getName();
                return Optional.of(what + " was revoked" + words(entry.get(), authority));
            }
        }
        return Optional.empty();
    }

    private static String words(X509CRLEntry entry, X509Certificate authority) {
        String reason =
                entry.getRevocationReason() == null
                        ? ""
                        : " ("
                                + entry.getRevocationReason()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' ')
                                + ")";
        return " by "
                + authority.getSubjectX500Principal().getName()
                + " on "
                + LocalDate.ofInstant(entry.getRevocationDate().toInstant(), ZoneOffset.UTC)
                + reason
                + ".";
    }

    /** A certificate and those that vouch for it, up to the first that is trusted to. */
    private static List<X509Certificate> line(
            List<X509Certificate> chain, Collection<X509Certificate> authorities, Instant now) {
        List<X509Certificate> known = new ArrayList<>(chain);
        known.addAll(authorities);
        List<X509Certificate> line = new ArrayList<>(chain.subList(0, 1));
        while (line.size() <= LONGEST_CHAIN) {
            X509Certificate subject = line.get(line.size() - 1);
            X509Certificate issuer = issuerOf(subject, known, now);
            if (issuer == null || issuer.equals(subject)) {
                return line;
            }
            line.add(issuer);
            if (authorities.contains(issuer)) {
                return line;
            }
        }
        return line;
    }

    /** Trusts whatever an authority issued from now on. */
    public synchronized void trustIssuer(X509Certificate authority) throws IOException {
        if (authority.getBasicConstraints() < 0) {
            throw new IOException(
                    authority.getSubjectX500Principal().getName()
                            + " is no authority: its certificate may not sign others");
        }
        issuers.store(authority);
    }

    /** No longer trusts what an authority issued. */
    public synchronized void distrustIssuer(X509Certificate authority) throws IOException {
        issuers.remove(authority);
        revocations.remove(authority.getSubjectX500Principal());
    }

    /**
     * Takes over what a trusted authority revoked. Trust in these is taken back; who looks at one
     * of them afterwards is told.
     *
     * @return the certificates that were trusted until now
     */
    public synchronized List<X509Certificate> revoke(X509CRL list) throws IOException {
        X509Certificate authority =
                issuers.all().keySet().stream()
                        .filter(candidate -> Revocations.isBy(candidate, list))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "the list of revoked certificates is of "
                                                        + list.getIssuerX500Principal().getName()
                                                        + ", which is no trusted issuer here;"
                                                        + " import its certificate first"));
        revocations.store(list);
        List<X509Certificate> taken = new ArrayList<>();
        for (X509Certificate certificate : trusted.all().keySet()) {
            if (certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())
                    && list.isRevoked(certificate)) {
                distrust(certificate);
                taken.add(certificate);
            }
        }
        return taken;
    }

    /** The lists of revoked certificates. */
    public synchronized List<X509CRL> revocations() {
        return revocations.all();
    }

    /** Forgets a certificate that waits for a decision. */
    public synchronized void forget(X509Certificate certificate) throws IOException {
        rejected.remove(certificate);
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
        trust(
                shown.certificate(),
                shown.endpoint() == null ? List.of() : List.of(shown.endpoint()));
    }

    /** The same for one that waited for a decision. */
    public synchronized void trust(KeptCertificate waiting) throws IOException {
        trust(waiting.certificate(), waiting.endpoints());
    }

    private void trust(X509Certificate certificate, List<String> endpoints) throws IOException {
        List<TrustedFor> before =
                endpoints.stream().flatMap(each -> trustedFor(each).stream()).toList();
        trust(certificate);
        for (String endpoint : endpoints) {
            trustedFor.append(new Note(endpoint, Instant.now(), sha256(certificate)));
        }
        for (TrustedFor old : before) {
            if (!old.certificate().equals(certificate) && !isShownElsewhere(old.certificate())) {
                distrust(old.certificate());
            }
        }
    }

    /** Whether another endpoint is still trusted by that certificate. */
    private boolean isShownElsewhere(X509Certificate certificate) {
        String digest = sha256(certificate);
        return trustedFor.latest().values().stream().anyMatch(note -> note.sha256().equals(digest));
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

    /** One of a list as a person judges it: its faults, and what it would take the place of. */
    public synchronized PresentedCertificate judged(KeptCertificate kept) {
        Instant now = Instant.now();
        Expected fit =
                kept.kind() == Kind.ISSUER
                        ? Expected.ANYTHING
                        : Expected.ofServer(null, null, null);
        Optional<TrustedFor> other =
                kept.endpoints().stream().flatMap(each -> trustedFor(each).stream()).findFirst();
        return PresentedCertificate.of(kept.certificate(), fit, now)
                .shownAt(
                        kept.endpoints().isEmpty() ? null : kept.endpoints().get(0),
                        other,
                        revoked(List.of(kept.certificate()), now));
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
                    && maySign(candidate)
                    && signed(candidate, subject, now)) {
                return candidate;
            }
        }
        return null;
    }

    /** An authority that says what its key is for has to say that it signs certificates. */
    private static boolean maySign(X509Certificate authority) {
        boolean[] usage = authority.getKeyUsage();
        return usage == null || usage[KEY_CERT_SIGN];
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
