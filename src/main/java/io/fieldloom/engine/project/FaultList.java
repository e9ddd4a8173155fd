package io.fieldloom.engine.project;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Faults as they are found in one file. */
final class FaultList {
    private final List<Fault> faults = new ArrayList<>();

    void add(YamlNode at, String key, String message) {
        add(at.line(), at.column(), key, message);
    }

    void add(int line, int column, String key, String message) {
        faults.add(new Fault(line, column, oneLine(key), oneLine(message)));
    }

    /** In the order of the file. */
    List<Fault> sorted() {
        return faults.stream()
                .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
                .toList();
    }

    /** Texts of the file may hold line breaks; a message may not. */
    private static String oneLine(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        c -> {
                            if (Character.isISOControl(c)) {
                                out.append(String.format("\\u%04x", c));
                            } else {
                                out.appendCodePoint(c);
                            }
                        });
        return out.toString();
    }
}
