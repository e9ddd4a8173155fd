package io.fieldloom.engine.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that OpenSSL 3.0 wrote: one RSA key in each form, with its certificate. */
class CertificateFilesTest {
    private static final char[] PASSWORD = "secret".toCharArray();

    @TempDir Path folder;

    static Path file(String name) {
        return Path.of("src/test/resources/io/fieldloom/engine/security", name);
    }

    @ParameterizedTest
    @CsvSource({
        "operator.pem, pkcs8.pem",
        "operator.der, pkcs8.der",
        "operator.pem, pkcs1.pem",
        "both.pem,     both.pem",
        "operator.pem, encrypted.pem",
        "operator.der, encrypted-traditional.pem"
    })
    void readsEachFormOfACertificateAndItsKey(String certificate, String key) throws Exception {
        KeyedCertificate read = KeyedCertificate.read(file(certificate), file(key), PASSWORD);
        assertThat(read.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=operator");
        assertThat(read.key().getAlgorithm()).isEqualTo("RSA");
    }

    // Brokers take these; OPC UA does not.
    @ParameterizedTest
    @CsvSource({"sec1.pem, EC", "ed25519.pem, Ed"})
    void readsKeysOfEllipticCurves(String key, String algorithm) throws Exception {
        PrivateKey read = CertificateFiles.clearKey(file(key));
        assertThat(read.getAlgorithm()).startsWith(algorithm);
        assertThatThrownBy(() -> KeyedCertificate.read(file("operator.pem"), file(key), null))
                .hasMessageContaining("does not belong to the certificate");
    }

    @ParameterizedTest
    @CsvSource({"encrypted.pem", "encrypted-traditional.pem"})
    void tellsAMissingPasswordFromAWrongOne(String key) {
        assertThatThrownBy(() -> CertificateFiles.key(file(key), null))
                .isInstanceOf(LockedKeyException.class)
                .hasMessageContaining(key + " is encrypted, and its password is not known");
        assertThatThrownBy(() -> CertificateFiles.key(file(key), "Secret".toCharArray()))
                .isInstanceOf(LockedKeyException.class)
                .hasMessageContaining(key + " is encrypted with another password");
        assertThatThrownBy(() -> CertificateFiles.clearKey(file(key)))
                .hasMessageContaining("needs the key in the clear");
    }

    @Test
    void namesTheFileOfWhatIsWrong() throws Exception {
        Path damaged =
                Files.writeString(
                        folder.resolve("damaged.pem"),
                        "-----BEGIN PRIVATE KEY-----\nMIIB$$$$\n-----END PRIVATE KEY-----\n");
        Path text = Files.writeString(folder.resolve("text.pem"), "no such thing");
        Path cut = Files.write(folder.resolve("cut.der"), new byte[] {0x30, 0x10, 0x02});

        refuses(text, "text.pem holds no private key", "text.pem holds no certificate");
        refuses(damaged, "damaged.pem holds a key that cannot", "damaged.pem holds a certificate");
        refuses(cut, "cut.der holds a key that cannot", "cut.der holds a certificate that cannot");
        refuses(folder.resolve("none.pem"), "none.pem does not exist", "none.pem does not exist");
    }

    private static void refuses(Path file, String asKey, String asCertificate) {
        assertThatThrownBy(() -> CertificateFiles.key(file, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(asKey);
        assertThatThrownBy(() -> CertificateFiles.certificates(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(asCertificate);
    }

    @Test
    void readsAllCertificatesOfAChainInOrder() throws Exception {
        String one = Files.readString(file("operator.pem"));
        Path chain = Files.writeString(folder.resolve("chain.pem"), "a comment\n" + one + one);
        assertThat(CertificateFiles.certificates(chain))
                .hasSize(2)
                .extracting(X509Certificate::getSubjectX500Principal)
                .extracting(Object::toString)
                .containsOnly("CN=operator");
    }
}
