package io.fieldloom.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script that people start, in front of a Java that only tells what it was given. Wherever the
 * program lies and whoever links to it, it must find its own jar.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path SCRIPT = Path.of("src/main/launcher/fieldloom");
    private static final String TELL =
            "#!/bin/sh\necho pid $$\necho locale $LC_ALL\nfor each; do echo \"[$each]\"; done\n";

    @TempDir Path folder;

    private Path home;
    private Path elsewhere;
    private Path script;

    @BeforeEach
    void install() throws IOException {
        folder = folder.toRealPath();
        home = Files.createDirectories(folder.resolve("my tools/fieldloom"));
        elsewhere = Files.createDirectories(folder.resolve("else where"));
        script = executable("my tools/fieldloom/bin/fieldloom", Files.readString(SCRIPT));
        executable("my java/bin/java", TELL);
    }

    private Path executable(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(String java, Path what, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(what.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(elsewhere.toFile());
        builder.environment().put("JAVA_HOME", folder.resolve(java).toString());
        builder.environment().keySet().removeIf(name -> name.matches("LC_.*|LANG|.*_OPTS"));
        builder.redirectErrorStream(true);
        return builder.start();
    }

    private List<String> told(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return text.lines().toList();
    }

    @Test
    void linksAndSpacesLeadToItsOwnJar() throws Exception {
        Path inner = Files.createSymbolicLink(home.resolve("inner link"), Path.of("bin/fieldloom"));
        Path outer = Files.createSymbolicLink(elsewhere.resolve("fieldloom"), inner);
        for (Path each : List.of(script, inner, outer, Path.of("./fieldloom"))) {
            List<String> told = told(start("my java", each, "read", "a b", "-1"));

            assertThat(told)
                    .as(each.toString())
                    .containsSequence(
                            "[-jar]",
                            "[" + home.resolve("lib/fieldloom.jar") + "]",
                            "[read]",
                            "[a b]",
                            "[-1]");
        }
    }

    // A signal to the script must reach the program; and "°C" must not become "??".
    @Test
    void itBecomesJavaInAnEncodingThatHasAllLetters() throws Exception {
        Process process = start("my java", script, "watch");

        assertThat(told(process)).contains("pid " + process.pid(), "locale C.UTF-8");
    }

    @Test
    void withoutJavaItIsOneLineAndThree() throws Exception {
        Process process = start("no java", script);

        assertThat(told(process)).singleElement().asString().startsWith("fieldloom: no Java: ");
        assertThat(process.exitValue()).isEqualTo(3);
    }
}
