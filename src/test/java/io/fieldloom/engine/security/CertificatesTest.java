package io.fieldloom.engine.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloom.engine.security.KeptCertificate.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    @TempDir Path folder;

    @Test
    void makesTheOwnCertificateOnceAndKeepsItsKeyPrivate() throws Exception {
        Home home = new Home(folder);
        OwnCertificate.Identity made = OwnCertificate.ofClient(home).identity();
        OwnCertificate again = OwnCertificate.ofClient(home);

        assertThat(again.identity().certificate()).isEqualTo(made.certificate());
        assertThat(again.applicationUri()).isEqualTo(made.applicationUri());
        assertThat(URI.create(made.applicationUri()).getScheme()).isEqualTo("urn");
        assertThat(
                        PresentedCertificate.of(
                                        made.certificate(),
                                        Expected.ofServer(null, made.applicationUri(), null),
                                        Instant.now())
                                .faults())
                .as("servers compare the two")
                .isEmpty();
        assertThat(made.certificate().getPublicKey().getAlgorithm()).isEqualTo("RSA");
        Path key = folder.resolve("pki/own/fieldloom.key.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(again.file()).exists();
    }

    @Test
    void namesTheFileOfACertificateThatCannotBeUsed() throws Exception {
        Home home = new Home(folder);
        OwnCertificate.ofClient(home).identity();
        Path file = OwnCertificate.ofClient(home).file();
        Files.writeString(file, "rubbish");
        assertThatThrownBy(() -> OwnCertificate.ofClient(home).identity())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void keepsTheNewestRejectedCertificatesOnly() throws Exception {
        TrustList list = new TrustList(new Home(folder));
        Path rejected = Files.createDirectories(folder.resolve("pki/rejected"));
        for (int age = 1; age <= TrustList.MOST_REJECTED; age++) {
            Path file = Files.writeString(rejected.resolve(age + ".der"), "old");
            Files.setLastModifiedTime(
                    file, FileTime.from(Instant.now().minus(age, ChronoUnit.HOURS)));
        }
        X509Certificate certificate = selfSigned("urn:plc:one", "plc-one");

        list.reject(certificate);

        assertThat(certificates(list, Kind.REJECTED)).containsExactly(certificate);
        assertThat(rejected.toFile().list()).hasSize(TrustList.MOST_REJECTED);
        assertThat(rejected.resolve(TrustList.MOST_REJECTED + ".der")).doesNotExist();
        assertThat(rejected.resolve("1.der")).exists();
    }

    @Test
    void namesEachFaultOfACertificate() throws Exception {
        X509Certificate certificate = selfSigned("urn:plc:one", "plc-one");
        Instant later = certificate.getNotAfter().toInstant().plus(1, ChronoUnit.DAYS);
        Instant earlier = certificate.getNotBefore().toInstant().minus(1, ChronoUnit.DAYS);

        assertThat(faults(certificate, "plc-one", "urn:plc:one", Instant.now())).isEmpty();
        assertThat(faults(certificate, "PLC-ONE", "urn:plc:one", Instant.now())).isEmpty();
        assertThat(faults(certificate, "plc-one", "urn:plc:one", later))
                .singleElement()
                .asString()
                .startsWith("It expired on ");
        assertThat(faults(certificate, "plc-one", "urn:plc:one", earlier))
                .singleElement()
                .asString()
                .startsWith("It is not valid before ");
        assertThat(faults(certificate, "10.0.0.5", "urn:plc:two", Instant.now()))
                .containsExactly(
                        "It is for plc-one, not for 10.0.0.5.",
                        "Its application URI is urn:plc:one, but the server calls itself"
                                + " urn:plc:two.");
    }

    @Test
    void aCertificateThatChangedIsToldFromAnUnknownOneAndTakesThePlaceOfTheOld() throws Exception {
        TrustList list = new TrustList(new Home(folder));
        String endpoint = "opc.tcp://10.0.0.5:4840/plc";
        PresentedCertificate first = shown(selfSigned("urn:plc:one", "plc"), endpoint, list);
        assertThat(first.change()).isEmpty();
        list.trust(first);
        PresentedCertificate other = shown(selfSigned("urn:plc:one", "plc"), endpoint, list);

        assertThat(other.change().orElseThrow())
                .isEqualTo(
                        "another certificate than the one trusted for this endpoint on "
                                + LocalDate.now()
                                + " (SHA-256 "
                                + first.sha256()
                                + ")");
        assertThat(shown(other.certificate(), "opc.tcp://10.0.0.6:4840", list).change())
                .as("another endpoint was never trusted")
                .isEmpty();

        list.trust(other);
        assertThat(list.isTrusted(other.certificate())).isTrue();
        assertThat(list.isTrusted(first.certificate())).isFalse();
        assertThat(certificates(list, Kind.REJECTED)).containsExactly(first.certificate());
        assertThat(list.kept(Kind.TRUSTED))
                .singleElement()
                .extracting(KeptCertificate::endpoints)
                .isEqualTo(List.of(endpoint));
    }

    @Test
    void aListOfAnEarlierVersionLearnsItsEndpointsAsTheyAreMet() throws Exception {
        TrustList list = new TrustList(new Home(folder));
        X509Certificate known = selfSigned("urn:plc:one", "plc");
        list.trust(known);
        Path file = folder.resolve("pki/trusted").toFile().listFiles()[0].toPath();
        Instant longAgo = Instant.parse("2026-01-02T03:04:05Z");
        Files.setLastModifiedTime(file, FileTime.from(longAgo));
        String endpoint = "opc.tcp://10.0.0.5:4840/plc";
        assertThat(list.trustedFor(endpoint)).isEmpty();

        list.met(shown(known, endpoint, list));

        assertThat(new TrustList(new Home(folder)).trustedFor(endpoint))
                .contains(new TrustedFor(endpoint, longAgo, known));
        Files.writeString(folder.resolve("pki/trusted/endpoints.tsv"), "half a li\n");
        assertThat(list.trustedFor(endpoint)).isEmpty();
    }

    @Test
    void trustsWhatATrustedAuthoritySigned() throws Exception {
        TrustList trust = new TrustList(new Home(folder));
        KeyPair authorityKeys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
        KeyPair plcKeys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
        X509Certificate authority =
                signed("CN=Plant CA", authorityKeys, "CN=Plant CA", authorityKeys, true);
        X509Certificate plc = signed("CN=Plant CA", authorityKeys, "CN=plc", plcKeys, false);
        X509Certificate forged = signed("CN=Plant CA", plcKeys, "CN=plc", plcKeys, false);
        assertThat(trust.isIssuedByTrusted(List.of(plc), Instant.now())).isFalse();

        Path issuers = Files.createDirectories(folder.resolve("pki/issuers"));
        Files.write(issuers.resolve("ca.der"), authority.getEncoded());
        Files.writeString(issuers.resolve("broken.der"), "rubbish");

        assertThat(trust.isIssuedByTrusted(List.of(plc), Instant.now())).isTrue();
        assertThat(trust.isIssuedByTrusted(List.of(forged), Instant.now())).isFalse();
        assertThat(trust.isTrusted(plc)).as("it was not trusted one by one").isFalse();
    }

    private static PresentedCertificate shown(
            X509Certificate certificate, String endpoint, TrustList list) {
        return PresentedCertificate.of(certificate, Expected.ANYTHING, Instant.now())
                .shownAt(endpoint, list.trustedFor(endpoint), Optional.empty());
    }

    private static List<X509Certificate> certificates(TrustList list, Kind kind) {
        return list.kept(kind).stream().map(KeptCertificate::certificate).toList();
    }

    private static List<String> faults(
            X509Certificate certificate, String host, String uri, Instant now) {
        return PresentedCertificate.of(certificate, Expected.ofServer(host, uri, null), now)
                .faults();
    }

    private static X509Certificate selfSigned(String uri, String host) throws Exception {
        return new SelfSignedCertificateBuilder(
                        SelfSignedCertificateGenerator.generateRsaKeyPair(2048))
                .setCommonName(host)
                .setApplicationUri(uri)
                .addDnsName(host)
                .setValidityPeriod(Period.ofDays(30))
                .build();
    }

    private static X509Certificate signed(
            String issuer, KeyPair issuerKeys, String subject, KeyPair keys, boolean authority)
            throws Exception {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        new X500Name(issuer),
                        java.math.BigInteger.valueOf(now.toEpochMilli()),
                        Date.from(now.minus(1, ChronoUnit.DAYS)),
                        Date.from(now.plus(30, ChronoUnit.DAYS)),
                        new X500Name(subject),
                        keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withRSA")
                                        .build(issuerKeys.getPrivate())));
    }
}
