package io.fieldloom.engine.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fieldloom.engine.security.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link Settings} in Fieldloom's home. A file that is missing, broken or not ours gives the
 * first settings; the next change replaces it whole. Thread-safe; changes are written in the
 * background, several of them at once where they come quickly.
 */
public final class SettingsFile implements AutoCloseable {
    private final Path file;
    private final Executor background;
    private final AtomicBoolean unsaved = new AtomicBoolean();
    private volatile Settings settings;

    /** Reads what is there. */
    public SettingsFile(Home home, Executor background) {
        this.file = home.settings();
        this.background = background;
        this.settings = read(file);
    }

    private static Settings read(Path file) {
        try {
            return SettingsText.read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Settings.FIRST;
        } catch (JsonProcessingException e) {
            log().warn("{} is damaged; the window starts with its first settings", file);
            return Settings.FIRST;
        } catch (IOException e) {
            log().warn("{} cannot be read: {}", file, e.getMessage());
            return Settings.FIRST;
        }
    }

    public Settings get() {
        return settings;
    }

    /** Changes them; returns at once. */
    public synchronized void update(UnaryOperator<Settings> change) {
        Settings next = change.apply(settings);
        if (next.equals(settings)) {
            return;
        }
        settings = next;
        if (unsaved.compareAndSet(false, true)) {
            background.execute(this::write);
        }
    }

    private void write() {
        synchronized (file) {
            if (!unsaved.compareAndSet(true, false)) {
                return;
            }
            try {
                Files.createDirectories(file.getParent());
                Path fresh = Files.createTempFile(file.getParent(), "settings", ".tmp");
                Files.write(fresh, SettingsText.write(settings));
                Files.move(
                        fresh,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                log().warn("The window's settings could not be kept: {}", e.getMessage());
            }
        }
    }

    /** Writes what is not written yet. */
    @Override
    public void close() {
        write();
    }

    /** Not a constant, for the log system takes longer to start than the window. */
    private static Logger log() {
        return LoggerFactory.getLogger(SettingsFile.class);
    }
}
