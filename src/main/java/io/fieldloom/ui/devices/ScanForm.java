package io.fieldloom.ui.devices;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceTrial;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.LineScan;
import io.fieldloom.engine.device.LineScan.Question;
import io.fieldloom.engine.device.Scan;
import io.fieldloom.engine.device.Scan.Range;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiTasks;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * Finds the units behind a Modbus connection and what can be read of them; what is found can become
 * a device, or be looked at in Registers. It only reads. FX thread only.
 */
final class ScanForm {
    private static final double WIDE = 720;
    private static final double HEIGHT = 220;
    private static final double LEAST = 100;
    private final DevicesServices services;
    private final Consumer<Endpoint> add;
    private final ScanQuestion asked = new ScanQuestion();
    private final Button search = new Button("Scan");
    private final Label words = Form.message();
    private final ProgressBar progress = new ProgressBar(0);
    private final List<Range> found = new ArrayList<>();
    private final FlatRows<Range> index = new FlatRows<>(ScanForm::text, ScanForm::text);
    private final VirtualRows<Range> rows;
    private DialogPane dialog;
    private Button show;
    private Button take;
    private Endpoint place;
    private volatile LineScan scan;
    private UiTasks.Running running;
    private Ticker.Handle beat;

    /**
     * @param add takes the endpoint that a device is to be made of
     */
    ScanForm(DevicesServices services, Consumer<Endpoint> add) {
        this.services = services;
        this.add = add;
        rows = new VirtualRows<>("What can be read", index, index, columns());
        rows.onSelection(this::state);
        rows.onOpen(this::open);
        new RowCopy<>(rows, ScanForm::text);
    }

    private List<Column<Range>> columns() {
        return List.of(
                Column.text("Unit", 70, (range, cell) -> cell.text(String.valueOf(range.unit()))),
                Column.<Range>text(
                                "Can be read",
                                220,
                                (range, cell) -> cell.text(addresses(range)).mono())
                        .keep(3),
                Column.<Range>number(
                                "How many",
                                80,
                                (range, cell) ->
                                        cell.text(
                                                Presentation.count(range.to() - range.from() + 1L)))
                        .keep(2),
                Column.<Range>text("In the project", 0, this::paintKnown).grows());
    }

    private void paintKnown(Range range, Cell cell) {
        cell.text(known(range.unit()).map(Device::name).orElse("")).tone(Tone.DIM);
    }

    private static String addresses(Range range) {
        String first = range.table() + ":" + range.from();
        return range.from() == range.to() ? first : first + " to " + range.to();
    }

    private static String text(Range range) {
        return "unit " + range.unit() + " " + addresses(range);
    }

    /**
     * @param where an endpoint to begin with, or the empty text
     */
    void show(String where) {
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setVisible(false);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        search.setMinWidth(74);
        HBox start = new HBox(10, search, words);
        start.setAlignment(Pos.CENTER_LEFT);
        rows.setPrefHeight(HEIGHT);
        rows.setMinHeight(LEAST);
        VBox.setVgrow(rows, Priority.ALWAYS);
        dialog =
                new DialogPane(
                                "Scan a Modbus line",
                                new VBox(10, asked.form(), start, progress, rows))
                        .width(WIDE);
        dialog.cancelButton("Close");
        dialog.onCancel(this::stop);
        show = dialog.button("Show in Registers", this::showRegisters);
        take = dialog.button("Add as a device…", this::addDevice);
        take.getStyleClass().add("primary");
        dialog.focusFirst(where.isEmpty() ? asked.first() : search);
        search.setOnAction(event -> toggle());
        asked.onChange(this::check);
        asked.onEnter(this::toggle);
        asked.set(where);
        services.kit().dialogs().show(dialog);
        check();
    }

    private void check() {
        if (running != null) {
            return;
        }
        try {
            Form.say(words, Tone.DIM, explained(asked.endpoint(), asked.question()));
            search.setDisable(false);
        } catch (MalformedException e) {
            Form.say(words, Tone.BAD, asked.isEmpty() ? "" : e.getMessage());
            search.setDisable(true);
        }
        state();
    }

    private static String explained(Endpoint where, Question question) {
        return "It only reads, one question at a time. "
                + (question.units() == null
                        ? "Unit " + where.unit() + " is looked through."
                        : Presentation.count(question.units().count(), "unit id", "unit ids")
                                + " to ask; each that answers is looked through.");
    }

    private void toggle() {
        if (running != null) {
            stop();
            return;
        }
        check();
        if (!search.isDisabled()) {
            start(asked.endpoint(), asked.question());
        }
    }

    private void stop() {
        if (running != null) {
            running.cancel();
        }
    }

