package io.fieldloom.ui.devices;

import io.fieldloom.domain.Durations;
import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagSpec;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceTrial;
import io.fieldloom.engine.device.Driver;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.Tone;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;

/** How to reach a Modbus device, and its tags. */
final class ModbusForm {
    private static final double WIDE = 720;

    private final DevicesServices services;
    private final DeviceDialogs dialogs;
    private final Device before;
    private final ModbusConnection connection;
    private final TextField name = new TextField();
    private final TextField interval = new TextField();
    private final TagLinesEditor lines;
    private final Label fault = Form.message();
    private final Label result = Form.message();
    private DialogPane dialog;
    private Button read;
    private Button save;
    private boolean nameTyped;

    /**
     * @param before the device to change, or null for a new one
     */
    ModbusForm(DevicesServices services, DeviceDialogs dialogs, Device before) {
        this.services = services;
        this.dialogs = dialogs;
        this.before = before;
        lines = new TagLinesEditor(before);
        connection = new ModbusConnection(services.kit());
        if (before != null) {
            name.setText(before.name());
            nameTyped = true;
            connection.set(before.endpoint());
            interval.setText(Durations.format(before.interval()));
        }
    }

    void show() {
        name.setAccessibleText("Name");
        Form form = new Form();
        connection.addTo(form);
        interval.setPromptText(Durations.format(Device.DEFAULT_INTERVAL));
        Tip.set(interval, "How often tags are read that say no interval of their own: 250ms, 5s");
        interval.setAccessibleText("Read every");
        interval.setPrefColumnCount(5);
        interval.setMinWidth(Region.USE_PREF_SIZE);
        Label every = new Label("Read every");
        every.getStyleClass().add("dim");
        every.setLabelFor(interval);
        every.setMinWidth(Region.USE_PREF_SIZE);
        HBox named = new HBox(8, name, every, interval);
        named.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(name, Priority.ALWAYS);
        form.line("Name", new VBox(4, named, fault));
        dialog =
                new DialogPane(
                                before == null ? "Add a Modbus device" : "Change " + before.name(),
                                new VBox(12, form, lines, result))
                        .width(WIDE)
                        .keepsRoomForWords();
        dialog.cancelButton("Cancel");
        read = dialog.button("Connect and read", this::read);
        save = dialog.button("Add", this::save);
        save.getStyleClass().add("primary");
        save.setDefaultButton(true);
        dialog.focusFirst(connection.first());
        connection.onChange(
                () -> {
                    suggestName();
                    check();
                });
        name.textProperty().addListener(observable -> check());
        interval.textProperty().addListener(observable -> check());
        name.setOnKeyTyped(event -> nameTyped = true);
        lines.onChange(this::check);
        services.kit().dialogs().show(dialog);
        check();
    }

    /** The same with the place that a search found. */
    void showFor(Endpoint found) {
        show();
        connection.set(found.text());
    }

    private void suggestName() {
        if (!nameTyped) {
            name.setText(
                    connection
                            .suggestedName()
                            .map(
                                    found ->
                                            DeviceNames.suggest(
                                                    services.project().get(), found, "modbus"))
                            .orElse(""));
        }
    }

    private void check() {
        Optional<String> wrong =
                DeviceNames.fault(
                        services.project().get(),
                        name.getText(),
                        before == null ? null : before.name());
        boolean empty = connection.isEmpty() || name.getText().isEmpty();
        String words = empty ? "" : wrong.orElse("");
        Optional<Endpoint> place = Optional.empty();
        try {
            if (!connection.isEmpty()) {
                place = Optional.of(connection.endpoint());
            }
            every();
        } catch (MalformedException e) {
            words = e.getMessage();
        }
        Form.say(fault, Tone.BAD, words);
        boolean isWhole = words.isEmpty();
        read.setDisable(place.isEmpty());
        boolean couldLoseTags = before != null && lines.hasFaults();
        save.setDisable(place.isEmpty() || wrong.isPresent() || !isWhole || couldLoseTags);
        lines.plan(place.filter(known -> isWhole).map(this::plan));
        String tags = DeviceDialogs.tags(lines.tags().size());
        if (before == null) {
            save.setText(
                    "Add "
                            + (name.getText().isEmpty() ? "device" : name.getText())
                            + " with "
                            + tags);
        } else {
            save.setText("Save " + name.getText() + " with " + tags);
        }
    }

