package io.fieldloom.engine.project;

import java.io.IOException;

/** Passes text on, but for the line break at its end. */
final class LastBreakLess implements Appendable {
    private final Appendable out;
    private final String lineBreak;
    private CharSequence held = "";

    LastBreakLess(Appendable out, String lineBreak) {
        this.out = out;
        this.lineBreak = lineBreak;
    }

    @Override
    public Appendable append(CharSequence text) throws IOException {
        if (text.length() == 0) {
            return this;
        }
        if (text.length() < lineBreak.length()) {
            held = held.toString() + text;
            return this;
        }
        out.append(held);
        held = text;
        return this;
    }

    @Override
    public Appendable append(CharSequence text, int from, int to) throws IOException {
        return append(text.subSequence(from, to));
    }

    @Override
    public Appendable append(char c) throws IOException {
        return append(String.valueOf(c));
    }

    /** Writes what is left. Must be called once, at the end. */
    void finish() throws IOException {
        String rest = held.toString();
        out.append(
                rest.endsWith(lineBreak)
                        ? rest.substring(0, rest.length() - lineBreak.length())
                        : rest);
    }
}
