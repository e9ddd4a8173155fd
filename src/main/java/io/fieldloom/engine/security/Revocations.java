package io.fieldloom.engine.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lists of revoked certificates (CRL) that authorities gave out, as {@code .crl} files beside
 * the authorities; one of each authority, the newest. Not thread-safe.
 */
final class Revocations {
    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

    private final Path folder;

    Revocations(Path folder) {
        this.folder = folder;
    }

    List<X509CRL> all() {
        List<X509CRL> lists = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return lists;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.crl")) {
            for (Path file : files) {
                try {
                    lists.addAll(CertificateFiles.revocations(file));
                } catch (IOException e) {
                    LOG.warn("{} is passed over: {}", file, e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
        return lists;
    }

    /** Keeps a list in the place of an older one of the same authority. */
    void store(X509CRL list) throws IOException {
        for (X509CRL kept : all()) {
            if (kept.getIssuerX500Principal().equals(list.getIssuerX500Principal())
                    && kept.getThisUpdate().after(list.getThisUpdate())) {
                throw new IOException(
                        "a newer list of revoked certificates of "
                                + list.getIssuerX500Principal().getName()
                                + " is here already");
            }
        }
        try {
            Files.createDirectories(folder);
            Path half = folder.resolve("list.part");
            Files.write(half, list.getEncoded());
            remove(list.getIssuerX500Principal());
            Files.move(
                    half,
                    folder.resolve(name(list.getIssuerX500Principal())),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (CRLException e) {
            throw new IOException("the list of revoked certificates cannot be encoded", e);
        }
    }

    /** Readable where it can be, and another one for each authority. */
    private static String name(X500Principal authority) {
        String words = authority.getName().replaceAll("[^A-Za-z0-9 .=_-]", "_");
        return words.substring(0, Math.min(60, words.length()))
                + " "
                + UUID.nameUUIDFromBytes(authority.getEncoded())
                + ".crl";
    }

    /** Forgets what an authority said. */
    void remove(X500Principal authority) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.crl")) {
            for (Path file : files) {
                if (isOf(authority, file)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static boolean isOf(X500Principal authority, Path file) {
        try {
            return CertificateFiles.revocations(file).stream()
                    .allMatch(list -> list.getIssuerX500Principal().equals(authority));
        } catch (IOException e) {
            LOG.warn("{} is passed over: {}", file, e.getMessage());
            return false;
        }
    }

    /** How an authority took a certificate back; empty where it did not. */
    Optional<X509CRLEntry> entry(X509Certificate certificate, X509Certificate authority) {
        return all().stream()
                .filter(list -> isBy(authority, list))
                .map(list -> list.getRevokedCertificate(certificate))
                .filter(Objects::nonNull)
                .findFirst();
    }

    static boolean isBy(X509Certificate authority, X509CRL list) {
        if (!list.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            return false;
        }
        try {
            list.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            LOG.debug("{} did not sign its list", authority.getSubjectX500Principal(), e);
            return false;
        }
    }
}
