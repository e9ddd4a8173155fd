package io.fieldloom.ui.devices;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.engine.device.modbus.SerialPorts;
import io.fieldloom.engine.device.modbus.SerialPorts.Port;
import io.fieldloom.ui.devices.ModbusPlace.Transport;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.UiKit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/**
 * Where a Modbus device is, as an endpoint and as its parts: whichever is typed, the other follows.
 * The endpoint is what counts, so that one that nobody touches stays as it was written. FX thread
 * only.
 */
final class ModbusConnection {
    private static final List<String> BAUDS =
            List.of("1200", "2400", "4800", "9600", "19200", "38400", "57600", "115200");

    private final UiKit kit;
    private final TextField endpoint = new TextField();
    private final ComboBox<Transport> transport = new ComboBox<>();
    private final TextField host = new TextField();
    private final TextField port = new TextField(ModbusPlace.PORT);
    private final ComboBox<String> serialPort = new ComboBox<>();
    private final ComboBox<String> baud = new ComboBox<>();
    private final ComboBox<String> parity = new ComboBox<>();
    private final ComboBox<String> stopBits = new ComboBox<>();
    private final TextField unit = new TextField();
    private final TextField timeout = new TextField();
    private final TextField retries = new TextField();
    private final TextField inFlight = new TextField();
    private final Label hostName = new Label("Host");
    private final HBox network = new HBox(8, host, named("Port", port, 64));
    private final HBox serial;
    private List<Port> ports = List.of();
    private boolean filling;
    private Runnable onChange = () -> {};

    ModbusConnection(UiKit kit) {
        this.kit = kit;
        serial =
                new HBox(
                        8,
                        serialPort,
                        named("Baud", baud, 92),
                        named("Parity", parity, 78),
                        named("Stop bits", stopBits, 56));
        endpoint.setPromptText("modbus-tcp://10.0.0.9:502?unit=1");
        endpoint.getStyleClass().add("mono");
        endpoint.setAccessibleText("Endpoint");
        Tip.set(endpoint, "Paste one here, or fill in its parts below");
        transport.getItems().setAll(Transport.values());
        transport.setAccessibleText("Transport");
        host.setAccessibleText("Host");
        host.setPromptText("10.0.0.9");
        HBox.setHgrow(host, Priority.ALWAYS);
        serialPort.setEditable(true);
        serialPort.setAccessibleText("Serial port");
        serialPort.setPromptText("/dev/ttyUSB0, COM3");
        serialPort.setMinWidth(150);
        serialPort.setMaxWidth(Double.MAX_VALUE);
        serialPort.setCellFactory(list -> new PortCell());
        serialPort.setOnShowing(event -> lookForPorts());
        HBox.setHgrow(serialPort, Priority.ALWAYS);
        baud.setEditable(true);
        baud.getItems().setAll(BAUDS);
        parity.getItems().setAll("none", "even", "odd");
        stopBits.getItems().setAll("1", "2");
        Tip.set(unit, "The device's address on its line or behind its gateway, 0 to 255");
        Tip.set(timeout, "How long one answer may take: 500ms, 2s");
        Tip.set(retries, "How often a read is repeated without an answer. A write never is.");
        Tip.set(parity, "Even is the standard's; many devices come with none");
        fill(
                new ModbusPlace(
                        Transport.TCP,
                        "",
                        ModbusPlace.PORT,
                        "1",
                        "1s",
                        "1",
                        "1",
                        "19200",
                        "even",
                        "1"));
        listen();
    }

    private void listen() {
        endpoint.textProperty().addListener(observable -> typedEndpoint());
        for (StringProperty each :
                List.of(
                        host.textProperty(),
                        port.textProperty(),
                        unit.textProperty(),
                        timeout.textProperty(),
                        retries.textProperty(),
                        inFlight.textProperty())) {
            each.addListener(observable -> typedPart());
        }
        for (ComboBox<?> each : List.of(transport, serialPort, baud, parity, stopBits)) {
            each.valueProperty().addListener(observable -> typedPart());
        }
        for (ComboBox<String> each : List.of(serialPort, baud)) {
            each.getEditor()
                    .textProperty()
                    .addListener(
                            observable -> {
                                if (each.isFocused()) {
                                    typedPart();
                                }
                            });
        }
    }

    /** Adds its lines to a form. */
    void addTo(Form form) {
        form.line("Endpoint", endpoint);
        form.line("Transport", transport);
        form.line(hostName, new StackPane(network, serial));
        form.line(
                "Requests",
                new HBox(
                        8,
                        named("Unit", unit, 48),
                        named("Timeout", timeout, 60),
                        named("Retries", retries, 44),
                        named("In flight", inFlight, 44)));
    }

    /** Where a person begins to type. */
    Node first() {
        return host;
    }

    void onChange(Runnable action) {
        onChange = action;
    }

    /** Shows an endpoint as it is written; one that cannot be understood is left to be mended. */
    void set(String text) {
        endpoint.setText(text);
    }

