package io.fieldloom.engine.security;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldloom.domain.value.Value;
import io.fieldloom.engine.payload.PayloadEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;

/**
 * Every write to the plant, one JSON line each, appended to {@code audit.log} in the home's audit
 * folder. Who wrote is the account of the operating system. Thread-safe, between processes too: a
 * line goes out in one append.
 */
public final class AuditLog {
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private final String who;

    public AuditLog(Home home, String who) {
        this.file = home.audit().resolve("audit.log");
        this.who = Objects.requireNonNull(who, "who");
    }

    public static AuditLog of(Home home) {
        return new AuditLog(home, System.getProperty("user.name", "unknown"));
    }

    /**
     * One write.
     *
     * @param at when the device answered (UTC)
     * @param endpoint the device
     * @param address what was written
     * @param before the value read before
     * @param after the value asked for
     * @param status the device's answer
     */
    public record Entry(
            Instant at, String endpoint, String address, Value before, Value after, String status) {
        public Entry {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(before, "before");
            Objects.requireNonNull(after, "after");
            Objects.requireNonNull(status, "status");
        }
    }

    /** Makes sure that a line could be kept, before anything is written that must be. */
    public void prepare() throws IOException {
        open().close();
    }

    public void append(Entry entry) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(line(entry));
        try (FileChannel channel = open()) {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
    }

    private FileChannel open() throws IOException {
        Files.createDirectories(file.getParent());
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private byte[] line(Entry entry) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("time", PayloadEncoder.time(entry.at()));
            json.writeStringField("who", who);
            json.writeStringField("endpoint", entry.endpoint());
            json.writeStringField("address", entry.address());
            json.writeFieldName("old");
            PayloadEncoder.write(json, entry.before());
            json.writeFieldName("new");
            PayloadEncoder.write(json, entry.after());
            json.writeStringField("status", entry.status());
            json.writeEndObject();
        }
        line.write('\n');
        return line.toByteArray();
    }
}
