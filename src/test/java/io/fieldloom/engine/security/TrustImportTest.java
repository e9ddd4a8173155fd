package io.fieldloom.engine.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.engine.security.Authority.Wish;
import io.fieldloom.engine.security.KeptCertificate.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustImportTest {
    @TempDir Path folder;

    private TrustList trust;
    private TrustImport files;

    @BeforeEach
    void begin() {
        trust = new TrustList(new Home(folder.resolve("home")));
        files = new TrustImport(trust);
    }

    @Test
    void whatAFileHoldsGoesWhereItBelongs() throws Exception {
        Authority authority = new Authority("CN=Plant CA");
        X509Certificate plc = authority.issue("CN=plc", "urn:plc", Wish.good());

        files.any(Authority.pem(at("plc.pem"), "CERTIFICATE", plc.getEncoded()));
        files.any(Files.write(at("ca.der"), authority.certificate.getEncoded()));
        files.any(
                Files.write(
                        at("ca.crl"),
                        authority.revoke(Instant.now().minusSeconds(60)).getEncoded()));

        assertThat(certificates(Kind.TRUSTED)).containsExactly(plc);
        assertThat(certificates(Kind.ISSUER)).containsExactly(authority.certificate);
        assertThat(trust.revocations()).hasSize(1);
        Path rubbish = Files.writeString(at("rubbish.pem"), "rubbish");
        assertThatThrownBy(() -> files.any(rubbish)).hasMessageContaining(rubbish.toString());
        assertThatThrownBy(() -> files.issuers(at("plc.pem")))
                .hasMessage("CN=plc is no authority: its certificate may not sign others");
    }

    @Test
    void whatATrustedIssuerRevokedIsNoLongerTrustedAndSaysWhy() throws Exception {
        Authority authority = new Authority("CN=Plant CA");
        X509Certificate plc = authority.issue("CN=plc", "urn:plc", Wish.good());
        X509Certificate other = authority.issue("CN=other", "urn:other", Wish.good());
        Instant at = Instant.parse("2026-01-02T03:04:05Z");
        Path list =
                Authority.pem(at("list.pem"), "X509 CRL", authority.revoke(at, plc).getEncoded());
        assertThatThrownBy(() -> files.any(list))
                .hasMessageContaining("CN=Plant CA, which is no trusted issuer here");

        trust.trustIssuer(authority.certificate);
        trust.trust(plc);
        assertThat(trust.isIssuedByTrusted(List.of(plc), Instant.now())).isTrue();

        assertThat(files.any(list))
                .containsExactly(
                        "CN=Plant CA revoked 1 certificate",
                        "CN=plc was revoked and is no longer trusted");
        assertThat(trust.isTrusted(plc)).isFalse();
        assertThat(certificates(Kind.REJECTED)).containsExactly(plc);
        assertThat(trust.isIssuedByTrusted(List.of(plc), Instant.now())).isFalse();
        assertThat(trust.revoked(List.of(plc), Instant.now()))
                .contains("It was revoked by CN=Plant CA on 2026-01-02 (key compromise).");
        assertThat(trust.isIssuedByTrusted(List.of(other), Instant.now())).isTrue();
    }

    @Test
    void aForgedOrAnOlderListOfRevokedOnesIsNotTaken() throws Exception {
        Authority authority = new Authority("CN=Plant CA");
        X509Certificate plc = authority.issue("CN=plc", "urn:plc", Wish.good());
        trust.trustIssuer(authority.certificate);
        Instant at = Instant.now().minusSeconds(600);
        Authority impostor = new Authority("CN=Plant CA");
        Path forged = Files.write(at("forged.crl"), impostor.revoke(at, plc).getEncoded());
        Path newer = Files.write(at("newer.crl"), authority.revoke(at, plc).getEncoded());
        Path older =
                Files.write(at("older.crl"), authority.revoke(at.minusSeconds(60)).getEncoded());

        assertThatThrownBy(() -> files.revocations(forged))
                .hasMessageContaining("no trusted issuer");
        files.revocations(newer);
        assertThatThrownBy(() -> files.revocations(older)).hasMessageContaining("a newer list");
        assertThat(trust.isIssuedByTrusted(List.of(plc), Instant.now())).isFalse();

        trust.distrustIssuer(authority.certificate);
        assertThat(trust.revocations()).isEmpty();
    }

    private Path at(String name) {
        return folder.resolve(name);
    }

    private List<X509Certificate> certificates(Kind kind) {
        return trust.kept(kind).stream().map(KeptCertificate::certificate).toList();
    }
}
