package io.fieldloom.engine.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * Reads certificates and private keys from PEM files (RFC 7468), in the forms that OpenSSL writes,
 * and from DER files.
 */
public final class CertificateFiles {
    private static final byte DER_SEQUENCE = 0x30;
    private static final long MOST_BYTES = 16 * 1024 * 1024;

    private CertificateFiles() {}

    /** All certificates of a file, in its order; at least one. */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        byte[] content = content(file);
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] encoded : blocks(content, "CERTIFICATE")) {
                found.add(
                        (X509Certificate)
                                factory.generateCertificate(new ByteArrayInputStream(encoded)));
            }
        } catch (GeneralSecurityException | IOException | IllegalStateException e) {
            throw new IOException(file + " holds a certificate that cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new IOException(file + " holds no certificate in PEM or DER form");
        }
        return found;
    }

    /** A certificate as a DER file holds it. */
    public static byte[] encoded(X509Certificate certificate) throws IOException {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IOException("the certificate cannot be encoded", e);
        }
    }

    /** All lists of revoked certificates of a file; at least one. */
    public static List<X509CRL> revocations(Path file) throws IOException {
        byte[] content = content(file);
        List<X509CRL> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] encoded : blocks(content, "CRL")) {
                found.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(encoded)));
            }
        } catch (GeneralSecurityException | IOException | IllegalStateException e) {
            throw new IOException(
                    file + " holds a list of revoked certificates that cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new IOException(
                    file + " holds no list of revoked certificates in PEM or DER form");
        }
        return found;
    }

    /** Whether a file holds a list of revoked certificates that can be read. */
    public static boolean isRevocations(Path file) {
        try {
            return !revocations(file).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static List<byte[]> blocks(byte[] content, String kind) throws IOException {
        if (isDer(content)) {
            return List.of(content);
        }
        List<byte[]> found = new ArrayList<>();
        try (PemReader pem = new PemReader(text(content))) {
            for (PemObject block = pem.readPemObject();
                    block != null;
                    block = pem.readPemObject()) {
                if (block.getType().endsWith(kind)) {
                    found.add(block.getContent());
                }
            }
        }
        return found;
    }

    /** The first private key of a file, which must not be encrypted. */
    public static PrivateKey clearKey(Path file) throws IOException {
        try {
            return key(file, null);
        } catch (LockedKeyException e) {
            throw new IOException(file + " is encrypted; Fieldloom needs the key in the clear", e);
        }
    }

    /**
     * The first private key of a file: PKCS #8, PKCS #1 (RSA) or SEC 1 (elliptic curve).
     *
     * @param password what it is encrypted with; null where it is not, or nobody knows
     * @throws LockedKeyException when it takes a password, or another one
     */
    public static PrivateKey key(Path file, char[] password) throws IOException {
        byte[] content = content(file);
        try {
            PrivateKeyInfo key =
                    isDer(content)
                            ? PrivateKeyInfo.getInstance(content)
                            : firstKey(file, content, password);
            if (key == null) {
                throw new IOException(file + " holds no private key in PEM or DER form");
            }
            return new JcaPEMKeyConverter().getPrivateKey(key);
        } catch (PEMException | IllegalArgumentException | IllegalStateException e) {
            throw new IOException(file + " holds a key that cannot be read", e);
        }
    }

    private static PrivateKeyInfo firstKey(Path file, byte[] content, char[] password)
            throws IOException {
        try (PEMParser blocks = new PEMParser(text(content))) {
            for (Object block = blocks.readObject(); block != null; block = blocks.readObject()) {
                if (block instanceof PrivateKeyInfo key) {
                    return key;
                }
                if (block instanceof PEMKeyPair pair) {
                    return pair.getPrivateKeyInfo();
                }
                if (block instanceof PKCS8EncryptedPrivateKeyInfo
                        || block instanceof PEMEncryptedKeyPair) {
                    return opened(file, block, password);
                }
            }
        }
        return null;
    }

    private static PrivateKeyInfo opened(Path file, Object locked, char[] password)
            throws IOException {
        if (password == null || password.length == 0) {
            throw new LockedKeyException(file + " is encrypted, and its password is not known");
        }
        BouncyCastleProvider ciphers = new BouncyCastleProvider();
        try {
            if (locked instanceof PKCS8EncryptedPrivateKeyInfo key) {
                return key.decryptPrivateKeyInfo(
                        new JceOpenSSLPKCS8DecryptorProviderBuilder()
                                .setProvider(ciphers)
                                .build(password));
            }
            return ((PEMEncryptedKeyPair) locked)
                    .decryptKeyPair(
                            new JcePEMDecryptorProviderBuilder()
                                    .setProvider(ciphers)
                                    .build(password))
                    .getPrivateKeyInfo();
        } catch (PKCSException | OperatorCreationException | IOException e) {
            // what a wrong password makes of it is no key, which is all that can be told
            throw new LockedKeyException(file + " is encrypted with another password", e);
        }
    }

    private static boolean isDer(byte[] content) {
        return content.length > 0 && content[0] == DER_SEQUENCE;
    }

    private static Reader text(byte[] content) {
        return new InputStreamReader(
                new ByteArrayInputStream(content), StandardCharsets.ISO_8859_1);
    }

    private static byte[] content(Path file) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException(file + " is a folder");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException(file + " is too large for a certificate");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist", e);
        }
    }
}
