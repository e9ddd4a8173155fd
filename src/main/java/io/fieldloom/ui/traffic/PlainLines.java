package io.fieldloom.ui.traffic;

import io.fieldloom.ui.kit.code.Run;
import java.util.List;

/** Lines in one colour. */
record PlainLines(List<String> lines) implements PayloadLines {
    @Override
    public int count() {
        return lines.size();
    }

    @Override
    public String text(int line) {
        return lines.get(line);
    }

    @Override
    public List<Run> runs(int line) {
        return List.of(new Run(lines.get(line), Run.Ink.PLAIN));
    }
}