    /** The endpoint as it is to be written. */
    String text() {
        return endpoint.getText().strip();
    }

    /** The endpoint; a malformed one says what is wrong with it. */
    Endpoint endpoint() {
        Endpoint parsed = Endpoint.parse(text());
        if (parsed.isOpcUa()) {
            throw new MalformedException(
                    "'" + text() + "' is an OPC UA server: add it as one, or write modbus-tcp://");
        }
        return parsed;
    }

    /** The same where it is one; what is half typed has no parts yet. */
    private Optional<Endpoint> parsed() {
        try {
            return Optional.of(endpoint());
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** Whether nothing has been said about the place yet. */
    boolean isEmpty() {
        return text().isEmpty();
    }

    /** A name for a device there: {@code modbus-10.0.0.9}, {@code modbus-ttyUSB0-3}. */
    Optional<String> suggestedName() {
        String place = place().replaceFirst(".*[/\\\\]", "");
        if (place.isEmpty()) {
            return Optional.empty();
        }
        String number = unit.getText().strip();
        return Optional.of(
                "modbus-" + place + (number.isEmpty() || number.equals("1") ? "" : "-" + number));
    }

    private String place() {
        return transport.getValue().isSerial() ? said(serialPort) : host.getText().strip();
    }

    /** What is typed into a box counts while it is typed; a box also sets its text by itself. */
    private static String said(ComboBox<String> box) {
        String text = box.isFocused() ? box.getEditor().getText() : box.getValue();
        return text == null ? "" : text.strip();
    }

    private void typedEndpoint() {
        if (filling) {
            return;
        }
        parsed().map(ModbusPlace::of).ifPresent(this::fill);
        onChange.run();
    }

    private void typedPart() {
        if (filling) {
            return;
        }
        if (place().contains("://")) {
            endpoint.setText(place()); // a whole endpoint was pasted into the host
            return;
        }
        filling = true;
        shape();
        endpoint.setText(place().isEmpty() ? "" : parts().text());
        filling = false;
        onChange.run();
    }

    private ModbusPlace parts() {
        return new ModbusPlace(
                transport.getValue(),
                place(),
                port.getText().strip(),
                unit.getText().strip(),
                timeout.getText().strip(),
                retries.getText().strip(),
                inFlight.getText().strip(),
                said(baud),
                parity.getValue(),
                stopBits.getValue());
    }

    private void fill(ModbusPlace place) {
        filling = true;
        transport.setValue(place.transport());
        if (place.transport().isSerial()) {
            serialPort.setValue(place.host());
        } else {
            host.setText(place.host());
        }
        port.setText(place.port());
        unit.setText(place.unit());
        timeout.setText(place.timeout());
        retries.setText(place.retries());
        inFlight.setText(place.inFlight());
        baud.setValue(place.baud());
        parity.setValue(place.parity());
        stopBits.setValue(place.stopBits());
        shape();
        filling = false;
    }

    /** Shows the parts that the transport has. */
    private void shape() {
        Transport chosen = transport.getValue();
        hostName.setText(chosen.isSerial() ? "Serial port" : "Host");
        show(network, !chosen.isSerial());
        show(serial, chosen.isSerial());
        inFlight.setDisable(chosen.isRtu());
        Tip.set(
                inFlight,
                chosen.isRtu()
                        ? "RTU answers do not say what they answer: one at a time"
                        : "How many requests may be open at once; more than 1 only where the"
                                + " device allows it");
        if (chosen.isSerial() && ports.isEmpty()) {
            lookForPorts();
        }
    }

    private static void show(Node node, boolean on) {
        node.setVisible(on);
        node.setManaged(on);
    }

    private void lookForPorts() {
        kit.tasks().run("Look for serial ports", task -> SerialPorts.present(), this::offer);
    }

    private void offer(List<Port> found) {
        ports = found;
        List<String> paths = new ArrayList<>(found.stream().map(Port::path).toList());
        if (!paths.equals(serialPort.getItems())) {
            String typed = said(serialPort);
            filling = true;
            serialPort.getItems().setAll(paths);
            serialPort.setValue(typed);
            filling = false;
        }
    }

    private static HBox named(String title, Control field, double width) {
        Label label = new Label(title);
        label.getStyleClass().add("dim");
        label.setLabelFor(field);
        label.setMinWidth(Region.USE_PREF_SIZE);
        field.setAccessibleText(title);
        field.setPrefWidth(width);
        field.setMinWidth(width);
        HBox both = new HBox(5, label, field);
        both.setAlignment(Pos.CENTER_LEFT);
        return both;
    }

    /** A serial port with what the system says about it. */
    private final class PortCell extends ListCell<String> {
        @Override
        protected void updateItem(String path, boolean empty) {
            super.updateItem(path, empty);
            String about =
                    ports.stream()
                            .filter(each -> each.path().equals(path))
                            .map(Port::about)
                            .findFirst()
                            .orElse("");
            setText(empty ? "" : about.isEmpty() ? path : path + "  " + about);
        }
    }
}
