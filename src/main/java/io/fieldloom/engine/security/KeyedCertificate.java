package io.fieldloom.engine.security;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;

/** A certificate and the private key that belongs to it, both RSA, as OPC UA's policies demand. */
public record KeyedCertificate(X509Certificate certificate, PrivateKey key) {
    /**
     * Reads both and sees whether they fit.
     *
     * @param certificate PEM or DER; the first where there are several
     * @param password what the key is encrypted with; null where it is not, or nobody knows
     */
    public static KeyedCertificate read(Path certificate, Path key, char[] password)
            throws IOException {
        X509Certificate shown = CertificateFiles.certificates(certificate).get(0);
        PrivateKey secret = CertificateFiles.key(key, password);
        if (!(shown.getPublicKey() instanceof RSAPublicKey publicKey)) {
            throw new IOException(
                    certificate
                            + " is a certificate with a key of kind "
                            + shown.getPublicKey().getAlgorithm()
                            + "; OPC UA takes RSA");
        }
        if (!(secret instanceof RSAPrivateKey privateKey)
                || !privateKey.getModulus().equals(publicKey.getModulus())) {
            throw new IOException(
                    "the key in " + key + " does not belong to the certificate in " + certificate);
        }
        return new KeyedCertificate(shown, secret);
    }

    @Override
    public String toString() {
        return "KeyedCertificate[" + certificate.getSubjectX500Principal().getName() + "]";
    }
}
