package io.fieldloom.ui.devices;

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
import io.fieldloom.ui.kit.Tone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.pcollections.OrderedPMap;
import org.pcollections.PMap;

/** How to reach a Modbus TCP device, and its tags. */
final class ModbusForm {
    private static final String PORT = "502";
    private static final String UNIT = "1";
    private static final String TIMEOUT = "1s";

    private final DevicesServices services;
    private final DeviceDialogs dialogs;
    private final Device before;
    private final Endpoint old;
    private final TextField host = new TextField();
    private final TextField port = new TextField(PORT);
    private final TextField unit = new TextField(UNIT);
    private final TextField timeout = new TextField(TIMEOUT);
    private final TextField name = new TextField();
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
        host.setPromptText("10.0.0.9");
        old = before == null ? null : parsed(before.endpoint());
        if (before != null) {
            name.setText(before.name());
            nameTyped = true;
        }
        if (old != null) {
            host.setText(old.host());
            port.setText(Integer.toString(old.port()));
            port.setDisable(old.scheme().equals(Endpoint.MODBUS_RTU));
            unit.setText(Integer.toString(old.unit()));
            timeout.setText(old.query().getOrDefault("timeout", TIMEOUT));
        }
    }

    private static Endpoint parsed(String text) {
        try {
            return Endpoint.parse(text);
        } catch (MalformedException e) {
            return null; // what cannot be understood is typed anew
        }
    }

    void show() {
        HBox.setHgrow(host, Priority.ALWAYS);
        HBox where =
                new HBox(
                        8,
                        host,
                        small("Port", port, 64),
                        small("Unit", unit, 48),
                        small("Timeout", timeout, 60));
        host.setAccessibleText("Host");
        name.setAccessibleText("Name");
        Form form = new Form();
        form.line("Host", where);
        form.line("Name", new VBox(4, name, fault));
        dialog =
                dialogs.wide(
                        before == null ? "Add a Modbus TCP device" : "Change " + before.name(),
                        new VBox(12, form, result, lines));
        dialog.cancelButton("Cancel");
        read = dialog.button("Connect and read", this::read);
        save = dialog.button("Add", this::save);
        save.getStyleClass().add("primary");
        dialog.focusFirst(host);
        host.textProperty().addListener((observable, was, typed) -> suggestName(typed.strip()));
        for (TextField field : List.of(host, port, unit, timeout, name)) {
            field.textProperty().addListener((observable, was, typed) -> check());
        }
        name.setOnKeyTyped(event -> nameTyped = true);
        lines.onChange(this::check);
        services.kit().dialogs().show(dialog);
        check();
    }

    /** The same with the place that a search found. */
    void showFor(Endpoint found) {
        port.setText(Integer.toString(found.port()));
        unit.setText(Integer.toString(found.unit()));
        show();
        host.setText(found.host());
    }

    private static HBox small(String title, TextField field, double width) {
        Label label = new Label(title);
        label.getStyleClass().add("dim");
        label.setLabelFor(field);
        label.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        field.setAccessibleText(title);
        field.setPrefWidth(width);
        field.setMinWidth(width);
        HBox both = new HBox(5, label, field);
        both.setAlignment(Pos.CENTER_LEFT);
        return both;
    }

    private Endpoint endpoint() {
        Map<String, String> query = new TreeMap<>(old == null ? Map.of() : old.query());
        query.remove("unit");
        query.remove("timeout");
        String scheme = old == null ? Endpoint.MODBUS_TCP : old.scheme();
        StringBuilder text = new StringBuilder(scheme);
        if (scheme.equals(Endpoint.MODBUS_RTU)) {
            text.append(':').append(host.getText().strip());
        } else {
            text.append("://").append(host.getText().strip());
            text.append(':').append(port.getText().strip());
        }
        text.append("?unit=").append(unit.getText().strip());
        String wait = timeout.getText().strip();
        if (!wait.isEmpty() && !wait.equals(TIMEOUT)) {
            text.append("&timeout=").append(wait);
        }
        query.forEach((key, value) -> text.append('&').append(key).append('=').append(value));
        return Endpoint.parse(text.toString());
    }

    private void suggestName(String address) {
        if (!nameTyped) {
            name.setText(
                    address.isEmpty()
                            ? ""
                            : DeviceNames.suggest(
                                    services.project().get(), "modbus-" + address, "modbus"));
        }
    }

    private void check() {
        String address = host.getText().strip();
        Optional<String> wrong =
                DeviceNames.fault(
                        services.project().get(),
                        name.getText(),
                        before == null ? null : before.name());
        boolean empty = address.isEmpty() || name.getText().isEmpty();
        String words = empty ? "" : wrong.orElse("");
        boolean reachable = false;
        if (!address.isEmpty()) {
            try {
                endpoint();
                reachable = true;
            } catch (MalformedException e) {
                words = e.getMessage();
            }
        }
        Form.say(fault, Tone.BAD, words);
        read.setDisable(!reachable);
        save.setDisable(!reachable || wrong.isPresent());
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

    private void read() {
        Endpoint where = endpoint();
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
                                new SessionRequest(name.getText(), where, null, null, null),
                                addresses,
                                services.pool()),
                        samples -> read(addresses, samples),
                        this::failed);
    }

    private void read(List<String> addresses, List<Sample> samples) {
        read.setDisable(false);
        Map<String, Sample> byAddress = new HashMap<>();
        long bad = 0;
        for (int at = 0; at < addresses.size(); at++) {
            byAddress.put(addresses.get(at), samples.get(at));
            bad += samples.get(at).status().isGood() ? 0 : 1;
        }
        lines.values(byAddress);
        if (addresses.isEmpty()) {
            Form.say(result, Tone.OK, "Connected.");
        } else if (bad == 0) {
            Form.say(
                    result,
                    Tone.OK,
                    "Connected, every tag was read. Numbers that make no sense often mean that the"
                            + " device swaps words: choose another order below and read again.");
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

    private void failed(Throwable failure) {
        read.setDisable(false);
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
                        endpoint().text(),
                        null,
                        null,
                        before == null ? null : before.interval(),
                        tags,
                        before == null ? null : before.simulator(),
                        before == null ? null : before.use(),
                        before == null ? null : before.description());
        dialogs.put(device, before, dialog::close, refused -> Form.say(result, Tone.BAD, refused));
    }
}
