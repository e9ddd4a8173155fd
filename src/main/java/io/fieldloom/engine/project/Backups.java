package io.fieldloom.engine.project;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Earlier versions of project files, the last twenty of each, a folder for each file. */
final class Backups {
    private static final int KEPT = 20;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;

    Backups(Path folder) {
        this.folder = folder;
    }

    /** Keeps the content that a file is about to lose; where it is. */
    Path keep(Path file, byte[] content) throws IOException {
        Path own = folderOf(file);
        try {
            Files.createDirectories(own);
            Path copy = own.resolve(STAMP.format(Instant.now()) + ProjectFile.SUFFIX);
            if (Files.exists(copy)) {
                return copy;
            }
            Files.write(copy, content);
            dropOld(own);
            return copy;
        } catch (IOException e) {
            throw new IOException("the earlier version cannot be kept in " + own, e);
        }
    }

    /** Two files of one name in different folders do not share their backups. */
    Path folderOf(Path file) {
        String path = file.toAbsolutePath().normalize().toString();
        UUID id = UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8));
        return folder.resolve(
                ProjectFile.stem(file.getFileName().toString())
                        + "-"
                        + id.toString().substring(0, 8));
    }

    private static void dropOld(Path own) throws IOException {
        List<Path> copies;
        try (Stream<Path> files = Files.list(own)) {
            copies = files.sorted().toList();
        }
        for (Path old : copies.subList(0, Math.max(0, copies.size() - KEPT))) {
            Files.deleteIfExists(old);
        }
    }
}
