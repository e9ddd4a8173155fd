package io.fieldloom.engine.device;

import io.fieldloom.domain.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * The elements of a typed array: {@code [1, 2, 3]}, texts with a comma in double quotes; an element
 * may be an array again. Pure.
 */
public final class ArrayText {
    private final String text;
    private int at;

    private ArrayText(String text) {
        this.text = text;
    }

    /** The elements' texts; what is no array says how to write one. */
    public static List<String> elements(String text) {
        String bare = text.strip();
        if (!bare.startsWith("[") || !bare.endsWith("]") || bare.length() < 2) {
            throw new MalformedException(
                    "'" + text + "' is not an array: write its elements as [1, 2, 3]");
        }
        String inside = bare.substring(1, bare.length() - 1).strip();
        return inside.isEmpty() ? List.of() : new ArrayText(inside).all();
    }

    private List<String> all() {
        List<String> elements = new ArrayList<>();
        elements.add(next());
        while (at < text.length()) {
            at++; // the comma
            elements.add(next());
        }
        return elements;
    }

    private String next() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        return at < text.length() && text.charAt(at) == '[' ? nested() : plain();
    }

    private String plain() {
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        String element = text.substring(at, end).strip();
        at = end;
        return element;
    }

    /** Up to the bracket that closes it. */
    private String nested() {
        int depth = 0;
        boolean quoted = false;
        int end = at;
        for (; end < text.length(); end++) {
            char c = text.charAt(end);
            if (quoted && c == '\\') {
                end++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '[') {
                depth++;
            } else if (!quoted && c == ']' && --depth == 0) {
                break;
            }
        }
        if (end >= text.length()) {
            throw new MalformedException(
                    "the array at '" + text.substring(at) + "' has no closing bracket");
        }
        int comma = text.indexOf(',', end);
        int stop = comma < 0 ? text.length() : comma;
        String element = text.substring(at, stop).strip();
        at = stop;
        return element;
    }

    private String quoted() {
        StringBuilder element = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            element.append(text.charAt(at));
        }
        int comma = text.indexOf(',', Math.min(at, text.length()));
        int end = comma < 0 ? text.length() : comma;
        boolean closed = at < text.length() && text.substring(at + 1, end).isBlank();
        if (!closed) {
            throw new MalformedException("the text at \"" + element + "\" has no closing quote");
        }
        at = end;
        return element.toString();
    }
}
