package io.fieldloom.engine.broker;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.BrokerUrl;
import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * The embedded brokers that live on this computer, as {@code $FIELDLOOM_HOME/run/broker} lists
 * them: one line {@code URL PID} each, the newest last. Lines of processes that have died are
 * dropped whenever the file is written. The file is locked while it changes; thread-safe.
 */
public final class LiveBrokers {
    /** A registry that stays locked longer than this is broken. */
    private static final long LOCK_SECONDS = 5;

    private static final int CONNECT_MILLIS = 500;

    private final Path file;

    public LiveBrokers(Home home) {
        this.file = home.brokerRegistry();
    }

    /** Adds a broker of this process. */
    public void add(BrokerUrl url) throws IOException {
        Line line = new Line(url.text(), ProcessHandle.current().pid());
        change(
                lines -> {
                    List<Line> next = new ArrayList<>(lines);
                    next.remove(line);
                    next.add(line);
                    return next;
                });
    }

    /** Takes a broker of this process away. */
    public void remove(BrokerUrl url) throws IOException {
        Line line = new Line(url.text(), ProcessHandle.current().pid());
        change(lines -> lines.stream().filter(other -> !other.equals(line)).toList());
    }

    /** The newest one whose process lives and whose port accepts. */
    public Optional<BrokerUrl> newest() throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        List<Line> lines = parse(text);
        for (int at = lines.size() - 1; at >= 0; at--) {
            Optional<BrokerUrl> url = lines.get(at).brokerUrl();
            if (lines.get(at).lives() && url.isPresent() && accepts(url.get())) {
                return url;
            }
        }
        return Optional.empty();
    }

    private static boolean accepts(BrokerUrl url) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.host(), url.port()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false; // that is the answer
        }
    }

    private void change(UnaryOperator<List<Line>> edit) throws IOException {
        Files.createDirectories(file.getParent());
        try (FileChannel channel =
                        FileChannel.open(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            Objects.requireNonNull(lock, "lock");
            ByteBuffer old = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (old.hasRemaining() && channel.read(old) >= 0) {
                // until the end
            }
            List<Line> live =
                    parse(new String(old.array(), 0, old.position(), StandardCharsets.UTF_8))
                            .stream()
                            .filter(Line::lives)
                            .toList();
            StringBuilder text = new StringBuilder();
            for (Line line : edit.apply(live)) {
                text.append(line.url()).append(' ').append(line.pid()).append('\n');
            }
            ByteBuffer next = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            channel.truncate(0);
            channel.position(0);
            while (next.hasRemaining()) {
                channel.write(next);
            }
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOCK_SECONDS);
        while (System.nanoTime() < end) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // another broker of this very process is at it; the same wait serves
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        throw new IOException(file + " stays locked by another program");
    }

    private static List<Line> parse(String text) {
        List<Line> lines = new ArrayList<>();
        for (String line : text.split("\\R")) {
            String[] parts = line.trim().split(" ");
            if (parts.length == 2 && parts[1].matches("\\d{1,18}")) {
                lines.add(new Line(parts[0], Long.parseLong(parts[1])));
            }
        }
        return lines;
    }

    private record Line(String url, long pid) {
        boolean lives() {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        }

        Optional<BrokerUrl> brokerUrl() {
            try {
                return Optional.of(BrokerUrl.parse(url));
            } catch (MalformedException e) {
                return Optional.empty(); // not a line of ours
            }
        }
    }
}
