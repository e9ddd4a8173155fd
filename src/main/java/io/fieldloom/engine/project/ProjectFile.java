package io.fieldloom.engine.project;

import io.fieldloom.domain.project.Project;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads project files, {@code NAME.fieldloom.yaml}. */
public final class ProjectFile {
    public static final String SUFFIX = ".fieldloom.yaml";

    private ProjectFile() {}

    /** Reads and validates a file. Faults are part of the result, never thrown. */
    public static LoadedProject load(Path file) throws ProjectUnreadable {
        return parse(bytes(file));
    }

    /** Reads and validates a text that is in no file. */
    public static LoadedProject parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The name of a file without {@code .fieldloom.yaml}, other characters than {@code
     * A-Za-z0-9._-} as {@code -}: what the project is called on a broker.
     */
    public static String stem(String fileName) {
        String name =
                fileName.endsWith(SUFFIX)
                        ? fileName.substring(0, fileName.length() - SUFFIX.length())
                        : fileName;
        return name.replaceAll("[^A-Za-z0-9._-]", "-");
    }

    /**
     * A file as a person named it, with the ending of project files, once: {@code plant}, {@code
     * plant.yaml} and {@code plant.fieldloom.yaml.yaml} are {@code plant.fieldloom.yaml}.
     */
    public static Path named(Path file) {
        String name = file.getFileName().toString();
        String stem = name.replaceFirst("(?i)(\\.fieldloom|\\.ya?ml)+$", "");
        return file.resolveSibling((stem.isEmpty() ? "untitled" : stem) + SUFFIX);
    }

    static byte[] bytes(Path file) throws ProjectUnreadable {
        try {
            if (Files.isDirectory(file)) {
                throw new ProjectUnreadable(
                        file + ": is a folder. Name a project file, NAME" + SUFFIX, null);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ProjectUnreadable(file + ": there is no such file. Check the path", e);
        } catch (AccessDeniedException e) {
            throw new ProjectUnreadable(
                    file + ": may not be read. Check the file's permissions", e);
        } catch (ProjectUnreadable e) {
            throw e;
        } catch (IOException e) {
            throw new ProjectUnreadable(
                    file + ": cannot be read: " + e.getMessage() + ". Check the disk", e);
        } catch (OutOfMemoryError e) {
            throw new ProjectUnreadable(file + ": is too large to be a project file", e);
        }
    }

    static LoadedProject parse(byte[] bytes) {
        FaultList faults = new FaultList();
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean isText =
                !StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(in, chars, true)
                        .isError();
        String text = chars.flip().toString();
        if (!isText) {
            faults.add(
                    LineBreaks.count(text) + 1,
                    text.length() - LineBreaks.lineStart(text, text.length()) + 1,
                    "",
                    String.format(
                            "byte 0x%02X is not UTF-8. Save the file as UTF-8",
                            bytes[in.position()]));
            return new LoadedProject(Project.EMPTY, SourceText.locked(text), faults.sorted());
        }
        return parseText(text, faults);
    }

    private static LoadedProject parseText(String text, FaultList faults) {
        // What follows sees whole lines: what is missing at the end is remembered, and left out
        // again on writing.
        SourceText.Frame frame = SourceText.Frame.of(text);
        Optional<YamlNode> root;
        try {
            root = YamlText.parse(frame.body(), faults);
        } catch (YamlText.SyntaxException e) {
            FaultList only = new FaultList();
            only.add(e.line(), e.column(), "", "not valid YAML: " + e.getMessage());
            return new LoadedProject(Project.EMPTY, SourceText.locked(text), only.sorted());
        }
        if (root.isEmpty()) {
            faults.add(
                    1,
                    1,
                    "fieldloom",
                    "the file is empty; a project begins with fieldloom: " + ProjectReader.FORMAT);
            return new LoadedProject(Project.EMPTY, SourceText.locked(text), faults.sorted());
        }
        Project project = new ProjectReader(faults).read(root.get());
        List<Fault> found = faults.sorted();
        SourceText source =
                found.isEmpty() ? SourceText.of(frame, root.get()) : SourceText.locked(text);
        return new LoadedProject(project, source, found);
    }
}
