package io.fieldloom.engine.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
    @TempDir Path folder;

    @Test
    void whatWasSetIsThereAtTheNextStart() {
        SettingsFile first = new SettingsFile(new Home(folder), Runnable::run);
        first.update(settings -> settings.withTheme("light").withWelcomed(true));
        first.update(settings -> settings.withProject("/a").withProject("/b").withProject("/a"));
        first.update(settings -> settings.withSizes("columns", List.of(0.28, 0.7)));

        Settings next = new SettingsFile(new Home(folder), Runnable::run).get();

        assertThat(next.theme()).isEqualTo("light");
        assertThat(next.lastProject()).isEqualTo("/a");
        assertThat(next.recentProjects()).containsExactly("/a", "/b");
        assertThat(next.sizes()).containsEntry("columns", List.of(0.28, 0.7));
        assertThat(next.welcomed()).isTrue();
    }

    // The file is edited by hand, cut off by a full disk, or written by another release.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[1,2]",
                "{\"theme\":{}}",
                "{\"theme\":\"neon\",\"new\":1,\"recentProjects\":[null,\"\"],\"sizes\":{\"a\":[null]}}"
            })
    void aDamagedFileGivesTheFirstSettings(String text) throws IOException {
        Files.writeString(new Home(folder).settings(), text);

        assertThat(new SettingsFile(new Home(folder), Runnable::run).get())
                .isEqualTo(Settings.FIRST);
    }

    @Test
    void changesInQuickSuccessionAreOneWriteAndClosingWaitsForNone() {
        List<Runnable> later = new ArrayList<>();
        SettingsFile file = new SettingsFile(new Home(folder), later::add);
        file.update(settings -> settings.withTheme("light"));
        file.update(settings -> settings.withWelcomed(true));
        assertThat(later).hasSize(1);

        file.close();

        assertThat(new SettingsFile(new Home(folder), Runnable::run).get().welcomed()).isTrue();
    }
}
