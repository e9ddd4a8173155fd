package io.fieldloom.engine.security;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Passwords that the engineer asked to be remembered, keyed by host, port and user. They lie in one
 * file of Fieldloom's home that only its owner may read; they are never in a project, a log or a
 * process list. Thread-safe.
 */
public final class Secrets {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> ENTRIES = new TypeReference<>() {};

    private final Path file;

    public Secrets(Home home) {
        this.file = home.folder().resolve("secrets.json");
    }

    /** The password for a user at a host and port; empty where none is remembered. */
    public synchronized Optional<char[]> find(String host, int port, String user)
            throws IOException {
        return Optional.ofNullable(load().get(key(host, port, user))).map(String::toCharArray);
    }

    /** Remembers a password; null forgets it. */
    public synchronized void remember(String host, int port, String user, char[] password)
            throws IOException {
        Map<String, String> entries = load();
        if (password == null) {
            entries.remove(key(host, port, user));
        } else {
            entries.put(key(host, port, user), new String(password));
        }
        store(entries);
    }

    private Map<String, String> load() throws IOException {
        return Files.exists(file) ? JSON.readValue(file.toFile(), ENTRIES) : new TreeMap<>();
    }

    private void store(Map<String, String> entries) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = Files.createTempFile(file.getParent(), "secrets", ".tmp");
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        }
        JSON.writeValue(fresh.toFile(), entries);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String key(String host, int port, String user) {
        return host.toLowerCase(java.util.Locale.ROOT) + ":" + port + "/" + user;
    }
}
