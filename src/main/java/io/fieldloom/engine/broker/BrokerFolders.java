package io.fieldloom.engine.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders of one run of HiveMQ, in the system's folder for temporary files. All of them must
 * exist before it starts: without them it works beside its own jar, and with a configuration that
 * it cannot read it falls back to one that listens to the whole network.
 */
record BrokerFolders(Path root) {

    static BrokerFolders create(int port) throws IOException {
        BrokerFolders folders = new BrokerFolders(Files.createTempDirectory("fieldloom-broker-"));
        for (Path folder : List.of(folders.conf(), folders.data(), folders.extensions())) {
            Files.createDirectory(folder);
        }
        Files.writeString(
                folders.conf().resolve("config.xml"),
                BrokerSettings.configuration(port),
                StandardCharsets.UTF_8);
        return folders;
    }

    Path conf() {
        return root.resolve("conf");
    }

    Path data() {
        return root.resolve("data");
    }

    Path extensions() {
        return root.resolve("extensions");
    }

    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
