package io.fieldloom.ui.traffic;

import io.fieldloom.engine.payload.PayloadDiff.Change;
import io.fieldloom.ui.kit.code.Run;
import java.util.List;

/**
 * Text in colours, line by line, made when a line is looked at: a payload of many megabytes costs
 * what is on screen. Immutable.
 */
interface PayloadLines {
    PayloadLines NONE = new PlainLines(List.of());

    int count();

    /** One line in its colours. */
    List<Run> runs(int line);

    /** The same line without colours. */
    default String text(int line) {
        StringBuilder text = new StringBuilder();
        runs(line).forEach(run -> text.append(run.text()));
        return text.toString();
    }

    /** How many characters a line has. */
    default int length(int line) {
        return text(line).length();
    }

    /** What became of a line since the message before. */
    default Change change(int line) {
        return Change.SAME;
    }

    /** The way to the scalar of a line, {@code motor.speed}; null where there is none. */
    default String way(int line) {
        return null;
    }
}
