package io.fieldloom.engine.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloom.engine.security.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unsaved work that a program left behind which has ended: a project's text with one comment line
 * before it that says whose it is, so that it can be opened as a project too.
 *
 * @param path where the copy is
 * @param file the project file that it was made of; empty where it was in none
 * @param base a digest of that file as the work was begun from it; empty where it is not known
 * @param name what the project was called
 * @param time when it was written
 */
public record UnsavedCopy(
        Path path, Optional<Path> file, Optional<String> base, String name, Instant time) {
    private static final Logger LOG = LoggerFactory.getLogger(UnsavedCopy.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD = "# unsaved work ";
    private static final String LOCK = ".lock";

    /** What dead programs have left, the newest first. */
    public static List<UnsavedCopy> left(Home home) {
        List<UnsavedCopy> found = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(home.unsaved(), "*" + ProjectFile.SUFFIX)) {
            for (Path path : files) {
                if (!isInUse(path)) {
                    read(path).ifPresent(found::add);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("No unsaved work was ever kept", e);
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", home.unsaved(), e.getMessage());
        }
        found.sort(Comparator.comparing(UnsavedCopy::time).reversed());
        return found;
    }

    /** A live program holds a lock beside its copy; the system drops it however that ends. */
    static Path lockOf(Path copy) {
        return copy.resolveSibling(copy.getFileName() + LOCK);
    }

    private static boolean isInUse(Path copy) throws IOException {
        if (!Files.exists(lockOf(copy))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lockOf(copy), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static Optional<UnsavedCopy> read(Path path) {
        try (BufferedReader in = Files.newBufferedReader(path)) {
            String line = in.readLine();
            if (line == null || !line.startsWith(HEAD)) {
                return Optional.empty();
            }
            JsonNode head = JSON.readTree(line.substring(HEAD.length()));
            JsonNode file = head.path("file");
            return Optional.of(
                    new UnsavedCopy(
                            path,
                            file.isTextual()
                                    ? Optional.of(Path.of(file.textValue()))
                                    : Optional.empty(),
                            Optional.ofNullable(head.path("base").textValue()),
                            head.path("name").asText(),
                            Instant.parse(head.path("time").asText())));
        } catch (IOException | DateTimeException e) {
            LOG.warn("{} is no copy of unsaved work: {}", path, e.getMessage());
            return Optional.empty();
        }
    }

    /** The line before the text. */
    static String head(Optional<Path> file, Optional<String> base, String name, Instant time) {
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        file.ifPresent(path -> head.put("file", path.toAbsolutePath().toString()));
        base.ifPresent(digest -> head.put("base", digest));
        head.put("name", name);
        head.put("time", time.toString());
        return HEAD + head + "\n";
    }

    /** Whether it was made of that file. */
    public boolean isOf(Path other) {
        if (other == null) {
            return false;
        }
        Path there = other.toAbsolutePath().normalize();
        return file.filter(own -> own.normalize().equals(there)).isPresent();
    }

    /** Whether there is no file any more that it could be recovered into. */
    public boolean isOfNoFile() {
        return file.filter(Files::isRegularFile).isEmpty();
    }

    /** The project's text as it was edited last. */
    public String text() throws IOException {
        String all = Files.readString(path);
        return all.substring(all.indexOf('\n') + 1);
    }

    /** Deletes it, for it is recovered, or nobody wants it. */
    public void discard() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(lockOf(path));
    }
}
