package io.fieldloom.ui.devices;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.History;
import io.fieldloom.engine.device.TagRecording;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiTasks;
import io.fieldloom.ui.kit.chart.TimeChart;
import io.fieldloom.ui.kit.chart.TimeSeries;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.io.File;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/**
 * Chart and history of one tag's own value, from the moment it is opened, whether or not a mapping
 * takes the tag. FX thread only.
 */
final class TagChartView extends VBox implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(250);
    // A quarter of an hour of a value that changes at every sample.
    private static final int MOST_POINTS = 3_600;
    private static final long HOLD_MILLIS = 1_000;

    /** One line of the history; numbered, for a sample may come twice. */
    private record Line(long number, Sample sample) {}

    private final DevicesServices services;
    private final Device device;
    private final TagSpec tag;
    private final String unit;
    private final TimeSeries series = new TimeSeries(MOST_POINTS);
    private final TimeChart chart;
    private final Label value = new Label();
    private final PastQuery past = new PastQuery(this::readPast);
    private final Button live = new Button("Live");
    private final Label pastState = Form.message();
    private final FlatRows<Line> lines =
            new FlatRows<>(line -> Long.toString(line.number()), TagChartView::text);
    private final VirtualRows<Line> history;
    private final Ticker.Handle beat;
    private DeviceLink link;
    private TagRecording recording;
    private long seen;
    private long numbered;
    private Sample newest;
    private UiTasks.Running reading;
    private double held = Double.NaN;

    TagChartView(
            DevicesServices services,
            DeviceLink link,
            Device device,
            TreeRow.OfNode node,
            Runnable onClose) {
        this.services = services;
        this.device = device;
        tag =
                device.tag(node.item().tag())
                        .orElseGet(() -> TagSpec.of(node.name(), node.item().address()));
        unit = node.unit();
        chart = new TimeChart("Chart of " + node.name());
        chart.add(node.name(), series);
        history = new VirtualRows<>("History of " + node.name(), lines, lines, columns());
        new RowCopy<>(
                history, line -> Presentation.clock(line.sample().time()) + "\t" + text(line));
        getStyleClass().add("detail");
        chart.setPrefHeight(130);
        chart.setMinHeight(80);
        VBox.setVgrow(history, Priority.ALWAYS);
        past.managedProperty().bind(past.visibleProperty());
        past.setVisible(false);
        pastState.setPadding(new Insets(0, 10, 4, 10));
        live.getStyleClass().add("ghost");
        live.setTooltip(new Tooltip("Back to what comes now"));
        live.setOnAction(event -> goLive());
        live.managedProperty().bind(live.visibleProperty());
        live.setVisible(false);
        getChildren().addAll(header(node, onClose), past, pastState, chart, history);
        record(link);
        offerPast();
        beat = services.kit().ticker().every(Ticker.LIVE, this::pull);
    }

    private HBox header(TreeRow.OfNode node, Runnable onClose) {
        Label name = new Label(node.name());
        name.getStyleClass().add("mono");
        name.setTooltip(new Tooltip(node.device() + "\n" + node.item().address()));
        name.setMinWidth(60);
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        value.getStyleClass().addAll("mono", "dim");
        value.setMinWidth(Region.USE_PREF_SIZE);
        Button close = new Button();
        close.setGraphic(Icon.CLOSE.node());
        close.getStyleClass().add("ghost");
        close.setAccessibleText("Close the chart");
        close.setTooltip(new Tooltip("Close"));
        close.setOnAction(event -> onClose.run());
        Button save = new Button();
        save.setGraphic(Icon.SAVE.node());
        save.getStyleClass().add("ghost");
        save.setAccessibleText("Save as CSV");
        save.setTooltip(new Tooltip("Save what is listed as CSV…"));
        save.setOnAction(event -> save());
        HBox header = new HBox(8, name, value, live, save, close);
        header.getStyleClass().add("detail-header");
        return header;
    }

    private List<Column<Line>> columns() {
        return List.of(
                Column.text(
                        "Time",
                        0,
                        (line, cell) -> cell.text(Presentation.clock(line.sample().time())).mono()),
                Column.<Line>number(
                                "Value",
                                110,
                                (line, cell) ->
                                        cell.text(text(line))
                                                .tone(Presentation.status(line.sample().status())))
                        .keep(2),
                Column.<Line>text(
                                "Status",
                                90,
                                (line, cell) ->
                                        cell.text(line.sample().status().name())
                                                .tone(
                                                        line.sample().status().isGood()
                                                                ? Tone.DIM
                                                                : Presentation.status(
                                                                        line.sample().status())))
                        .keep(1));
    }

    private static String text(Line line) {
        return Presentation.value(line.sample().value());
    }

    private void record(DeviceLink other) {
        if (recording != null) {
            recording.close();
        }
        link = other;
        seen = 0;
        recording = new TagRecording(link, tag, INTERVAL, MOST_POINTS);
    }

    /** The button is there only where the server says that it keeps this variable's past. */
    private void offerPast() {
        link.capability(History.class)
                .ifPresent(
                        history ->
                                services.kit()
                                        .tasks()
                                        .follow(
                                                "Ask whether " + tag.name() + " has a history",
                                                history.kept(tag.address()),
                                                kept -> {
                                                    past.offer(kept);
                                                    past.setVisible(kept.values());
                                                },
                                                failure -> past.setVisible(false)));
    }

    private void readPast() {
        Optional<History> history = link.capability(History.class);
        if (history.isEmpty()) {
            Form.say(pastState, Tone.BAD, device.name() + " is not connected.");
            return;
        }
        CompletableFuture<History.Past> answer;
        try {
            answer = past.ask(history.get(), tag.address(), MOST_POINTS);
        } catch (MalformedException e) {
            Form.say(pastState, Tone.BAD, Presentation.sentence(e.getMessage()) + ".");
            return;
        }
        past.busy(true);
        boolean joins = past.endsNow();
        boolean hasUnit = past.hasUnit();
        Form.say(pastState, Tone.DIM, "Reading…");
        reading =
                services.kit()
                        .tasks()
                        .follow(
                                "Read the history of " + tag.name(),
                                answer,
                                found -> showPast(hasUnit ? own(found) : found, joins),
                                failure -> {
                                    past.busy(false);
                                    Form.say(
                                            pastState,
                                            Tone.BAD,
                                            new UiTasks.Failure("History", failure).words());
                                });
    }

    private History.Past own(History.Past raw) {
        return new History.Past(
                raw.samples().stream()
                        .map(sample -> sample.withValue(tag.own(sample.value())))
                        .toList(),
                raw.complete());
    }

    /**
     * The past goes before what was seen here; what both know comes from here.
     *
     * @param joins whether it goes on until now; otherwise it stands alone until somebody wants to
     *     see what comes now
     */
    private void showPast(History.Past found, boolean joins) {
        past.busy(false);
        live.setVisible(!joins);
        List<Sample> own = joins ? recording.since(0) : List.of();
        seen = recording.total();
        Instant until = own.isEmpty() ? Instant.MAX : own.get(0).receivedAt();
        List<Sample> before =
                found.samples().stream().filter(sample -> sample.time().isBefore(until)).toList();
        series.clear();
        List<Line> listed = new ArrayList<>();
        for (Sample sample : before) {
            series.add(sample.time().toEpochMilli(), Presentation.charted(sample));
            listed.add(0, new Line(numbered++, sample));
        }
        for (Sample sample : own) {
            series.add(sample.receivedAt().toEpochMilli(), Presentation.charted(sample));
            listed.add(0, new Line(numbered++, sample));
        }
        lines.set(listed);
        history.refresh();
        chart.repaint();
        Form.say(pastState, found.complete() ? Tone.DIM : Tone.WARN, past.found(found));
    }

    /** Begins anew with what was seen here. */
    private void goLive() {
        live.setVisible(false);
        pastState.setText("");
        series.clear();
        lines.set(List.of());
        history.refresh();
        seen = 0;
    }

    private void save() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Save the history of " + tag.name());
        chooser.setInitialFileName(tag.name().replaceAll("[^A-Za-z0-9._-]+", "-") + ".csv");
        File target = chooser.showSaveDialog(getScene().getWindow());
        if (target == null) {
            return;
        }
        List<Sample> oldestFirst = new ArrayList<>(lines.all().stream().map(Line::sample).toList());
        Collections.reverse(oldestFirst);
        services.kit()
                .tasks()
                .run(
                        "Save the history of " + tag.name(),
                        progress ->
                                Files.writeString(target.toPath(), SampleCsv.of(oldestFirst, unit)),
                        done -> services.kit().notifications().tell("The history is in " + target));
    }

    private void pull() {
        services.registry().link(device.name()).filter(now -> now != link).ifPresent(this::record);
        if (live.isVisible()) {
            history.refresh();
            chart.repaint();
            return;
        }
        List<Sample> fresh = recording.since(seen);
        seen = recording.total();
        List<Line> added = new ArrayList<>();
        for (Sample sample : fresh) {
            held = Presentation.charted(sample);
            series.add(sample.receivedAt().toEpochMilli(), held);
            added.add(0, new Line(numbered++, sample));
            newest = sample;
        }
        long now = System.currentTimeMillis();
        boolean still = fresh.isEmpty() && series.size() > 0;
        if (still && now - series.time(series.size() - 1) >= HOLD_MILLIS) {
            series.add(now, held);
        }
        if (!added.isEmpty()) {
            List<Line> before = lines.all();
            int kept = Math.min(before.size(), Math.max(0, MOST_POINTS - added.size()));
            added.addAll(before.subList(0, kept));
            lines.set(added.subList(0, Math.min(added.size(), MOST_POINTS)));
            value.setText(
                    Presentation.value(newest.value(), unit)
                            + (newest.status().isGood() ? "" : "  " + newest.status().name()));
        }
        history.refresh();
        chart.repaint();
    }

    /** Ends the recording. */
    @Override
    public void close() {
        beat.close();
        if (reading != null) {
            reading.cancel();
        }
        recording.close();
    }
}
