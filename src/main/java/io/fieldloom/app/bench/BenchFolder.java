package io.fieldloom.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that stands in for the person's own while a benchmark runs, and goes with it. */
final class BenchFolder implements AutoCloseable {
    private final Path path;

    BenchFolder() throws IOException {
        path = Files.createTempDirectory("fieldloom-bench-");
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(path)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
