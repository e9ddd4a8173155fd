package io.fieldloom.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.engine.security.Authority.Wish;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

class CertificateFaultsTest {
    private final Authority authority = authority();

    private static Authority authority() {
        try {
            return new Authority("CN=Plant CA");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aGoodOneHasNone() throws Exception {
        assertThat(faults(Wish.good())).isEmpty();
        assertThat(faults(Wish.good().purpose(null)))
                .as("extended key usage is asked for only where it is there")
                .isEmpty();
    }

    @Test
    void aKeyThatThePolicyFindsTooShortIsNamed() throws Exception {
        assertThat(faults(Wish.good().key(1024)))
                .containsExactly(
                        "Its RSA key has 1024 bits; Basic256Sha256 asks for 2048 to 4096.");
    }

    @Test
    void aSignatureThatCanBeForgedIsNamed() throws Exception {
        assertThat(faults(Wish.good().signedWith("SHA1withRSA")))
                .containsExactly(
                        "It is signed with SHA1withRSA, which can be forged; OPC UA's policies ask"
                                + " for SHA-256.");
        assertThat(faults(Wish.good().signedWith("MD5withRSA")))
                .singleElement()
                .asString()
                .contains("MD5withRSA");
    }

    @Test
    void aKeyThatIsForSomethingElseIsNamed() throws Exception {
        assertThat(faults(Wish.good().uses(KeyUsage.digitalSignature)))
                .containsExactly("Its key usage lacks keyEncipherment, dataEncipherment.");
        assertThat(faults(Wish.good().uses(null)))
                .singleElement()
                .asString()
                .startsWith("It does not say what its key may be used for");
        assertThat(faults(Wish.good().purpose(KeyPurposeId.id_kp_clientAuth)))
                .containsExactly(
                        "Its extended key usage lacks serverAuth: it is not for a server.");
    }

    private List<String> faults(Wish wish) throws Exception {
        return PresentedCertificate.of(
                        authority.issue("CN=plc", "urn:plc", wish),
                        Expected.ofServer("127.0.0.1", "urn:plc", "Basic256Sha256"),
                        Instant.now())
                .faults();
    }
}
