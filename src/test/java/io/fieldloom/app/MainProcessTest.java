package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: its exit code, its streams, its end by a signal. */
class MainProcessTest {
    private static final Duration STARTED = Duration.ofSeconds(90);

    @TempDir Path folder;

    private Process process;
    private File output;

    private Process start(List<String> properties, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(properties);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("FIELDLOOM_HOME", folder.resolve("home").toString());
        builder.environment().remove("DISPLAY");
        builder.redirectOutput(output == null ? folder.resolve("out").toFile() : output);
        builder.redirectError(folder.resolve("err").toFile());
        process = builder.start();
        return process;
    }

    @AfterEach
    void end() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    private int exitCode() throws InterruptedException {
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    @Test
    void theVersionIsAnswered() throws Exception {
        start(List.of(), "--version");

        assertThat(exitCode()).isZero();
        assertThat(out()).startsWith("fieldloom ");
        assertThat(err()).isEmpty();
    }

    // Whoever stops a run on purpose wants its summary, and no alarm.
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aSignalEndsACommandInGoodOrder() throws Exception {
        start(List.of(), "demo", "--headless", "--json");
        await().atMost(STARTED).until(() -> err().contains("listening modbus-tcp"));
        process.destroy();

        assertThat(exitCode()).isZero();
        assertThat(out()).startsWith("{\"tags\":").endsWith("}}\n");
    }

    // A script that keeps the answer in a file must not take half of it for the whole.
    @Test
    @EnabledOnOs(OS.LINUX)
    void anAnswerThatDoesNotFitOnTheDiskIsAFailure() throws Exception {
        output = Path.of("/dev/full").toFile();
        start(List.of(), "--version");

        assertThat(exitCode()).isEqualTo(3);
        assertThat(err().lines()).hasSize(1);
        assertThat(err()).startsWith("fieldloom: standard output: ");
    }

    @Test
    @DisabledOnOs({OS.WINDOWS, OS.MAC})
    void withoutADisplayTheWindowIsOneLineAndThree() throws Exception {
        start(List.of());

        assertThat(exitCode()).isEqualTo(3);
        assertThat(out()).isEmpty();
        assertThat(err().lines()).hasSize(1);
        assertThat(err()).startsWith("fieldloom: the window cannot open");
    }
}
