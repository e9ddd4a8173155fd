package io.fieldloom.engine.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which certificate belongs to which endpoint, in {@code endpoints.tsv} beside the certificates: a
 * line for each decision, ENDPOINT, time and SHA-256 with tabs between them. The last line of an
 * endpoint counts, so that several Fieldlooms may append to one file.
 */
final class EndpointNotes {
    private static final String NAME = "endpoints.tsv";
    private static final int FIELDS = 3;

    private final Path file;

    EndpointNotes(Path folder) {
        file = folder.resolve(NAME);
    }

    /**
     * @param sha256 the certificate's thumbprint
     */
    record Note(String endpoint, Instant at, String sha256) {}

    /** What counts, by endpoint. A line that cannot be read is passed over. */
    Map<String, Note> latest() {
        Map<String, Note> notes = new LinkedHashMap<>();
        try {
            for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\\R")) {
                Note note = read(line);
                if (note != null) {
                    notes.put(note.endpoint(), note);
                }
            }
        } catch (NoSuchFileException e) {
            return notes; // nobody has decided anything yet
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
        return notes;
    }

    private static Note read(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            return null;
        }
        try {
            return new Note(fields[0], Instant.parse(fields[1]), fields[2]);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Adds a line, unless the last one of that endpoint names the same certificate. */
    void add(Note note) throws IOException {
        Note before = latest().get(note.endpoint());
        if (before != null && before.sha256().equals(note.sha256())) {
            return;
        }
        append(note);
    }

    /** Adds a line. */
    void append(Note note) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                note.endpoint() + "\t" + note.at() + "\t" + note.sha256() + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
