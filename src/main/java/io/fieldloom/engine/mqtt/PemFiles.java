package io.fieldloom.engine.mqtt;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads certificates and keys from PEM files (RFC 7468); the key forms are those OpenSSL writes.
 */
final class PemFiles {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /** AlgorithmIdentifier of rsaEncryption (RFC 8017): its OID and NULL. */
    private static final byte[] RSA = {
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    /** The OID id-ecPublicKey (RFC 5480). */
    private static final byte[] EC = {
        0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
    };

    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final byte SEQUENCE = 0x30;
    private static final byte OCTET_STRING = 0x04;
    private static final byte CONTEXT_0 = (byte) 0xa0;

    private PemFiles() {}

    /** All certificates of a file, in its order; at least one. */
    static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            Matcher block = BLOCK.matcher(read(file));
            while (block.find()) {
                if (block.group(1).endsWith("CERTIFICATE")) {
                    found.add(
                            (X509Certificate)
                                    factory.generateCertificate(
                                            new ByteArrayInputStream(bytes(file, block))));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds a certificate that cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new IOException(file + " holds no certificate in PEM form");
        }
        return found;
    }

    /** The first private key of a file: PKCS #8, PKCS #1 (RSA) or SEC 1 (elliptic curve). */
    static PrivateKey key(Path file) throws IOException {
        Matcher block = BLOCK.matcher(read(file));
        while (block.find()) {
            if (block.group(1).equals("ENCRYPTED PRIVATE KEY")
                    || block.group(2).contains("ENCRYPTED")) {
                throw new IOException(file + " is encrypted; Fieldloom needs the key in the clear");
            }
            switch (block.group(1)) {
                case "PRIVATE KEY" -> {
                    return pkcs8(file, bytes(file, block));
                }
                case "RSA PRIVATE KEY" -> {
                    return pkcs8(
                            file,
                            der(SEQUENCE, VERSION_0, RSA, der(OCTET_STRING, bytes(file, block))));
                }
                case "EC PRIVATE KEY" -> {
                    byte[] sec1 = bytes(file, block);
                    byte[] algorithm = der(SEQUENCE, EC, curve(file, sec1));
                    return pkcs8(
                            file, der(SEQUENCE, VERSION_0, algorithm, der(OCTET_STRING, sec1)));
                }
                default -> {
                    // EC PARAMETERS, or the certificate that lies in the same file
                }
            }
        }
        throw new IOException(file + " holds no private key in PEM form");
    }

    private static PrivateKey pkcs8(Path file, byte[] encoded) throws IOException {
        for (String algorithm : List.of("RSA", "EC", "Ed25519", "RSASSA-PSS")) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                continue; // a key of another algorithm
            } catch (GeneralSecurityException e) {
                throw new IOException(file + " holds a key that cannot be read", e);
            }
        }
        throw new IOException(file + " holds a key of a kind that Fieldloom does not know");
    }

    /** The curve's OID: the content of element [0] of an ECPrivateKey (RFC 5915). */
    private static byte[] curve(Path file, byte[] sec1) throws IOException {
        int at = 1 + lengthOfLength(sec1, 1); // into the sequence
        while (at + 1 < sec1.length) {
            int header = 1 + lengthOfLength(sec1, at + 1);
            int length = length(sec1, at + 1);
            if (length < 0 || at + header + length > sec1.length) {
                break;
            }
            if (sec1[at] == CONTEXT_0) {
                return java.util.Arrays.copyOfRange(sec1, at + header, at + header + length);
            }
            at += header + length;
        }
        throw new IOException(file + " holds an elliptic curve key that does not name its curve");
    }

    private static int lengthOfLength(byte[] der, int at) {
        return der[at] >= 0 ? 1 : 1 + (der[at] & 0x7f);
    }

    private static int length(byte[] der, int at) {
        if (der[at] >= 0) {
            return der[at];
        }
        int length = 0;
        for (int i = 1; i <= (der[at] & 0x7f) && at + i < der.length; i++) {
            length = length << 8 | der[at + i] & 0xff;
        }
        return length;
    }

    private static byte[] der(byte tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.writeBytes(new byte[] {(byte) 0x81, (byte) length});
        } else {
            out.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist", e);
        }
    }

    private static byte[] bytes(Path file, Matcher block) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(block.group(2).trim());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: it is not base64", e);
        }
    }
}
