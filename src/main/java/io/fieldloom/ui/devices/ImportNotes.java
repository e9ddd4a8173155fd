package io.fieldloom.ui.devices;

import io.fieldloom.engine.tags.ImportedTags.Fate;
import io.fieldloom.engine.tags.ImportedTags.Note;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.Mark;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What was taken, changed and lost, as rows: what a person must look at comes first. */
final class ImportNotes {
    private final FlatRows<Row> index =
            new FlatRows<>(row -> String.valueOf(row.place()), row -> row.note().item());
    private final VirtualRows<Row> rows;
    private final Label reason = Form.message();
    private final VBox node;

    /** A note and its place, which tells it from another one of the same words. */
    private record Row(int place, Note note) {}

    ImportNotes() {
        rows =
                new VirtualRows<>(
                        "What becomes of each",
                        index,
                        index,
                        List.of(
                                Column.text("Item", 200, ImportNotes::paintItem),
                                Column.<Row>text(
                                                "There",
                                                100,
                                                (row, cell) ->
                                                        cell.text(row.note().before())
                                                                .mono()
                                                                .tone(Tone.DIM)
                                                                .tip(row.note().before()))
                                        .keep(1),
                                Column.<Row>text(
                                                "Here",
                                                170,
                                                (row, cell) ->
                                                        cell.text(row.note().after())
                                                                .mono()
                                                                .tip(row.note().after()))
                                        .keep(2),
                                Column.<Row>text(
                                                "What is changed or lost",
                                                0,
                                                (row, cell) ->
                                                        cell.text(row.note().why())
                                                                .tone(tone(row.note().fate()))
                                                                .tip(row.note().why()))
                                        .keep(3)
                                        .grows()));
        new RowCopy<>(rows, ImportNotes::line);
        rows.onSelection(this::showReason);
        VBox.setVgrow(rows, Priority.ALWAYS);
        node = new VBox(6, rows, reason);
    }

    /** What the table has no room for, in full. */
    private void showReason() {
        Row row = rows.lead();
        boolean any = row != null && !row.note().why().isEmpty();
        Form.say(
                reason,
                any ? tone(row.note().fate()) : Tone.DIM,
                any ? row.note().item() + ": " + row.note().why() : "");
    }

    private static void paintItem(Row row, Cell cell) {
        Fate fate = row.note().fate();
        Mark mark =
                switch (fate) {
                    case TAKEN -> Mark.CHECK;
                    case CHANGED -> Mark.WARNING;
                    case LOST -> Mark.CROSS;
                };
        cell.text(row.note().item()).mark(mark, tone(fate)).tip(row.note().item());
    }

    private static Tone tone(Fate fate) {
        return switch (fate) {
            case TAKEN -> Tone.OK;
            case CHANGED -> Tone.WARN;
            case LOST -> Tone.BAD;
        };
    }

    private static String line(Row row) {
        Note note = row.note();
        return String.join(
                "\t",
                note.fate().name().toLowerCase(Locale.ROOT),
                note.item(),
                note.before(),
                note.after(),
                note.why());
    }

    void show(List<Note> notes) {
        List<Row> all = new ArrayList<>();
        for (Note note : notes) {
            all.add(new Row(all.size(), note));
        }
        all.sort(Comparator.comparing((Row row) -> row.note().fate()).reversed());
        index.set(List.copyOf(all));
        rows.show(index);
        rows.select(0);
    }

    /** {@code 40 taken, 1 changed, 1 lost}. */
    static String words(List<Note> notes) {
        return Presentation.count(count(notes, Fate.TAKEN))
                + " taken, "
                + Presentation.count(count(notes, Fate.CHANGED))
                + " changed, "
                + Presentation.count(count(notes, Fate.LOST))
                + " lost";
    }

    static Tone tone(List<Note> notes) {
        return tone(
                notes.stream().map(Note::fate).max(Comparator.naturalOrder()).orElse(Fate.TAKEN));
    }

    private static long count(List<Note> notes, Fate fate) {
        return notes.stream().filter(note -> note.fate() == fate).count();
    }

    Region node() {
        return node;
    }
}
