package io.fieldloom.engine.device.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceSession;
import io.fieldloom.foreign.NodeOpcuaServer;
import io.fieldloom.foreign.UserFiles;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A foreign server whose certificate is wrong in each of the usual ways. */
@Tag("foreign")
class ForeignCertificatesTest {
    private static final String URI = "urn:foreign:plant";
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir Path folder;

    private NodeOpcuaServer server;
    private OpcUaBench bench;

    @AfterEach
    void stop() throws Exception {
        if (bench != null) {
            bench.close();
        }
        if (server != null) {
            server.kill();
        }
    }

    @Test
    void anExpiredOneIsNamedWithItsDay() throws Exception {
        Issued wrong = new Issued("127.0.0.1", URI, "CN=plc", Duration.ofDays(-10));
        assertThat(refusal(wrong).getMessage())
                .contains("CN=plc, signed by itself")
                .contains(
                        "It expired on "
                                + wrong.certificate
                                        .getNotAfter()
                                        .toInstant()
                                        .toString()
                                        .substring(0, 10));
    }

    @Test
    void oneOfAnotherHostIsNamedWithBoth() throws Exception {
        assertThat(refusal(new Issued("10.9.8.7", URI, "CN=plc", YEAR)).getMessage())
                .contains("It is for 10.9.8.7, not for 127.0.0.1");
    }

    @Test
    void oneOfAnotherApplicationIsNamedWithBoth() throws Exception {
        assertThat(refusal(new Issued("127.0.0.1", "urn:else", "CN=plc", YEAR)).getMessage())
                .contains("Its application URI is urn:else, but the server calls itself " + URI);
    }

    @Test
    void oneOfAnUnknownIssuerNamesTheIssuerAndIsTakenOnceThatIsTrusted() throws Exception {
        Issued fine = new Issued("127.0.0.1", URI, "CN=Plant authority", YEAR);
        DeviceException refused = refusal(fine);
        assertThat(refused.getMessage())
                .contains("issued by CN=Plant authority, which is no trusted issuer here")
                .doesNotContain("expired", "It is for", "application URI");

        Path issuers = Files.createDirectories(folder.resolve("home/pki/issuers"));
        Files.write(issuers.resolve("plant.der"), fine.authority.getEncoded());
        DeviceSession session = session();
        OpcUaBench.answer(session.connect());
    }

    private DeviceException refusal(Issued shown) throws Exception {
        bench = new OpcUaBench(folder.resolve("home"));
        server = new NodeOpcuaServer(folder.resolve("pki"));
        server.start(
                "--secure",
                "--certificate",
                UserFiles.pem(
                                folder.resolve("plc.crt"),
                                "certificate",
                                shown.certificate.getEncoded())
                        .toString(),
                "--key",
                UserFiles.pem(
                                folder.resolve("plc.key"),
                                "private key",
                                shown.keys.getPrivate().getEncoded())
                        .toString());
        DeviceException refused = OpcUaBench.failure(session().connect());
        assertThat(refused.kind()).isEqualTo(DeviceException.Kind.UNTRUSTED);
        return refused;
    }

    private DeviceSession session() {
        return bench.session(
                server.endpoint(),
                "Basic256Sha256/SignAndEncrypt",
                null,
                null,
                new OpcUaBench.Events());
    }

    /** A server's certificate and who issued it. */
    private static final class Issued {
        final KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
        final X509Certificate authority;
        final X509Certificate certificate;

        /**
         * @param left how long it is still valid; below nothing where it has expired
         */
        Issued(String host, String uri, String issuer, Duration left) throws Exception {
            boolean itself = issuer.equals("CN=plc");
            KeyPair issuing =
                    itself ? keys : SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
            authority =
                    itself
                            ? null
                            : signed(
                                    issuer,
                                    issuing,
                                    issuer,
                                    issuing,
                                    builder -> {
                                        builder.addExtension(
                                                Extension.basicConstraints,
                                                true,
                                                new BasicConstraints(true));
                                    },
                                    YEAR);
            certificate =
                    signed(
                            issuer,
                            issuing,
                            "CN=plc",
                            keys,
                            builder -> {
                                builder.addExtension(
                                        Extension.subjectAlternativeName,
                                        false,
                                        new GeneralNames(
                                                new GeneralName[] {
                                                    new GeneralName(
                                                            GeneralName.uniformResourceIdentifier,
                                                            uri),
                                                    new GeneralName(GeneralName.iPAddress, host)
                                                }));
                                builder.addExtension(
                                        Extension.keyUsage,
                                        true,
                                        new KeyUsage(
                                                KeyUsage.digitalSignature
                                                        | KeyUsage.nonRepudiation
                                                        | KeyUsage.keyEncipherment
                                                        | KeyUsage.dataEncipherment));
                            },
                            left);
        }

        private interface Extensions {
            void to(JcaX509v3CertificateBuilder builder) throws Exception;
        }

        private static X509Certificate signed(
                String issuer,
                KeyPair issuing,
                String subject,
                KeyPair keys,
                Extensions extensions,
                Duration left)
                throws Exception {
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            new X500Name(issuer),
                            BigInteger.valueOf(now.toEpochMilli()),
                            Date.from(now.minus(YEAR)),
                            Date.from(now.plus(left)),
                            new X500Name(subject),
                            keys.getPublic());
            extensions.to(builder);
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withRSA")
                                            .build(issuing.getPrivate())));
        }
    }
}
