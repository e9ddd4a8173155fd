package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloom.app.CommandRun.Result;
import io.fieldloom.foreign.NodeOpcuaServer;
import io.fieldloom.foreign.UserFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands log in with a user certificate at a server that we did not write. */
@Tag("foreign")
class ForeignLoginTest {
    private static final String LEVEL = "nsu=urn:foreign:filler;s=Level";

    @TempDir Path folder;
    private NodeOpcuaServer server;
    private UserFiles operator;

    @BeforeEach
    void begin() throws Exception {
        Path users = Files.createDirectories(folder.resolve("users"));
        operator = UserFiles.make(users, "operator", Duration.ofDays(365)).locked("s3cret");
        server = new NodeOpcuaServer(folder.resolve("pki"));
        server.start("--secure", "--user-certificate", operator.certificate().toString());
    }

    @AfterEach
    void end() throws Exception {
        server.kill();
    }

    private CommandRun command(UserFiles user, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(
                List.of(
                        "--user-cert",
                        user.certificate().toString(),
                        "--user-key",
                        user.key().toString()));
        return CommandRun.of(folder.resolve("home"), all.toArray(String[]::new));
    }

    @Test
    void readsWithACertificateWhoseKeyIsEncrypted() throws Exception {
        Result read =
                command(operator, "read", server.endpoint(), LEVEL, "--trust-server", "--json")
                        .withVariable("FIELDLOOM_PASSWORD", "s3cret")
                        .result();
        assertThat(read.code()).as(read.err()).isZero();
        assertThat(read.json().get(0).get("value").asDouble()).isEqualTo(42.5);

        Path wrong = Files.writeString(folder.resolve("wrong"), "S3cret\n");
        Result refused =
                command(
                                operator,
                                "read",
                                server.endpoint(),
                                LEVEL,
                                "--password-file",
                                wrong.toString())
                        .result();
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("operator.key.locked is encrypted with another");
    }

    @Test
    void anUnknownCertificateIsTurnedAwayInWordsAndDiagnosed() throws Exception {
        UserFiles stranger = UserFiles.make(folder, "stranger", Duration.ofDays(365));
        Result read =
                command(stranger, "read", server.endpoint(), LEVEL, "--trust-server").result();
        assertThat(read.code()).isEqualTo(3);
        assertThat(read.err())
                .contains("does not accept the user certificate CN=stranger")
                .contains("(BadIdentityTokenRejected). On the server, put it among the trusted");

        Result diagnosis = command(stranger, "diagnose", server.endpoint(), "--json").result();
        assertThat(diagnosis.code()).isEqualTo(3);
        List<JsonNode> layers = diagnosis.jsonLines();
        JsonNode last = layers.get(layers.size() - 1);
        assertThat(last.get("layer").asText()).isEqualTo("identity");
        assertThat(last.get("message").asText()).contains("CN=stranger");
    }

    @Test
    void aProjectNamesTheFilesAndThePasswordComesFromElsewhere() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("hall.fieldloom.yaml"),
                        """
                        fieldloom: 1
                        devices:
                          filler:
                            endpoint: "%s"
                            security: None/None
                            userCert: users/operator.crt
                            userKey: users/operator.key.locked
                        mappings:
                          acme/level: {device: filler, tag: "%s"}
                        """
                                .formatted(server.endpoint(), LEVEL));
        Path password = Files.writeString(folder.resolve("password"), "s3cret\n");
        Result run =
                CommandRun.of(
                                folder.resolve("home"),
                                "run",
                                file.toString(),
                                "--for",
                                "2s",
                                "--password-file",
                                "filler=" + password,
                                "--json")
                        .result();
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("received").asInt()).as(run.err()).isPositive();

        Result without =
                CommandRun.of(folder.resolve("home"), "run", file.toString(), "--for", "1s")
                        .result();
        assertThat(without.err())
                .contains("users/operator.key.locked is encrypted, and its password is not known")
                .contains("add --password-file filler=FILE");
    }
}