    private void start(Endpoint where, Question question) {
        place = where;
        found.clear();
        index.set(List.of());
        rows.refresh();
        Driver driver =
                services.drivers().stream()
                        .filter(each -> each.speaks(where.scheme()))
                        .findFirst()
                        .orElseThrow();
        SessionRequest request = SessionRequest.anonymous(where.authority(), where);
        CompletableFuture<Void> all =
                DeviceTrial.use(
                                driver,
                                request,
                                session -> {
                                    Scan of = session.capability(Scan.class).orElseThrow();
                                    scan = new LineScan(of, where, question, new Found());
                                    return scan.start();
                                },
                                services.pool())
                        .toCompletableFuture();
        running =
                services.kit()
                        .tasks()
                        .follow("Scan " + where.authority(), all, done -> {}, failure -> {});
        all.whenComplete(
                (done, failure) -> {
                    LineScan present = scan;
                    if (present != null) {
                        present.cancel();
                    }
                    services.kit().fx().execute(() -> ended(failure));
                });
        beat = services.kit().ticker().every(Ticker.CALM, this::follow);
        Form.say(words, Tone.DIM, "Scanning " + where.authority() + "…");
        search.setText("Stop");
        progress.setProgress(0);
        progress.setVisible(true);
        state();
    }

    private void follow() {
        LineScan present = scan;
        if (running != null && present != null) {
            running.at(present.progress());
            progress.setProgress(present.progress());
        }
    }

    private void ended(Throwable failure) {
        beat.close();
        running = null;
        progress.setVisible(false);
        search.setText("Scan");
        String ranges = Presentation.count(found.size(), "range", "ranges") + " found.";
        Throwable cause = failure == null ? null : Cause.of(failure);
        List<DeviceException> doubts = scan == null ? List.of() : scan.doubts();
        if (cause instanceof CancellationException) {
            Form.say(words, Tone.DIM, "Stopped. " + ranges);
        } else if (cause != null) {
            Form.say(words, Tone.BAD, told(cause));
        } else if (!doubts.isEmpty()) {
            String why = doubts.stream().map(ScanForm::told).collect(Collectors.joining(" "));
            Form.say(words, Tone.WARN, ranges + " " + why);
        } else if (found.isEmpty()) {
            Form.say(
                    words,
                    Tone.WARN,
                    "Nothing there can be read. Look for other units, or up to address 65535.");
        } else {
            Form.say(words, Tone.OK, ranges);
        }
        state();
    }

    private static String told(Throwable cause) {
        return cause instanceof DeviceException known
                ? Presentation.sentence(known.getMessage()) + " " + known.advice()
                : String.valueOf(cause.getMessage());
    }

    /** The project's device that is that unit of the scanned place. */
    private Optional<Device> known(int unit) {
        Endpoint there = at(unit);
        return services.project().get().devices().values().stream()
                .filter(device -> Endpoint.isAt(device.endpoint(), there))
                .findFirst();
    }

    private Endpoint at(int unit) {
        return place.withUnit(unit);
    }

    private void state() {
        Range range = rows.lead();
        boolean isKnown = range != null && known(range.unit()).isPresent();
        show.setDisable(!isKnown);
        take.setDisable(range == null || isKnown);
        take.setText(
                range == null ? "Add as a device…" : "Add unit " + range.unit() + " as a device…");
    }

    private void open(Range range) {
        if (range != null && known(range.unit()).isPresent()) {
            showRegisters();
        } else if (range != null) {
            addDevice();
        }
    }

    private void showRegisters() {
        Range range = rows.lead();
        stop();
        dialog.close();
        known(range.unit())
                .ifPresent(
                        device ->
                                services.registers()
                                        .accept(
                                                new TagRef(
                                                        device.name(),
                                                        range.table() + ":" + range.from())));
    }

    private void addDevice() {
        Range range = rows.lead();
        stop();
        dialog.close();
        add.accept(at(range.unit()));
    }

    /** Brings over what is found; a range comes seldom, so each has its own errand. */
    private final class Found implements LineScan.Listener {
        @Override
        public void unit(int unit) {
            say("Unit " + unit + " answers…");
        }

        @Override
        public void anyUnit(int unit) {
            say("It answers to any unit id and is looked through as unit " + unit + "…");
        }

        private void say(String text) {
            services.kit()
                    .fx()
                    .execute(
                            () -> {
                                if (running != null) {
                                    Form.say(words, Tone.DIM, text);
                                }
                            });
        }

        @Override
        public void range(Range range) {
            services.kit()
                    .fx()
                    .execute(
                            () -> {
                                found.add(range);
                                index.set(List.copyOf(found));
                                rows.refresh();
                                state();
                            });
        }
    }
}
