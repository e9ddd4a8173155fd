package io.fieldloom.ui.registers;

import io.fieldloom.domain.tag.ModbusAddress.Type;
import io.fieldloom.engine.device.modbus.RegisterReadings.Reading;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * What begins at one register, under every type and in every order at once: the one that makes
 * sense is seen, chosen and made a tag. FX thread only.
 */
final class ReadingsPane extends VBox {
    private static final double WIDTH = 104;

    private final Label title = new Label();
    private final Label fault = new Label();
    private final FlatRows<Type> index = new FlatRows<>(Type::word, Type::word);
    private final VirtualRows<Type> rows;
    private final HBox bits = new HBox();
    private final List<Button> digits = new ArrayList<>();
    private final Consumer<Interpretation> choose;
    private RegisterRow row;
    private Interpretation chosen = Interpretation.PLAIN;

    /**
     * @param choose takes the interpretation that a person points at
     * @param open does what a double click and Enter do with it
     * @param menu what else can be done with it
     */
    ReadingsPane(
            Consumer<Interpretation> choose,
            Runnable open,
            Function<List<Type>, List<MenuItem>> menu) {
        this.choose = choose;
        getStyleClass().add("tab-pane-body");
        setMinSize(0, 0);
        title.setId("readings");
        title.getStyleClass().add("strong");
        fault.setMinWidth(0);
        Tone.BAD.paint(fault);
        HBox head = new HBox(8, title, fault);
        head.getStyleClass().add("tab-tools");
        List<Type> types = new ArrayList<>(Interpretation.TYPES);
        types.add(Type.STRING);
        index.set(types);
        rows = new VirtualRows<>("All interpretations", index, index, columns()).scrollsAcross();
        rows.onOpen(type -> open.run());
        rows.menu(menu);
        rows.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        rows.onSelection(this::selected);
        VBox.setVgrow(rows, Priority.ALWAYS);
        getChildren().addAll(head, rows, bits());
    }

    private List<Column<Type>> columns() {
        List<Column<Type>> columns = new ArrayList<>();
        columns.add(Column.text("Read as", 62, (type, cell) -> cell.text(type.word())));
        for (int at = 0; at < Interpretation.ORDERS.size(); at++) {
            int order = at;
            columns.add(
                    Column.<Type>number(
                                    Interpretation.ORDERS.get(at),
                                    WIDTH,
                                    (type, cell) -> paint(type, order, cell))
                            .onPoint(type -> choose.accept(Interpretation.of(type, order))));
        }
        return columns;
    }

    private HBox bits() {
        Label name = new Label("bits 15 to 0");
        name.getStyleClass().add("dim");
        name.setMinWidth(USE_PREF_SIZE);
        bits.getChildren().add(name);
        for (int bit = 15; bit >= 0; bit--) {
            int each = bit;
            Button digit = new Button("·");
            digit.getStyleClass().addAll("quiet", "mono", "bit");
            digit.setAccessibleText("bit " + bit);
            digit.setMinWidth(0);
            Tip.set(digit, "Bit " + bit);
            digit.setOnAction(event -> choose.accept(Interpretation.ofBit(each)));
            digits.add(digit);
            bits.getChildren().add(digit);
        }
        bits.setAlignment(Pos.CENTER_LEFT);
        bits.getStyleClass().add("register-bits");
        bits.setMinWidth(0);
        return bits;
    }

    private void paint(Type type, int order, Cell cell) {
        boolean repeats = type.orders().size() == 2 && order % 2 == 1;
        if (row == null || repeats) {
            return;
        }
        Interpretation how = Interpretation.of(type, order);
        Optional<Reading> reading = row.reading(how);
        if (reading.isPresent()) {
            cell.text(Presentation.value(reading.get().value()).strip())
                    .tip(
                            () ->
                                    reading.get().address().text()
                                            + "\n"
                                            + Presentation.exact(reading.get().value()));
        } else {
            cell.text("–").tone(Tone.DIM).tip("The registers that it would need are not read");
        }
        if (how.equals(chosen)) {
            cell.tone(Tone.LINK).strong();
        }
    }

    /** Shows a register as it is now; null for none. */
    void show(RegisterRow now, Interpretation how) {
        row = now;
        boolean isOther = !how.equals(chosen);
        chosen = how;
        title.setText(
                now == null
                        ? "Choose a register"
                        : now.address().text() + " (" + now.address().manualNotation() + ") as");
        fault.setText(now == null || now.isGood() ? "" : now.sample().status().name());
        Optional<Integer> word = now == null ? Optional.empty() : now.word();
        for (int at = 0; at < digits.size(); at++) {
            int bit = 15 - at;
            Button digit = digits.get(at);
            digit.setText(word.map(value -> value >> bit & 1).map(String::valueOf).orElse("·"));
            digit.setDisable(word.isEmpty());
            (how.bit() == bit ? Tone.LINK : Tone.NORMAL).paint(digit);
        }
        if (isOther && how.bit() < 0) {
            rows.reveal(how.type().word());
            rows.showColumn(how.place() + 1);
        }
        rows.refresh();
    }

    private void selected() {
        Type type = rows.lead();
        if (type != null && type != chosen.type()) {
            choose.accept(Interpretation.of(type, chosen.place()));
        }
    }

    private void pressed(KeyEvent event) {
        boolean left = event.getCode() == KeyCode.LEFT;
        Type type = rows.lead();
        if (type == null || !left && event.getCode() != KeyCode.RIGHT) {
            return;
        }
        int step = type.orders().size() == 2 ? 2 : 1;
        int to = chosen.place() + (left ? -step : step);
        if (to >= 0 && to < Interpretation.ORDERS.size()) {
            choose.accept(Interpretation.of(type, to));
        }
        event.consume();
    }
}
