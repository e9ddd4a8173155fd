package io.fieldloom.ui.frames;

import io.fieldloom.domain.project.Project;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.FrameLog;
import io.fieldloom.engine.device.LinkStatistics;
import io.fieldloom.engine.device.LinkStatistics.Counts;
import io.fieldloom.ui.kit.DevicePicker;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/**
 * The frames between Fieldloom and a Modbus device: when, which way, how long the answer took, what
 * it means, and its bytes. Nothing is recorded before somebody asks; each device has a recording of
 * its own, which goes on while another one is looked at. FX thread only.
 */
public final class FramesView extends VBox {
    private static final long RATE_NANOS = 1_000_000_000L;

    private final UiKit kit;
    private final DeviceRegistry registry;
    private final DevicePicker device;
    private final FlatRows<FrameLine> index =
            new FlatRows<>(FrameLine::id, line -> line.frame().meaning() + " " + line.bytes());
    private final VirtualRows<FrameLine> rows;
    private final StackPane body = new StackPane();
    private final Button record = new Button();
    private final Button clear = new Button("Clear");
    private final Button save = new Button("Save…");
    private final Label counts = new Label();
    private final Node empty;
    private final Map<String, FrameTape> tapes = new HashMap<>();
    private Counts before;
    private double rate;

    /**
     * @param project the open project, now
     * @param registry the links to its devices
     * @param chosen the device that is chosen in Devices, now
     */
    public FramesView(
            UiKit kit,
            Supplier<Project> project,
            DeviceRegistry registry,
            Supplier<Optional<String>> chosen) {
        this.kit = kit;
        this.registry = registry;
        device = new DevicePicker(project, each -> !each.isOpcUa(), chosen);
        rows = new VirtualRows<>("Frames", index, index, columns());
        RowCopy<FrameLine> copy = new RowCopy<>(rows, FrameLine::text);
        rows.onOpen(line -> copy.copySelectedOr(List.of(line)));
        empty =
                new EmptyState(
                        Icon.HISTORY,
                        "Nothing recorded",
                        "Choose a Modbus device and press Record: each request and answer is"
                                + " listed with its bytes and what they mean.");
        getStyleClass().add("tab-pane-body");
        body.setMinSize(0, 0);
        body.getChildren().add(empty);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(tools(), body);
        device.valueProperty().addListener(observable -> other());
        kit.ticker().every(Ticker.CALM, this::pull);
        state();
    }

    private List<Column<FrameLine>> columns() {
        return List.of(
                Column.text(
                        "Time",
                        110,
                        (line, cell) -> cell.text(Presentation.clock(line.frame().time())).mono()),
                Column.<FrameLine>text(
                                "",
                                18,
                                (line, cell) ->
                                        cell.text(line.direction())
                                                .tone(line.isSent() ? Tone.DIM : Tone.OK)
                                                .tip(line.isSent() ? "Sent" : "Received"))
                        .keep(4),
                Column.<FrameLine>number(
                                "Answer after", 84, (line, cell) -> cell.text(line.roundTrip()))
                        .keep(2),
                Column.<FrameLine>text(
                                "Meaning",
                                380,
                                (line, cell) -> cell.text(line.frame().meaning()).tip(line.text()))
                        .least(200)
                        .keep(3),
                Column.<FrameLine>text(
                                "Bytes",
                                0,
                                (line, cell) -> cell.text(line.bytes()).mono().tone(Tone.DIM))
                        .grows());
    }

    private HBox tools() {
        TextField filter = new TextField();
        filter.setPromptText("Filter by meaning or bytes…");
        filter.setAccessibleText("Filter frames");
        filter.textProperty().addListener((observable, was, text) -> rows.filter(text));
        counts.getStyleClass().add("dim");
        counts.setMinWidth(0);
        counts.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(counts, Priority.ALWAYS);
        record.setOnAction(event -> toggle());
        clear.setOnAction(event -> clear());
        save.setOnAction(event -> save());
        for (Button button : List.of(record, clear, save)) {
            button.getStyleClass().add("quiet");
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        HBox tools = new HBox(6, device, record, filter, counts, clear, save);
        tools.getStyleClass().add("tab-tools");
        return tools;
    }

    private Optional<DeviceLink> link() {
        return device.device().flatMap(each -> registry.link(each.name()));
    }

    /** That of the chosen device. */
    private FrameTape tape() {
        return device.getValue() == null
                ? new FrameTape()
                : tapes.computeIfAbsent(device.getValue(), name -> new FrameTape());
    }

    private void toggle() {
        if (tape().isRecording()) {
            tape().stop();
            show();
            return;
        }
        Optional<FrameLog> log = link().flatMap(link -> link.capability(FrameLog.class));
        if (log.isEmpty()) {
            kit.notifications()
                    .fail(device.getValue() + " is not connected, so nothing can be recorded");
            return;
        }
        tape().record(log.get());
        show();
    }

    private void clear() {
        tape().clear();
        show();
    }

    private void other() {
        before = null;
        rate = 0;
        rows.show(index);
        show();
    }

    private void pull() {
        if (getScene() == null || getScene().getWindow() == null) {
            return; // the recordings keep the newest frames meanwhile
        }
        // Who records watches that device, whatever is clicked on elsewhere.
        device.hold(tape().isRecording());
        device.pull();
        boolean fresh = tape().take();
        dropGone();
        if (fresh) {
            show();
        } else {
            state();
            rows.refresh();
        }
    }

    /** A device that the project no longer has is recorded no longer. */
    private void dropGone() {
        tapes.entrySet()
                .removeIf(
                        each -> {
                            boolean gone = !device.getItems().contains(each.getKey());
                            if (gone) {
                                each.getValue().stop();
                            }
                            return gone;
                        });
    }

    private void show() {
        index.set(tape().lines());
        Node wanted = tape().isEmpty() ? empty : rows;
        if (body.getChildren().get(0) != wanted) {
            body.getChildren().setAll(wanted);
        }
        rows.refresh();
        state();
    }

    private void state() {
        FrameTape tape = tape();
        record.setText(tape.isRecording() ? "Stop" : "Record");
        record.setDisable(device.getValue() == null);
        clear.setDisable(tape.isEmpty());
        save.setDisable(tape.isEmpty());
        counts.setText(
                link().flatMap(link -> link.capability(LinkStatistics.class))
                        .map(LinkStatistics::counts)
                        .map(this::words)
                        .orElse(""));
    }

    private String words(Counts now) {
        if (before == null) {
            before = now;
        } else if (now.nanoTime() - before.nanoTime() > RATE_NANOS) {
            rate = now.requestRateSince(before);
            before = now;
        }
        String mean = String.format(Locale.ROOT, "%.1f ms", now.meanRoundTrip().toNanos() / 1e6);
        return Presentation.rate(rate)
                + " requests/s · answers after "
                + mean
                + " · "
                + Presentation.count(now.refusals(), "refusal", "refusals")
                + " · "
                + Presentation.count(now.timeouts(), "time-out", "time-outs")
                + " · "
                + Presentation.count(now.faults(), "fault", "faults");
    }

    private void save() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Save the frames");
        chooser.setInitialFileName(device.getValue() + "-frames.txt");
        File target = chooser.showSaveDialog(getScene().getWindow());
        if (target == null) {
            return;
        }
        String text =
                index.shown().stream()
                        .map(FrameLine::text)
                        .collect(Collectors.joining("\n", "", "\n"));
        kit.tasks()
                .run(
                        "Save the frames",
                        progress ->
                                Files.writeString(target.toPath(), text, StandardCharsets.UTF_8),
                        done -> kit.notifications().tell("The frames are in " + target));
    }
}
