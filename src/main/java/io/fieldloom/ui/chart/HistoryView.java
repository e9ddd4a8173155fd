package io.fieldloom.ui.chart;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.History;
import io.fieldloom.engine.device.TagRecording;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.payload.SampleCsv;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Halves;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiTasks;
import io.fieldloom.ui.kit.chart.TimeChart;
import io.fieldloom.ui.kit.chart.TimeSeries;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.io.File;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleConsumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/**
 * One tag's own values as a line and as a list: what comes since it was chosen, and what its server
 * recorded before. FX thread only.
 */
public final class HistoryView extends StackPane implements AutoCloseable {
    /** The plot's share of the width, until a person divides it. */
    public static final double SHARE = 0.6;

    private static final double LEAST = 160;
    private static final History.Kept NOTHING = new History.Kept(false, Set.of());

    private final ChartServices services;
    private final TimeSeries series = new TimeSeries(Curve.MOST_POINTS);
    private final TimeChart chart = new TimeChart("History of the chosen tag");
    private final Label name = new Label();
    private final Label value = new Label();
    private final Label state = new Label();
    private final PastQuery past = new PastQuery(this::readPast);
    private final Button live = new Button("Live");
    private final FlatRows<HistoryLine> lines =
            new FlatRows<>(line -> Long.toString(line.number()), HistoryLine::value);
    private final VirtualRows<HistoryLine> history =
            new VirtualRows<>("History", lines, lines, HistoryLine.columns());
    private final VBox body;
    private final EmptyState empty =
            new EmptyState(
                    Icon.HISTORY,
                    "No tag is chosen",
                    "Choose a tag in Devices and take History from its menu. It shows what comes,"
                            + " and what the server recorded before where it keeps a history.");
    private final Ticker.Handle beat;
    private DeviceItem item;
    private TagSpec tag;
    private DeviceLink link;
    private TagRecording recording;
    private long seen;
    private long numbered;
    private String kind = PastQuery.RECORDED;
    private String interval = "";
    private UiTasks.Running reading;

    /**
     * @param share of the plot, 0 to 1
     * @param onMoved told when a person has moved the division
     */
    public HistoryView(ChartServices services, double share, DoubleConsumer onMoved) {
        this.services = services;
        new RowCopy<>(history, HistoryLine::text);
        chart.setMinWidth(LEAST);
        history.setMinWidth(LEAST);
        chart.add("", series);
        Halves halves = new Halves(chart, history, share, onMoved);
        VBox.setVgrow(halves, Priority.ALWAYS);
        body = new VBox(tools(), halves);
        body.setMinSize(0, 0);
        getStyleClass().add("tab-pane-body");
        getChildren().addAll(body, empty);
        setMinSize(0, 0);
        body.setVisible(false);
        beat = services.kit().ticker().every(Ticker.LIVE, this::pull);
    }

    private FlowPane tools() {
        name.getStyleClass().add("strong");
        value.getStyleClass().add("mono");
        live.getStyleClass().add("ghost");
        Tip.set(live, "Back to what comes now");
        live.setOnAction(event -> goLive());
        live.managedProperty().bind(live.visibleProperty());
        live.setVisible(false);
        past.managedProperty().bind(past.visibleProperty());
        past.setVisible(false);
        Button save = new Button("Save as CSV…");
        save.getStyleClass().add("quiet");
        save.setMinWidth(Region.USE_PREF_SIZE);
        Tip.set(save, "Saves what is listed, with times in UTC");
        save.setOnAction(event -> save());
        FlowPane tools = new FlowPane(10, 4, name, value, past, live, save, state);
        tools.getStyleClass().add("tab-tools");
        return tools;
    }

    /** Lists this tag's values. */
    public void show(DeviceItem other) {
        if (item != null && item.ref().equals(other.ref())) {
            return;
        }
        end();
        item = other;
        tag = services.tag(other);
        name.setText(other.name());
        Tip.set(name, other.device() + "\n" + other.address());
        value.setText("");
        past.setVisible(false);
        link = null;
        goLive();
        empty.setVisible(false);
        body.setVisible(true);
        pull();
    }

    private void record(DeviceLink other) {
        if (recording != null) {
            recording.close();
        }
        link = other;
        seen = 0;
        recording = new TagRecording(link, tag, Curve.INTERVAL, Curve.MOST_POINTS);
        offerPast();
    }

    /** The questions are there only where the server says that it keeps this variable's past. */
    private void offerPast() {
        DeviceItem asked = item;
        link.capability(History.class)
                .ifPresentOrElse(
                        history ->
                                services.kit()
                                        .tasks()
                                        .follow(
                                                "Ask whether " + tag.name() + " has a history",
                                                history.kept(tag.address()),
                                                kept -> offer(asked, kept),
                                                failure -> offer(asked, NOTHING)),
                        () -> offer(asked, NOTHING));
    }