    private Duration every() {
        String text = interval.getText().strip();
        return text.isEmpty() ? Device.DEFAULT_INTERVAL : Durations.parse(text);
    }

    private PollingPlan plan(Endpoint place) {
        return PollingPlan.of(
                place,
                lines.tags(),
                every(),
                before == null ? Optional.empty() : services.roundTrip(before.name()));
    }

    private void read() {
        Endpoint where = connection.endpoint();
        Driver driver = dialogs.driver(where.scheme()).orElseThrow();
        List<String> addresses = lines.tags().stream().map(TagSpec::address).toList();
        read.setDisable(true);
        Form.say(result, Tone.DIM, "Connecting to " + where.authority() + "…");
        services.kit()
                .tasks()
                .follow(
                        "Connect to " + where.authority(),
                        DeviceTrial.run(
                                driver,
                                SessionRequest.anonymous(name.getText(), where),
                                addresses,
                                services.pool()),
                        samples -> read(addresses, samples),
                        this::failed);
    }

    private void read(List<String> addresses, List<Sample> samples) {
        read.setDisable(false);
        Map<String, Sample> byAddress = new HashMap<>();
        long bad = 0;
        long silent = 0;
        for (int at = 0; at < addresses.size(); at++) {
            byAddress.put(addresses.get(at), samples.get(at));
            bad += samples.get(at).status().isGood() ? 0 : 1;
            silent += samples.get(at).status().isSilence() ? 1 : 0;
        }
        lines.values(byAddress);
        showAnswers();
        if (addresses.isEmpty()) {
            Form.say(result, Tone.OK, "Connected.");
        } else if (bad == 0) {
            Form.say(
                    result,
                    Tone.OK,
                    "Connected, every tag was read. Numbers that make no sense often mean that the"
                            + " device swaps words: choose another order above and read again.");
        } else if (silent == bad) {
            Form.say(
                    result,
                    Tone.WARN,
                    "Connected, but unit "
                            + connection.endpoint().unit()
                            + " did not answer when asked for "
                            + DeviceDialogs.tags((int) bad)
                            + ". Check the unit id, and that the device is on; behind a gateway its"
                            + " line too. A slow device wants a longer time-out.");
        } else {
            Form.say(
                    result,
                    Tone.WARN,
                    "Connected, but "
                            + DeviceDialogs.tags((int) bad)
                            + " could not be read; the table shows the device's answer. Check the"
                            + " address, and whether the manual counts from 0 or from 1.");
        }
    }

    /** The table of answers and what is said of it stand at the end, below in a low window. */
    private void showAnswers() {
        services.kit()
                .fx()
                .execute(
                        () -> {
                            Node above = lines;
                            while (above != null && !(above instanceof ScrollPane)) {
                                above = above.getParent();
                            }
                            if (above instanceof ScrollPane pane) {
                                pane.layout();
                                pane.setVvalue(pane.getVmax());
                            }
                        });
    }

    private void failed(Throwable failure) {
        read.setDisable(false);
        showAnswers();
        Form.say(
                result,
                Tone.BAD,
                failure instanceof DeviceException why
                        ? why.getMessage() + ".\n" + why.advice()
                        : String.valueOf(failure.getMessage()));
    }

    private void save() {
        PMap<String, TagSpec> tags = OrderedPMap.empty();
        for (TagSpec tag : lines.tags()) {
            tags = tags.plus(tag.name(), tag);
        }
        Device device =
                new Device(
                        name.getText(),
                        connection.text(),
                        null,
                        null,
                        every(),
                        tags,
                        before == null ? null : before.simulator(),
                        before == null ? null : before.use(),
                        before == null ? null : before.description());
        dialogs.put(device, before, dialog::close, refused -> Form.say(result, Tone.BAD, refused));
    }
}
