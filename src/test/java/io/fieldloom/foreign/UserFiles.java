package io.fieldloom.foreign;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;

/** A user's certificate, signed by itself, and its key, each in a PEM file. */
public record UserFiles(Path certificate, Path key) {
    private static final Duration YEAR = Duration.ofDays(365);

    /**
     * @param left how long it is still valid; below nothing where it has expired
     */
    public static UserFiles make(Path folder, String name, Duration left) throws Exception {
        KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
        Instant now = Instant.now();
        X500Name subject = new X500Name("CN=" + name);
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        subject,
                        BigInteger.valueOf(now.toEpochMilli()),
                        Date.from(now.minus(YEAR)),
                        Date.from(now.plus(left)),
                        subject,
                        keys.getPublic());
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
        X509Certificate certificate =
                new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(
                                        new JcaContentSignerBuilder("SHA256withRSA")
                                                .build(keys.getPrivate())));
        return new UserFiles(
                pem(folder.resolve(name + ".crt"), "certificate", certificate.getEncoded()),
                pem(folder.resolve(name + ".key"), "private key", keys.getPrivate().getEncoded()));
    }

    /** The same with the key encrypted, as OpenSSL does it. */
    public UserFiles locked(String password) throws Exception {
        Path locked = key.resolveSibling(key.getFileName() + ".locked");
        Process openssl =
                new ProcessBuilder(
                                "openssl",
                                "pkcs8",
                                "-topk8",
                                "-in",
                                key.toString(),
                                "-passout",
                                "pass:" + password,
                                "-out",
                                locked.toString())
                        .start();
        if (!openssl.waitFor(20, TimeUnit.SECONDS) || openssl.exitValue() != 0) {
            throw new AssertionError("openssl failed");
        }
        return new UserFiles(certificate, locked);
    }

    /** Writes one PEM block. */
    public static Path pem(Path file, String what, byte[] encoded) throws Exception {
        String label = what.toUpperCase(Locale.ROOT);
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return Files.writeString(
                file,
                "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n");
    }
}
