package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloom.app.CommandRun.Result;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.simulation.Signals;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.engine.security.Authority;
import io.fieldloom.engine.security.Authority.Wish;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.simulate.opcua.OpcUaSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcollections.HashTreePMap;

/** Trust in OPC UA servers, as a script sees it. */
class CliCertificatesTest {
    private static final String TAG = "nsu=urn:acme:filler;s=A";
    private static final String SECURE = "Basic256Sha256/SignAndEncrypt";

    @TempDir Path home;
    @TempDir Path first;
    @TempDir Path second;
    @TempDir Path files;

    private Result run(String... args) {
        return CommandRun.of(home, args).result();
    }

    private static OpcUaSimulator server(Path folder, Integer port) throws Exception {
        OpcUaSimulator server =
                new OpcUaSimulator(
                        new Simulator(
                                "filler-sim",
                                Simulator.OPC_UA,
                                null,
                                port,
                                1L,
                                "urn:acme:filler",
                                null,
                                HashTreePMap.singleton("A", Signals.constant("Int32", "7", false))),
                        new Home(folder),
                        Map.of());
        server.start();
        return server;
    }

    @Test
    void anotherCertificateThanTheTrustedOneIsSaidFirstAndReplacesItOnDemand() throws Exception {
        String endpoint;
        try (OpcUaSimulator server = server(first, null)) {
            endpoint = server.endpoint();
            assertThat(run("read", endpoint, TAG, "--security", SECURE, "--trust-server").code())
                    .isZero();
        }
        JsonNode known = run("certificates", "--json").json();
        assertThat(known).hasSize(1);
        assertThat(known.get(0).get("list").asText()).isEqualTo("trusted");
        assertThat(known.get(0).get("endpoints").get(0).asText()).isEqualTo(endpoint);
        String old = known.get(0).get("sha256").asText();

        try (OpcUaSimulator server = server(second, Endpoint.parse(endpoint).port())) {
            assertThat(server.endpoint()).as("the same place").isEqualTo(endpoint);
            Result refused = run("read", endpoint, TAG, "--security", SECURE, "--json");
            assertThat(refused.code()).isEqualTo(3);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err().lines()).hasSize(1);
            assertThat(refused.err())
                    .contains("it shows another certificate than the one trusted for this endpoint")
                    .contains(old)
                    .contains("valid from ")
                    .contains("signed by itself");
            JsonNode waiting = run("certificates", "--json").json().get(1);
            assertThat(waiting.get("list").asText()).isEqualTo("rejected");

            Result trusted = run("certificates", "--trust", waiting.get("sha1").asText());
            assertThat(trusted.code()).as(trusted.err()).isZero();
            assertThat(run("read", endpoint, TAG, "--security", SECURE).code()).isZero();
            assertThat(run("certificates", "--distrust", old).code())
                    .as("the new one took the place of the old")
                    .isEqualTo(1);
            assertThat(run("certificates", "--distrust", waiting.get("sha256").asText()).code())
                    .isZero();
            assertThat(run("read", endpoint, TAG, "--security", SECURE).code()).isEqualTo(3);
        }
    }

    @Test
    void issuersAndTheirListsOfRevokedOnesAreTakenFromFiles() throws Exception {
        Authority authority = new Authority("CN=Plant CA");
        X509Certificate plc = authority.issue("CN=plc", "urn:plc", Wish.good());
        Path ca =
                Authority.pem(
                        files.resolve("ca.pem"), "CERTIFICATE", authority.certificate.getEncoded());
        Path crl =
                Files.write(
                        files.resolve("ca.crl"),
                        authority.revoke(Instant.now().minusSeconds(60), plc).getEncoded());
        Path one = Files.write(files.resolve("plc.der"), plc.getEncoded());

        Result early = run("certificates", "--crl", crl.toString());
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.err().lines()).hasSize(1);
        assertThat(early.err()).contains("CN=Plant CA, which is no trusted issuer here");

        assertThat(run("certificates", "--trust", one.toString()).code()).isZero();
        Result taken =
                run("certificates", "--issuer", ca.toString(), "--crl", crl.toString(), "--json");
        assertThat(taken.code()).as(taken.err()).isZero();
        assertThat(taken.json().findValuesAsText("list"))
                .containsExactly("rejected", "issuer", "revoked");
        assertThat(taken.err()).contains("CN=plc was revoked and is no longer trusted");

        Path own = files.resolve("own.der");
        Result exported = run("certificates", "--export-own", own.toString());
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(own).isNotEmptyFile();
        assertThat(run("certificates", "--trust", crl.toString()).code()).isEqualTo(2);
    }
}
