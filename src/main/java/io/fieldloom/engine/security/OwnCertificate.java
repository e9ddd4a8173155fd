package io.fieldloom.engine.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.Period;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;

/**
 * An application certificate of ours with its private key: made once (RSA 2048), then read from its
 * files. The application URI is the certificate's own, so that the two can never differ, which
 * servers refuse. Thread-safe, also between several Fieldlooms on one home.
 */
public final class OwnCertificate {
    private static final int KEY_BITS = 2048;
    private static final Period VALID_FOR = Period.ofYears(10);
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:.*");
    private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String PEM_END = "-----END PRIVATE KEY-----";

    private final Path folder;
    private final String name;
    private final String applicationName;
    private final String plannedUri;
    private final List<String> hosts;
    private Identity identity;

    private OwnCertificate(
            Path folder, String name, String applicationName, String uri, List<String> hosts) {
        this.folder = folder;
        this.name = name;
        this.applicationName = applicationName;
        this.plannedUri = uri;
        this.hosts = hosts;
    }

    /**
     * A certificate and its key.
     *
     * @param applicationUri the URI among the certificate's alternative names
     */
    public record Identity(KeyPair keys, X509Certificate certificate, String applicationUri) {
        @Override
        public String toString() {
            return "Identity[" + applicationUri + "]";
        }
    }

    /** The one that Fieldloom shows to OPC UA servers. */
    public static OwnCertificate ofClient(Home home) {
        return new OwnCertificate(
                home.pki().resolve("own"),
                "fieldloom",
                "Fieldloom",
                "urn:" + hostName() + ":fieldloom:" + mark(home),
                List.of(hostName()));
    }

    /** The one that a simulated OPC UA server shows. */
    public static OwnCertificate ofSimulator(Home home, String simulator, List<String> hosts) {
        return new OwnCertificate(
                home.pki().resolve("simulators"),
                simulator,
                "Fieldloom simulator " + simulator,
                "urn:" + hostName() + ":fieldloom-simulator:" + simulator,
                hosts);
    }

    /** The certificate's file, for the person who has to make a server trust it. */
    public Path file() {
        return folder.resolve(name + ".der");
    }

    private Path keyFile() {
        return folder.resolve(name + ".key.pem");
    }

    /**
     * The URI that the certificate has or will have; costs nothing where none is made yet, so that
     * an unsecured connection needs no key.
     */
    public synchronized String applicationUri() throws IOException {
        return Files.exists(file()) ? identity().applicationUri() : plannedUri;
    }

    /** Certificate and key; made at the first call of all, which takes up to a second. */
    public synchronized Identity identity() throws IOException {
        if (identity == null) {
            createFolder();
            try (FileChannel channel =
                            FileChannel.open(
                                    folder.resolve(name + ".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException(folder + " cannot be locked");
                }
                identity = Files.exists(file()) && Files.exists(keyFile()) ? read() : make();
            } catch (GeneralSecurityException e) {
                throw new IOException(
                        "the certificate in "
                                + file()
                                + " cannot be used: "
                                + e.getMessage()
                                + "; delete it and its key, and a new one is made",
                        e);
            }
        }
        return identity;
    }

    private void createFolder() throws IOException {
        Files.createDirectories(folder);
        if (hasModes()) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private Identity read() throws IOException, GeneralSecurityException {
        KeyedCertificate kept;
        try {
            kept = KeyedCertificate.read(file(), keyFile(), null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e.getMessage(), e);
        }
        X509Certificate certificate = kept.certificate();
        if (Instant.now().isAfter(certificate.getNotAfter().toInstant())) {
            throw new GeneralSecurityException("it expired on " + certificate.getNotAfter());
        }
        String uri =
                CertificateUtil.getSanUri(certificate)
                        .orElseThrow(
                                () -> new GeneralSecurityException("it names no application URI"));
        return new Identity(new KeyPair(certificate.getPublicKey(), kept.key()), certificate, uri);
    }

    private Identity make() throws IOException, GeneralSecurityException {
        KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(KEY_BITS);
        SelfSignedCertificateBuilder builder =
                new SelfSignedCertificateBuilder(keys)
                        .setCommonName(applicationName)
                        .setOrganization("Fieldloom")
                        .setApplicationUri(plannedUri)
                        .setValidityPeriod(VALID_FOR);
        for (String host : hosts) {
            if (IP_ADDRESS.matcher(host).matches()) {
                builder.addIpAddress(host);
            } else {
                builder.addDnsName(host);
            }
        }
        X509Certificate certificate;
        try {
            certificate = builder.build();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new GeneralSecurityException("no certificate could be made", e);
        }
        String pem =
                PEM_BEGIN
                        + "\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(keys.getPrivate().getEncoded())
                        + "\n"
                        + PEM_END
                        + "\n";
        store(keyFile(), pem.getBytes(StandardCharsets.US_ASCII), true);
        store(file(), certificate.getEncoded(), false);
        return new Identity(keys, certificate, plannedUri);
    }

    /** Written beside and moved, so that nobody ever reads half a file. */
    private void store(Path file, byte[] content, boolean secret) throws IOException {
        Path half = folder.resolve(file.getFileName() + ".part");
        Files.deleteIfExists(half);
        if (secret && hasModes()) {
            Files.createFile(
                    half,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(half, content);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean hasModes() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    /** This computer's name in the letters that a URI and a DNS name may have. */
    private static String hostName() {
        try {
            String name =
                    InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
            return name.isEmpty() ? "localhost" : name;
        } catch (UnknownHostException e) {
            return "localhost"; // a computer without a name of its own
        }
    }

    /** Tells two users of one computer apart. */
    private static String mark(Home home) {
        CRC32 sum = new CRC32();
        sum.update(home.folder().toString().getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", sum.getValue());
    }
}
