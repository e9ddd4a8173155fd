package io.fieldloom.engine.security;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;

/** A plant's authority, for tests: what it signs is as right or wrong as is asked for. */
public final class Authority {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final int ALL_USES =
            KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.dataEncipherment;

    private final String name;
    private final KeyPair keys;
    public final X509Certificate certificate;

    public Authority(String name) throws Exception {
        this.name = name;
        keys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
        JcaX509v3CertificateBuilder builder = builder(name, keys);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        certificate = sign(builder, "SHA256withRSA");
    }

    /** How a server's certificate is made. */
    public record Wish(
            KeyPair keys, String algorithm, Integer uses, KeyPurposeId purpose, String host) {
        public static Wish good() throws Exception {
            return new Wish(
                    SelfSignedCertificateGenerator.generateRsaKeyPair(2048),
                    "SHA256withRSA",
                    ALL_USES,
                    KeyPurposeId.id_kp_serverAuth,
                    "127.0.0.1");
        }

        public Wish key(int bits) throws Exception {
            KeyPair other = SelfSignedCertificateGenerator.generateRsaKeyPair(bits);
            return new Wish(other, algorithm, uses, purpose, host);
        }

        public Wish signedWith(String other) {
            return new Wish(keys, other, uses, purpose, host);
        }

        /** Null for no such extension. */
        public Wish uses(Integer others) {
            return new Wish(keys, algorithm, others, purpose, host);
        }

        /** Null for no such extension. */
        public Wish purpose(KeyPurposeId other) {
            return new Wish(keys, algorithm, uses, other, host);
        }
    }

    public X509Certificate issue(String subject, String uri, Wish wish) throws Exception {
        JcaX509v3CertificateBuilder builder = builder(subject, wish.keys());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                        new GeneralName[] {
                            new GeneralName(GeneralName.uniformResourceIdentifier, uri),
                            new GeneralName(GeneralName.iPAddress, wish.host())
                        }));
        if (wish.uses() != null) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(wish.uses()));
        }
        if (wish.purpose() != null) {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(wish.purpose()));
        }
        return sign(builder, wish.algorithm());
    }

    /** What it revoked until a time. */
    public X509CRL revoke(Instant at, X509Certificate... revoked) throws Exception {
        JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(certificate, Date.from(at));
        for (X509Certificate one : revoked) {
            builder.addCRLEntry(one.getSerialNumber(), Date.from(at), CRLReason.keyCompromise);
        }
        return new JcaX509CRLConverter()
                .getCRL(
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withRSA")
                                        .build(keys.getPrivate())));
    }

    /** Writes a file as OpenSSL does. */
    public static Path pem(Path file, String kind, byte[] encoded) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return Files.writeString(
                file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }

    private JcaX509v3CertificateBuilder builder(String subject, KeyPair of) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                new X500Name(name),
                BigInteger.valueOf(SERIAL.incrementAndGet()),
                Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(now.plus(30, ChronoUnit.DAYS)),
                new X500Name(subject),
                of.getPublic());
    }

    private X509Certificate sign(JcaX509v3CertificateBuilder builder, String algorithm)
            throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder(algorithm).build(keys.getPrivate())));
    }
}
