package io.fieldloom.engine.project;

import io.fieldloom.engine.security.Home;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A project file on disk and the content it had when it was last read or written here. Writing is
 * atomic: whatever happens, the file holds the old content or the new one. Used by one thread at a
 * time.
 */
final class SavedFile {
    private static final int MOST_LINKS = 40;

    private final Path file;
    private final Backups backups;
    private byte[] known;

    /**
     * A file whose content is known.
     *
     * @param content what was read from it; null when it shall be overwritten whatever it holds
     */
    SavedFile(Path file, byte[] content, Home home) {
        this.file = file;
        this.backups = new Backups(home.backups());
        this.known = content == null ? null : digest().digest(content);
    }

    /** The digest of the content that is held to be there, in hex; null where nothing is. */
    String base() {
        return known == null ? null : HexFormat.of().formatHex(known);
    }

    /** Holds another content to be there, so that writing over what really is there asks. */
    void expect(String base) {
        known = HexFormat.of().parseHex(base);
    }

    /** Writes a text in place of what was there. */
    void write(SourceText text, boolean anyway) throws SaveConflict, SaveFailed {
        try {
            Path target = target();
            byte[] old = Files.exists(target) ? Files.readAllBytes(target) : null;
            if (known != null && !anyway) {
                checkKnown(old);
            }
            checkWritable(target, old != null);
            if (old != null) {
                backups.keep(target, old);
            }
            known = replace(target, text::writeTo, old != null);
        } catch (SaveConflict e) {
            throw e;
        } catch (AccessDeniedException e) {
            throw failed("may not be written. Save it in another folder", e);
        } catch (NoSuchFileException e) {
            throw failed("its folder is not there any more. Save it in another folder", e);
        } catch (IOException e) {
            throw failed(
                    "was not saved (" + e.getMessage() + "). Free some space or save it elsewhere",
                    e);
        }
    }

    private SaveFailed failed(String why, IOException cause) {
        return new SaveFailed(file + ": " + why + "; the old file is as it was", cause);
    }

    private void checkKnown(byte[] content) throws SaveConflict {
        if (content == null) {
            throw SaveConflict.gone(file);
        }
        if (!Arrays.equals(digest().digest(content), known)) {
            throw SaveConflict.changed(file);
        }
    }

    /** The file itself where the path is a link to it. */
    private Path target() throws IOException {
        Path target = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new IOException("its links go in a circle");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    private static void checkWritable(Path target, boolean exists) throws IOException {
        if (!exists) {
            return;
        }
        PosixFileAttributes attributes = posix(target);
        boolean readOnly =
                attributes != null
                        && !attributes.permissions().contains(PosixFilePermission.OWNER_WRITE);
        if (readOnly || !Files.isWritable(target)) {
            throw new AccessDeniedException(target.toString());
        }
    }

    private static PosixFileAttributes posix(Path target) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(target, PosixFileAttributeView.class);
        return view == null ? null : view.readAttributes();
    }

    /** What a file is to hold. */
    @FunctionalInterface
    interface Content {
        void writeTo(Writer out) throws IOException;
    }

    /**
     * Puts a content in the place of a file, in one step.
     *
     * @param takesMode whether the file is there and its mode stays
     * @return the content's digest
     */
    static byte[] replace(Path target, Content content, boolean takesMode) throws IOException {
        Path folder = target.getParent();
        Path fresh = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        MessageDigest digest = digest();
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                if (takesMode) {
                    takeOver(target, fresh);
                }
                OutputStream bytes =
                        new DigestOutputStream(Channels.newOutputStream(channel), digest);
                Writer out =
                        new BufferedWriter(
                                new OutputStreamWriter(bytes, StandardCharsets.UTF_8), 1 << 16);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            move(fresh, target);
        } finally {
            Files.deleteIfExists(fresh);
        }
        syncFolder(folder);
        return digest.digest();
    }

    /** Gives the new file the mode of the old one. */
    private static void takeOver(Path target, Path fresh) throws IOException {
        PosixFileAttributes attributes = posix(target);
        if (attributes != null) {
            Files.setPosixFilePermissions(fresh, attributes.permissions());
        }
    }

    private static void move(Path fresh, Path target) throws IOException {
        try {
            Files.move(
                    fresh,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the disk cannot replace a file in one step", e);
        }
    }

    /** Makes the rename itself durable, where the system lets a folder be opened. */
    private static void syncFolder(Path folder) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
