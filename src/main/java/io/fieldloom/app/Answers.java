package io.fieldloom.app;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Standard output, which remembers why an answer could not be written: a print stream keeps that to
 * itself. A reader that has seen enough, {@code | head}, is no failure.
 */
final class Answers extends FilterOutputStream {
    private IOException failure;

    Answers(OutputStream out) {
        super(out);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /** Why something is missing from the answer, in the system's words. */
    synchronized Optional<String> lost() {
        return Optional.ofNullable(failure)
                .map(IOException::getMessage)
                .filter(words -> !words.toLowerCase(Locale.ROOT).contains("pipe"));
    }
}
