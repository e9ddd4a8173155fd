package io.fieldloom.ui.devices;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.ModbusAddress;
import io.fieldloom.domain.tag.TagLines;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
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

    private static final int MOST_FAULTS = 50;
    private static final double FAULTS_HEIGHT = 110;
    private static final double HEIGHT = 150;
    private static final double LEAST = 90;

    private final Device before;
    private final TextArea text = new TextArea();
    private final ComboBox<String> order = new ComboBox<>();
    private final Label summary = new Label();
    private final VBox faultList = new VBox(6);
    private final ScrollPane faultPane = new ScrollPane(faultList);
    private final FlatRows<TagSpec> index = new FlatRows<>(TagSpec::name, TagSpec::name);
    private final VirtualRows<TagSpec> table;
    private final Label load = Form.message();
    private final ToggleButton showRequests = new ToggleButton("Requests");
    private final RequestTable requests = new RequestTable();
    private List<TagSpec> tags = List.of();
    private List<TagLines.Fault> faults = List.of();
    private Map<String, Sample> samples = Map.of();
    private Runnable onChange = () -> {};

    TagLinesEditor(Device before) {
        this.before = before;
        setSpacing(6);
        text.setPromptText("SteamPressure  40001:float32  bar  0.1");
        text.setAccessibleText("Tags, one a line");
        text.getStyleClass().add("code");
        text.setPrefRowCount(5);
        text.setMinHeight(LEAST);
        Label form =
                new Label("One tag a line: NAME ADDRESS [UNIT] [SCALE], also from a spreadsheet");
        form.getStyleClass().add("dim");
        form.setWrapText(true);
        order.getItems().setAll(ORDERS);
        order.getSelectionModel().select(0);
        order.setAccessibleText("Order of the bytes of 32 and 64 bit values");
        order.setMinWidth(Region.USE_PREF_SIZE);
        Label orders = new Label("32 and 64 bit values");
        orders.getStyleClass().add("dim");
        HBox line = new HBox(8, orders, order);
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMinHeight(Region.USE_PREF_SIZE);
        faultPane.getStyleClass().add("dialog-body");
        faultPane.setFitToWidth(true);
        faultPane.setMaxHeight(FAULTS_HEIGHT);
        faultPane.managedProperty().bind(faultPane.visibleProperty());
        table = new VirtualRows<>("Tags as they are understood", index, index, columns());
        table.setPrefHeight(HEIGHT);
        table.setMinHeight(LEAST);
        showRequests.getStyleClass().add("quiet");
        showRequests.setMinWidth(Region.USE_PREF_SIZE);
        Tip.set(showRequests, "Show which requests the tags become, instead of the tags");
        requests.node().visibleProperty().bind(showRequests.selectedProperty());
        table.visibleProperty().bind(showRequests.selectedProperty().not());
        requests.node().setPrefHeight(HEIGHT);
        requests.node().setMinHeight(LEAST);
        StackPane shown = new StackPane(table, requests.node());
        VBox.setVgrow(shown, Priority.ALWAYS);
        summary.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(summary, Priority.ALWAYS);
        HBox head = new HBox(8, summary, showRequests);
        head.setAlignment(Pos.CENTER_LEFT);
        head.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().addAll(form, text, line, head, load, faultPane, shown);
        if (before != null) {
            text.setText(TagText.lines(before.tags().values()));
        }
        text.textProperty().addListener(observable -> read());
        order.valueProperty().addListener(observable -> read());
        read();
    }

    private List<Column<TagSpec>> columns() {
        return List.of(
                Column.text("Tag", 0, (tag, cell) -> cell.text(tag.name())),
                Column.<TagSpec>text("Address", 170, TagLinesEditor::paintAddress).keep(5),
                Column.<TagSpec>text("Unit", 46, (tag, cell) -> cell.text(tag.unit())).keep(3),
                Column.<TagSpec>number("Scale", 50, TagLinesEditor::paintScale).keep(2),
                Column.<TagSpec>number("Read", 96, this::paintValue).keep(4));
    }

    private static void paintAddress(TagSpec tag, Cell cell) {
        cell.text(tag.address()).mono();
        try {
            cell.note(ModbusAddress.parse(tag.address()).manualNotation(), "");
        } catch (MalformedException e) {
            cell.tone(Tone.BAD); // a tag that the file brought; its rule is told when it is saved
        }
    }

    private static void paintScale(TagSpec tag, Cell cell) {
        if (tag.isScaled()) {
            cell.text(tag.scale().toPlainString());
        }
    }

    private void paintValue(TagSpec tag, Cell cell) {
        Sample sample = samples.get(tag.address());
        if (sample != null) {
            boolean good = sample.status().isGood();
            cell.text(good ? Presentation.value(tag.own(sample.value())) : sample.status().name())
                    .tone(Presentation.status(sample.status()));
        }
    }

    private void read() {
        TagLines.Result result = TagLines.parse(text.getText());
        int chosen = order.getSelectionModel().getSelectedIndex();
        tags =
                TagText.keeping(result.tags(), before).stream()
                        .map(tag -> TagText.ordered(tag, chosen))
                        .toList();
        faults = result.faults();
        index.set(tags);
        table.refresh();
        showFaults();
        String words = DeviceDialogs.tags(tags.size());
        if (!faults.isEmpty()) {
            long lines = faults.stream().mapToInt(TagLines.Fault::line).distinct().count();
            words += ", " + faultyLines();
        }
        Form.say(summary, faults.isEmpty() ? Tone.NORMAL : Tone.BAD, words);
        onChange.run();
    }

    /** A line that was a tag is no wish to remove it. */
    private String faultyLines() {
        long lines = faults.stream().mapToInt(TagLines.Fault::line).distinct().count();
        return before == null
                ? Presentation.count(lines, "faulty line left out", "faulty lines left out")
                : Presentation.count(lines, "faulty line", "faulty lines")
                        + ": mend or delete what is marked below to save";
    }

    private void showFaults() {
        faultList.getChildren().clear();
        Map<Integer, List<TagLines.Fault>> byLine =
                faults.stream()
                        .collect(
                                Collectors.groupingBy(
                                        TagLines.Fault::line,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        byLine.values().stream()
                .limit(MOST_FAULTS)
                .forEach(line -> faultList.getChildren().add(faultyLine(line)));
        if (byLine.size() > MOST_FAULTS) {
            faultList.getChildren().add(new Label("and more"));
        }
        faultPane.setVisible(!faults.isEmpty());
    }

    /** A line once, with all that is wrong with it; each reason leads to its place. */
    private HBox faultyLine(List<TagLines.Fault> wrong) {
        TagLines.Fault first = wrong.get(0);
        Hyperlink where = new Hyperlink("Line " + first.line());
        where.setOnAction(event -> point(first));
        where.setMinWidth(Region.USE_PREF_SIZE);
        Label line = new Label(first.text().strip().replace('\t', ' '));
        line.getStyleClass().add("mono");
        VBox what = new VBox(1, line);
        for (TagLines.Fault fault : wrong) {
            Label reason = new Label(fault.message());
            reason.setWrapText(true);
            reason.setOnMouseClicked(event -> point(fault));
            Tone.BAD.paint(reason);
            what.getChildren().add(reason);
        }
        HBox.setHgrow(what, Priority.ALWAYS);
        return new HBox(8, where, what);
    }

    /** Marks the faulty cell and what follows it in its line. */
    private void point(TagLines.Fault fault) {
        int start = 0;
        for (int line = 1; line < fault.line(); line++) {
            start = text.getText().indexOf('\n', start) + 1;
        }
        int end = text.getText().indexOf('\n', start);
        int last = end < 0 ? text.getLength() : end;
        text.requestFocus();
        text.selectRange(Math.min(last, start + fault.column() - 1), last);
    }

    void onChange(Runnable action) {
        onChange = action;
    }

    boolean hasFaults() {
        return !faults.isEmpty();
    }

    /** The tags of the good lines. */
    List<TagSpec> tags() {
        return tags;
    }

    /** Shows how the tags will be read, or nothing where it is not known where. */
    void plan(Optional<PollingPlan> plan) {
        Form.say(
                load,
                plan.map(PollingPlan::tone).orElse(Tone.DIM),
                plan.map(PollingPlan::words).orElse(""));
        showRequests.setDisable(plan.isEmpty() || tags.isEmpty());
        if (showRequests.isDisabled()) {
            showRequests.setSelected(false);
        }
        plan.ifPresent(requests::show);
    }

    /** Shows what was read, by address. */
    void values(Map<String, Sample> read) {
        samples = read;
        table.refresh();
    }
}
