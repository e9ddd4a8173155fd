package io.fieldloom.engine.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of certificates, each in a file of its own. Not thread-safe. */
final class CertificateFolder {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateFolder.class);

    private final Path folder;

    CertificateFolder(Path folder) {
        this.folder = folder;
    }

    /** A certificate's file and when it was put there. */
    private record Dated(Path file, FileTime written) {}

    /** All that can be read, with the time when each was put there. */
    Map<X509Certificate, Instant> all() {
        Map<X509Certificate, Instant> found = new LinkedHashMap<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = listing()) {
            for (Path file : files) {
                X509Certificate certificate = read(file);
                if (certificate != null) {
                    found.put(certificate, Files.getLastModifiedTime(file).toInstant());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
        return found;
    }

    boolean contains(X509Certificate certificate) {
        return all().containsKey(certificate);
    }

    void store(X509Certificate certificate) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(fileName(certificate));
        Path half = folder.resolve(fileName(certificate) + ".part");
        Files.write(half, CertificateFiles.encoded(certificate));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether it was there. */
    boolean remove(X509Certificate certificate) throws IOException {
        boolean removed = false;
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> files = listing()) {
            for (Path file : files) {
                if (certificate.equals(read(file))) {
                    Files.delete(file);
                    removed = true;
                }
            }
        }
        return removed;
    }

    void keepNewest(int most) throws IOException {
        List<Dated> kept = new ArrayList<>();
        try (DirectoryStream<Path> files = listing()) {
            for (Path file : files) {
                kept.add(new Dated(file, Files.getLastModifiedTime(file)));
            }
        }
        kept.sort(Comparator.comparing(Dated::written));
        for (Dated old : kept.subList(0, Math.max(0, kept.size() - most))) {
            Files.deleteIfExists(old.file());
        }
    }

    private DirectoryStream<Path> listing() throws IOException {
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

    private static String fileName(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        int from = subject.indexOf("CN=");
        String name = from < 0 ? "certificate" : subject.substring(from + 3).split(",", 2)[0];
        String thumbprint = PresentedCertificate.digest("SHA-1", certificate).replace(":", "");
        String readable = name.replaceAll("[^A-Za-z0-9 ._-]", "_");
        return readable.substring(0, Math.min(40, readable.length())) + " [" + thumbprint + "].der";
    }
}
