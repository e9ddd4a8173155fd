package io.fieldloom.ui.problems;

import io.fieldloom.engine.project.Fault;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Dialogs;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.RowCopy;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Shows the line of a file that a fault is about, with the lines around it. */
final class SourceLines {
    private static final int AROUND = 3;
    private static final double WIDTH = 720;

    private SourceLines() {}

    static void show(Dialogs dialogs, String where, String message, String text, Fault fault) {
        VBox source = new VBox();
        source.getStyleClass().add("source-lines");
        List<String> lines = text.lines().toList();
        int first = Math.max(1, fault.line() - AROUND);
        int last = Math.min(lines.size(), fault.line() + AROUND);
        for (int number = first; number <= last; number++) {
            source.getChildren().add(line(number, lines.get(number - 1), number == fault.line()));
        }
        if (fault.line() <= lines.size()) {
            int after = Math.min(AROUND, fault.line() - first) + 1;
            source.getChildren().add(after, pointer(fault.column()));
        }
        Label what = Dialogs.text(message);
        Tone.BAD.paint(what);
        DialogPane dialog = new DialogPane(where, new VBox(10, what, source)).width(WIDTH);
        dialog.button("Copy", () -> RowCopy.put(where + ": " + message));
        dialog.actionButton("Close", () -> {});
        dialogs.show(dialog);
    }

    private static Label line(int number, String text, boolean faulty) {
        Label label = new Label(String.format("%5d  %s", number, text));
        label.getStyleClass().add("mono");
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.setMinWidth(0);
        (faulty ? Tone.NORMAL : Tone.DIM).paint(label);
        return label;
    }

    private static Label pointer(int column) {
        Label label = new Label(" ".repeat(7 + Math.max(0, column - 1)) + "^");
        label.getStyleClass().add("mono");
        Tone.BAD.paint(label);
        return label;
    }
}