    private void offer(DeviceItem asked, History.Kept kept) {
        if (asked != item) {
            return;
        }
        past.offer(kept);
        past.setVisible(kept.values());
        if (!kept.values()) {
            say(
                    Tone.DIM,
                    item.device() + " keeps no history of it; here is what comes from now on.");
        }
    }

    private void readPast() {
        Optional<History> history =
                Optional.ofNullable(link).flatMap(one -> one.capability(History.class));
        if (history.isEmpty()) {
            say(Tone.BAD, item.device() + " is not connected.");
            return;
        }
        CompletableFuture<History.Past> answer;
        try {
            answer = past.ask(history.get(), tag.address(), Curve.MOST_POINTS);
        } catch (MalformedException e) {
            say(Tone.BAD, Presentation.sentence(e.getMessage()) + ".");
            return;
        }
        past.busy(true);
        boolean joins = past.endsNow();
        boolean hasUnit = past.hasUnit();
        String asked = past.kind();
        String each = past.interval();
        say(Tone.DIM, "Reading…");
        reading =
                services.kit()
                        .tasks()
                        .follow(
                                "Read the history of " + tag.name(),
                                answer,
                                found -> {
                                    kind = asked;
                                    interval = each;
                                    showPast(hasUnit ? own(found) : found, joins);
                                },
                                failure -> {
                                    past.busy(false);
                                    say(Tone.BAD, new UiTasks.Failure("History", failure).words());
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
        List<HistoryLine> listed = new ArrayList<>();
        for (Sample sample : before) {
            series.add(sample.time().toEpochMilli(), Presentation.charted(sample));
            listed.add(0, new HistoryLine(numbered++, sample));
        }
        for (Sample sample : own) {
            series.add(sample.receivedAt().toEpochMilli(), Presentation.charted(sample));
            listed.add(0, new HistoryLine(numbered++, sample));
        }
        lines.set(listed);
        paint();
        say(found.complete() ? Tone.DIM : Tone.WARN, past.found(found));
    }

    /** Begins anew with what was seen here. */
    private void goLive() {
        live.setVisible(false);
        kind = PastQuery.RECORDED;
        interval = "";
        say(Tone.DIM, "");
        series.clear();
        lines.set(List.of());
        seen = 0;
        paint();
    }

    private void save() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Save the history of " + item.name());
        chooser.setInitialFileName(item.name().replaceAll("[^A-Za-z0-9._-]+", "-") + ".csv");
        File target = chooser.showSaveDialog(getScene().getWindow());
        if (target == null) {
            return;
        }
        List<Sample> oldestFirst =
                new ArrayList<>(lines.all().stream().map(HistoryLine::sample).toList());
        Collections.reverse(oldestFirst);
        SampleCsv csv =
                new SampleCsv(
                        item.device() + "/" + item.tag(), kind, interval, services.unit(item));
        services.kit()
                .tasks()
                .run(
                        "Save the history of " + item.name(),
                        progress -> Files.writeString(target.toPath(), csv.of(oldestFirst)),
                        done -> services.kit().notifications().tell("The history is in " + target));
    }

    private void pull() {
        if (item == null) {
            return;
        }
        services.registry().link(item.device()).filter(now -> now != link).ifPresent(this::record);
        if (recording != null && !live.isVisible()) {
            take(recording.since(seen));
            seen = recording.total();
        }
        if (getScene() != null) {
            paint();
        }
    }

    private void take(List<Sample> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        List<HistoryLine> added = new ArrayList<>();
        for (Sample sample : fresh) {
            series.add(sample.receivedAt().toEpochMilli(), Presentation.charted(sample));
            added.add(0, new HistoryLine(numbered++, sample));
        }
        List<HistoryLine> before = lines.all();
        int kept = Math.min(before.size(), Math.max(0, Curve.MOST_POINTS - added.size()));
        added.addAll(before.subList(0, kept));
        lines.set(added.subList(0, Math.min(added.size(), Curve.MOST_POINTS)));
        Sample newest = fresh.get(fresh.size() - 1);
        value.setText(
                Presentation.value(newest.value(), services.unit(item))
                        + (newest.status().isGood() ? "" : "  " + newest.status().name()));
        Presentation.status(newest.status()).paint(value);
    }

    private void paint() {
        boolean isNow = !live.isVisible() && link != null && link.state().isUp();
        chart.holdUntil(isNow ? System.currentTimeMillis() : 0);
        history.refresh();
        chart.repaint();
    }

    private void say(Tone tone, String words) {
        state.setText(words);
        tone.paint(state);
    }

    private void end() {
        if (reading != null) {
            reading.cancel();
            past.busy(false);
        }
        if (recording != null) {
            recording.close();
            recording = null;
        }
    }

    /** Ends the recording. */
    @Override
    public void close() {
        beat.close();
        end();
    }
}
