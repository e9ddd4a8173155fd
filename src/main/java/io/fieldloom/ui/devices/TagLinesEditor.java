package io.fieldloom.ui.devices;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.TagLines;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.Mark;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Tags pasted as lines, and beside them what they mean: a table of the good ones, and each faulty
 * line with its number and the reason.
 */
final class TagLinesEditor extends VBox {
    private static final List<String> ORDERS =
            List.of(
                    "as the lines say, else ABCD",
                    "words swapped: CDAB",
                    "bytes swapped: BADC",
                    "all swapped: DCBA");

    /** One row of the preview: a tag, or a fault. */
    private record Row(String key, TagSpec tag, TagLines.Fault fault) {}

    private final Device before;
    private final TextArea text = new TextArea();
    private final ComboBox<String> order = new ComboBox<>();
    private final Label summary = new Label();
    private final FlatRows<Row> index = new FlatRows<>(Row::key, TagLinesEditor::name);
    private final VirtualRows<Row> table;
    private List<TagSpec> tags = List.of();
    private List<TagLines.Fault> faults = List.of();
    private Map<String, Sample> samples = Map.of();
    private Runnable onChange = () -> {};

    TagLinesEditor(Device before) {
        this.before = before;
        setSpacing(6);
        text.setPromptText(
                """
                SteamPressure	40001:float32	bar	0.1
                FeedwaterLevel	holding:2	%
                BurnerOn	coil:0""");
        text.setAccessibleText("Tags, one a line");
        text.getStyleClass().add("code");
        text.setPrefRowCount(7);
        text.setMinHeight(110);
        Label form =
                new Label("One tag a line: NAME ADDRESS [UNIT] [SCALE], also from a spreadsheet");
        form.getStyleClass().add("dim");
        form.setWrapText(true);
        order.getItems().setAll(ORDERS);
        order.getSelectionModel().select(0);
        order.setAccessibleText("Order of the bytes of 32 and 64 bit values");
        Label orders = new Label("32 and 64 bit values:");
        orders.setMinWidth(Region.USE_PREF_SIZE);
        orders.getStyleClass().add("dim");
        HBox.setHgrow(summary, Priority.ALWAYS);
        summary.setMaxWidth(Double.MAX_VALUE);
        summary.setMinWidth(60);
        HBox line = new HBox(8, summary, orders, order);
        line.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        table = new VirtualRows<>("Tags as they are understood", index, index, columns());
        table.setPrefHeight(170);
        table.setMinHeight(90);
        table.onSelection(this::point);
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(form, text, line, table);
        if (before != null) {
            text.setText(TagText.lines(before.tags().values()));
        }
        text.textProperty().addListener(observable -> read());
        order.valueProperty().addListener(observable -> read());
        read();
    }

    private static String name(Row row) {
        return row.tag() == null ? "line " + row.fault().line() : row.tag().name();
    }

    private List<Column<Row>> columns() {
        return List.of(
                Column.text("Tag", 0, this::paintName),
                Column.<Row>text("Address", 150, TagLinesEditor::paintAddress).keep(5),
                Column.<Row>text("Unit", 46, (row, cell) -> cell.text(unit(row))).keep(3),
                Column.<Row>number("Scale", 50, TagLinesEditor::paintScale).keep(2),
                Column.<Row>number("Read", 96, this::paintValue).keep(4));
    }

    private void paintName(Row row, Cell cell) {
        if (row.fault() != null) {
            TagLines.Fault fault = row.fault();
            cell.text("Line " + fault.line() + ": " + fault.message())
                    .mark(Mark.CROSS, Tone.BAD)
                    .tone(Tone.BAD)
                    .tip(
                            "Line "
                                    + fault.line()
                                    + ", column "
                                    + fault.column()
                                    + ": "
                                    + fault.message()
                                    + "\n"
                                    + fault.text());
        } else {
            cell.text(row.tag().name()).mark(Mark.CHECK, Tone.OK);
        }
    }

    private static void paintAddress(Row row, Cell cell) {
        if (row.tag() == null) {
            return;
        }
        try {
            ModbusAddress address = ModbusAddress.parse(row.tag().address());
            cell.text(row.tag().address()).mono().note("(" + address.manualNotation() + ")");
        } catch (MalformedException e) {
            cell.text(row.tag().address()).mono();
        }
    }

    private static String unit(Row row) {
        return row.tag() == null ? "" : row.tag().unit();
    }

    private static void paintScale(Row row, Cell cell) {
        if (row.tag() != null && row.tag().isScaled()) {
            cell.text(row.tag().scale().toPlainString());
        }
    }

    private void paintValue(Row row, Cell cell) {
        Sample sample = row.tag() == null ? null : samples.get(row.tag().address());
        if (sample != null) {
            boolean good = sample.status().isGood();
            cell.text(
                            good
                                    ? Presentation.value(row.tag().own(sample.value()))
                                    : sample.status().name())
                    .tone(Presentation.status(sample.status()));
        }
    }

    private void read() {
        TagLines.Result result = TagLines.parse(text.getText());
        int chosen = order.getSelectionModel().getSelectedIndex();
        tags =
                result.tags().stream()
                        .map(tag -> TagText.keeping(tag, before))
                        .map(tag -> TagText.ordered(tag, chosen))
                        .toList();
        faults = result.faults();
        List<Row> rows = new ArrayList<>();
        for (TagLines.Fault fault : faults) {
            rows.add(new Row("!" + fault.line() + ":" + fault.column(), null, fault));
        }
        for (TagSpec tag : tags) {
            rows.add(new Row(tag.name(), tag, null));
        }
        index.set(rows);
        table.refresh();
        String words = DeviceDialogs.tags(tags.size());
        if (!faults.isEmpty()) {
            long lines = faults.stream().mapToInt(TagLines.Fault::line).distinct().count();
            words +=
                    ", "
                            + Presentation.count(
                                    lines, "faulty line left out", "faulty lines left out");
        }
        Form.say(summary, faults.isEmpty() ? Tone.NORMAL : Tone.BAD, words);
        onChange.run();
    }

    /** Puts the cursor to where the chosen fault is. */
    private void point() {
        Row row = table.lead();
        if (row == null || row.fault() == null) {
            return;
        }
        int start = 0;
        for (int line = 1; line < row.fault().line(); line++) {
            start = text.getText().indexOf('\n', start) + 1;
        }
        int end = text.getText().indexOf('\n', start);
        text.selectRange(start, end < 0 ? text.getLength() : end);
    }

    void onChange(Runnable action) {
        onChange = action;
    }

    /** The tags of the good lines. */
    List<TagSpec> tags() {
        return tags;
    }

    boolean isFaulty() {
        return !faults.isEmpty();
    }

    /** Shows what was read, by address. */
    void values(Map<String, Sample> read) {
        samples = read;
        table.refresh();
    }
}
