package io.fieldloom.ui.devices;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.connection.UnitRange;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.engine.device.LineScan.Question;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;

/** Where a scan looks and for what, in fields. FX thread only. */
final class ScanQuestion {
    private static final int LAST_ADDRESS = 65_535;

    /** As the command line has it without options. */
    private static final int STEP = 8;

    private static final Duration PAUSE = Duration.ofMillis(1);

    private final TextField endpoint = new TextField();
    private final TextField units = new TextField();
    private final List<CheckBox> tables = new ArrayList<>();
    private final TextField first = new TextField("0");
    private final TextField last = new TextField("9999");
    private final Form form = new Form();

    ScanQuestion() {
        for (Table table : Table.values()) {
            CheckBox box = new CheckBox(Presentation.table(table));
            box.setUserData(table.word());
            box.setSelected(true);
            tables.add(box);
        }
        endpoint.setPromptText("modbus-tcp://10.0.0.9:502?unit=1");
        endpoint.getStyleClass().add("mono");
        units.setPromptText("the endpoint's own");
        Tip.set(units, "1-32 or 7: these unit ids are asked whether they are there at all");
        first.setPrefColumnCount(5);
        first.setAccessibleText("First address");
        last.setPrefColumnCount(5);
        last.setAccessibleText("Last address");
        Tip.set(last, "65535 is the end; up to 999 every address is tried, beyond every eighth");
        HBox addresses = new HBox(8, first, new Label("to"), last);
        addresses.setAlignment(Pos.CENTER_LEFT);
        HBox which = new HBox(14);
        which.getChildren().addAll(tables);
        form.line("Endpoint", endpoint);
        form.line("Units", units);
        form.line("Tables", which);
        form.line("Addresses", addresses);
    }

    Form form() {
        return form;
    }

    /** Where a person begins to type. */
    Node first() {
        return endpoint;
    }

    void set(String where) {
        endpoint.setText(where);
    }

    void onChange(Runnable action) {
        for (TextField field : fields()) {
            field.textProperty().addListener(observable -> action.run());
        }
        tables.forEach(box -> box.selectedProperty().addListener(observable -> action.run()));
    }

    void onEnter(Runnable action) {
        fields().forEach(field -> field.setOnAction(event -> action.run()));
    }

    private List<TextField> fields() {
        return List.of(endpoint, units, first, last);
    }

    boolean isEmpty() {
        return endpoint.getText().isBlank();
    }

    /** The endpoint; a malformed one says what is wrong with it. */
    Endpoint endpoint() {
        Endpoint parsed = Endpoint.parse(endpoint.getText().strip());
        if (parsed.isOpcUa()) {
            throw new MalformedException("only Modbus devices are scanned: write modbus-tcp://");
        }
        return parsed;
    }

    /** What is looked for there; what will not do says why. */
    Question question() {
        String wanted = units.getText().strip();
        List<String> chosen =
                tables.stream()
                        .filter(CheckBox::isSelected)
                        .map(box -> (String) box.getUserData())
                        .toList();
        if (chosen.isEmpty()) {
            throw new MalformedException("choose a table at least");
        }
        int from = address(first);
        int to = address(last);
        if (from > to) {
            throw new MalformedException("the last address comes before the first");
        }
        UnitRange ids = wanted.isEmpty() ? null : UnitRange.parse(wanted);
        if (ids != null) {
            endpoint().checkUnit(ids.first());
        }
        return new Question(ids, chosen, from, to, STEP, PAUSE);
    }

    private static int address(TextField field) {
        String text = field.getText().strip();
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > LAST_ADDRESS) {
            throw new MalformedException("'" + text + "' is no address: they are 0 to 65535");
        }
        return Integer.parseInt(text);
    }
}
