package io.fieldloom.engine.project;

import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a copy of what is edited and not saved, a moment after each edit and never on the thread
 * that edits, so that a program that is killed loses a second of work. The copy goes when the work
 * is saved or given up; one that stays is found by {@link UnsavedCopy#left}. Thread-safe.
 */
public final class UnsavedWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnsavedWork.class);
    private static final Duration AFTER = Duration.ofSeconds(1);

    /** Writing takes at most one part of the time in so many. */
    private static final int SHARE = 10;

    private final ProjectEditor editor;
    private final Path copy;
    private final ScheduledExecutorService background;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable unlisten;
    private volatile Duration lastWrite = Duration.ZERO;
    private FileChannel lock;
    private boolean failed;
    private boolean keeps;
    private boolean closed;

    public UnsavedWork(ProjectEditor editor, Home home, ScheduledExecutorService background) {
        this.editor = editor;
        this.background = background;
        copy = home.unsaved().resolve(UUID.randomUUID() + ProjectFile.SUFFIX);
        Runnable edits = editor.addListener(change -> schedule());
        Runnable saves = editor.onSaved(this::schedule);
        unlisten =
                () -> {
                    edits.run();
                    saves.run();
                };
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            long share = lastWrite.multipliedBy(SHARE).toMillis();
            background.schedule(
                    this::follow, Math.max(AFTER.toMillis(), share), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void follow() {
        scheduled.set(false);
        if (closed) {
            return;
        }
        try {
            if (editor.unsaved()) {
                write();
            } else {
                remove();
            }
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn(
                        "Unsaved work of {} cannot be kept in {} ({}). Save it often",
                        editor.displayName(),
                        copy.getParent(),
                        e.getMessage());
            }
            failed = true;
        }
    }

    private void write() throws IOException {
        long begin = System.nanoTime();
        if (lock == null) {
            Files.createDirectories(copy.getParent());
            lock =
                    FileChannel.open(
                            UnsavedCopy.lockOf(copy),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            lock.lock();
        }
        SourceText text = editor.sourceText();
        String head =
                UnsavedCopy.head(editor.file(), editor.base(), editor.displayName(), Instant.now());
        SavedFile.replace(
                copy,
                out -> {
                    out.append(head);
                    text.writeTo(out);
                },
                false);
        lastWrite = Duration.ofNanos(System.nanoTime() - begin);
    }

    private void remove() throws IOException {
        Files.deleteIfExists(copy);
        release();
    }

    private void release() throws IOException {
        if (lock != null) {
            lock.close();
            lock = null;
            Files.deleteIfExists(UnsavedCopy.lockOf(copy));
        }
    }

    /**
     * Writes the copy now and leaves it there for the next start, where the program has to end
     * without asking.
     *
     * @return where it is kept; empty when everything is saved
     */
    public synchronized Optional<Path> keep() throws IOException {
        if (!editor.unsaved()) {
            return Optional.empty();
        }
        write();
        keeps = true;
        return Optional.of(copy);
    }

    /** Goes on from what another program left: that copy goes when there is one here. */
    public synchronized void takeOver(UnsavedCopy left) throws IOException {
        if (editor.unsaved()) {
            write();
        }
        left.discard();
    }

    /** The project is closed: its unsaved work is given up, unless it is to be kept. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        unlisten.run();
        try {
            if (keeps) {
                release();
            } else {
                remove();
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", copy, e.getMessage());
        }
    }
}
