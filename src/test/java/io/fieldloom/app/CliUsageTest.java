package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.app.CommandRun.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says to who does not know it. Scripts rely on the codes and the form. */
class CliUsageTest {
    @TempDir Path home;

    private Result run(String... args) {
        return CommandRun.of(home, args).result();
    }

    // Told before anything connects, whichever of the files it is.
    @ParameterizedTest
    @CsvSource({
        "operator.pem, gone.pem, gone.pem does not exist",
        "gone.der, pkcs8.pem, gone.der does not exist",
        "operator.pem, operator.der, operator.der holds a key that cannot be read",
        "operator.pem, ed25519.pem, does not belong to the certificate in",
        "operator.pem, encrypted.pem, with --password-file or FIELDLOOM_PASSWORD"
    })
    void aUserCertificateThatCannotBeUsedIsNamed(String certificate, String key, String words) {
        Path files = Path.of("src/test/resources/io/fieldloom/engine/security");
        Result result =
                run(
                        "read",
                        "opc.tcp://127.0.0.1:9",
                        "i=84",
                        "--user-cert",
                        files.resolve(certificate).toString(),
                        "--user-key",
                        files.resolve(key).toString());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(words);
        assertThat(result.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "browse",
                "read",
                "write",
                "watch",
                "publish",
                "lint",
                "run",
                "simulate",
                "demo",
                "broker"
            })
    void everyCommandExplainsItself(String command) {
        Result result = run(command, "--help");

        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("Usage: fieldloom " + command);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void theHelpNamesEveryCommand() {
        Result result = run("--help");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("browse", "read", "write", "broker");
    }

    @Test
    void theVersionIsOneLine() {
        Result result = run("--version");

        assertThat(result.code()).isZero();
        assertThat(result.out()).matches("fieldloom \\d+\\.\\d+\\.\\d+\\R");
    }

    @Test
    void aCommandWhoseFeatureIsNotBuiltIsAbsent() {
        assertThat(run("drift", "hall.fieldloom.yaml").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "gone.fieldloom.yaml",
                "--nonsense",
                "read",
                "read modbus-tcp://127.0.0.1:9",
                "read modbus-tcp://127.0.0.1:9 holding:1 --nonsense",
                "read modbus-tcp://127.0.0.1:9 holding:70000",
                "read modbus-tcp://127.0.0.1:9 nsu=urn:a;s=b",
                "read modbus-tcp://127.0.0.1:9 holding:1 --user loom",
                "read modbus-tcp://127.0.0.1:9 holding:1 --user-cert a --user-key b",
                "read opc.tcp://127.0.0.1:9 i=84 --user-cert a",
                "read opc.tcp://127.0.0.1:9 i=84 --user-key b",
                "read opc.tcp://127.0.0.1:9 i=84 --user loom --user-cert a --user-key b",
                "read modbus-tcp://127.0.0.1:9?color=blue holding:1",
                "read profinet://127.0.0.1 holding:1",
                "read 127.0.0.1 holding:1",
                "browse modbus-tcp://127.0.0.1:9 --depth -1",
                "browse modbus-tcp://127.0.0.1:9 --depth deep",
                "browse modbus-tcp://127.0.0.1:9 --from i=85",
                "browse modbus-rtu:/dev/ttyUSB0?inflight=4",
                "write modbus-tcp://127.0.0.1:9 holding:1",
                "write modbus-tcp://127.0.0.1:9 input:1 5",
                "write modbus-tcp://127.0.0.1:9 discrete:1 true",
                "broker --port 0",
                "broker --port many",
                "broker --bind 0.0.0.0",
                "broker --for soon",
            })
    void wrongUsageIsOneLineAndTwo(String line) {
        Result result = run(line.split(" "));

        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).startsWith("fieldloom: ").doesNotContain("Exception");
    }

    @Test
    void aSubcommandsFailurePointsToItsHelp() {
        assertThat(run("read").failure()).endsWith("Try 'fieldloom read --help'");
    }

    @Test
    void aPasswordNeedsAUser() {
        Result result =
                CommandRun.of(home, "read", "opc.tcp://127.0.0.1:9", "i=85", "--password-file", "-")
                        .withInput("secret\n")
                        .result();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--user").doesNotContain("secret");
    }

    @Test
    void aMissingPasswordFileIsNamed() {
        Path file = home.resolve("no-such-file");
        Result result =
                run(
                        "read",
                        "opc.tcp://127.0.0.1:9",
                        "i=85",
                        "--user",
                        "loom",
                        "--password-file",
                        file.toString());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(file.toString());
    }

    // A word that is close to a command must not be opened as a file.
    @Test
    void anUnknownWordIsNamedWithTheCommands() {
        Result result = run("brows");

        assertThat(result.failure()).contains("'brows'").contains("browse");
    }

    @Test
    void theStackTraceComesOnlyWhenAskedFor() {
        String[] refused = {"read", "modbus-tcp://127.0.0.1:1", "holding:1"};
        List<String> plain = run(refused).err().lines().toList();
        String debug = run("read", "modbus-tcp://127.0.0.1:1", "holding:1", "--debug").err();

        assertThat(plain).hasSize(1);
        assertThat(debug).contains("\tat ");
    }
}
