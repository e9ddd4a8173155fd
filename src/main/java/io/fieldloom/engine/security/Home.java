package io.fieldloom.engine.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The folder of Fieldloom's own state: certificates, trust, settings, logs, audit, backups. It is
 * taken from the environment, never from {@code user.home}, so that a script can redirect it.
 */
public record Home(Path folder) {

    /** The folder that the environment names; it need not exist yet. */
    public static Home of(Map<String, String> environment, String osName) {
        String own = environment.get("FIELDLOOM_HOME");
        if (own != null && !own.isBlank()) {
            return new Home(Path.of(own).toAbsolutePath());
        }
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            String appData = environment.getOrDefault("APPDATA", ".");
            return new Home(Path.of(appData, "Fieldloom").toAbsolutePath());
        }
        String home = environment.getOrDefault("HOME", ".");
        if (os.startsWith("mac")) {
            return new Home(
                    Path.of(home, "Library", "Application Support", "Fieldloom").toAbsolutePath());
        }
        String config = environment.get("XDG_CONFIG_HOME");
        return new Home(
                (config == null || config.isBlank() ? Path.of(home, ".config") : Path.of(config))
                        .resolve("fieldloom")
                        .toAbsolutePath());
    }

    /** Fails where nothing can be kept: no such folder, no right to write, no space. */
    public void checkWritable() throws IOException {
        Files.createDirectories(folder);
        Path probe = Files.createTempFile(folder, "probe", null);
        try {
            Files.write(probe, new byte[1]);
        } finally {
            Files.delete(probe);
        }
    }

    public Path pki() {
        return folder.resolve("pki");
    }

    public Path backups() {
        return folder.resolve("backups");
    }

    /** Copies of what is edited and not saved. */
    public Path unsaved() {
        return folder.resolve("unsaved");
    }

    /** One line for each live embedded broker: {@code URL PID}. */
    public Path brokerRegistry() {
        return folder.resolve("run").resolve("broker");
    }

    public Path settings() {
        return folder.resolve("settings.json");
    }

    public Path audit() {
        return folder.resolve("audit");
    }
}
