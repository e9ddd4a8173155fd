package io.fieldloom.app.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where a password comes from: a file, standard input or the environment, never from a question. It
 * is one line; the line end is no part of it.
 */
final class PasswordSource {
    static final String VARIABLE = "FIELDLOOM_PASSWORD";
    static final String STANDARD_INPUT = "-";

    private static final int LONGEST = 64 * 1024;

    private final Shell shell;

    PasswordSource(Shell shell) {
        this.shell = shell;
    }

    /**
     * The password for a user; null where there is none.
     *
     * @param user null for nobody, who has no password
     * @param file the option's value, or null
     */
    char[] password(String user, String file) throws CommandFailure {
        if (file != null) {
            if (user == null) {
                throw CommandFailure.usage(
                        "--password-file: a password belongs to a user", "Add --user NAME");
            }
            return fromFile(file);
        }
        String variable = shell.environment().get(VARIABLE);
        return user == null || variable == null ? null : variable.toCharArray();
    }

    /** The first line of a file, or of standard input for {@code -}. */
    char[] fromFile(String file) throws CommandFailure {
        try {
            if (file.equals(STANDARD_INPUT)) {
                return firstLine(shell.in());
            }
            Path path = Path.of(file);
            if (!Files.isRegularFile(path)) {
                throw CommandFailure.usage(
                        "password file " + file + ": there is no such file", "Check the name");
            }
            return firstLine(new ByteArrayInputStream(Files.readAllBytes(path)));
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "password file " + file + " cannot be read: " + e.getMessage(),
                    "Check that you may read it",
                    e);
        }
    }

    private static char[] firstLine(InputStream in) throws IOException {
        InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
        char[] line = new char[LONGEST];
        int length = 0;
        for (int next = reader.read();
                next >= 0 && next != '\n' && length < LONGEST;
                next = reader.read()) {
            line[length++] = (char) next;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        char[] password = Arrays.copyOf(line, length);
        Arrays.fill(line, '\0');
        return password;
    }
}
