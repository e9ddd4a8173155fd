package io.fieldloom.ui.registers;

import io.fieldloom.domain.MalformedException;
import io.fieldloom.domain.tag.ModbusAddress.Table;
import io.fieldloom.domain.tag.ModbusAddress.Type;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.modbus.RegisterReadings.Reading;
import io.fieldloom.ui.kit.DevicePicker;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/**
 * The register explorer: a range of a Modbus device under every likely interpretation at once, read
 * each second, so that an engineer finds type and order by looking. It reads only while it is on
 * screen, and one answer is awaited before the next is asked for. FX thread only.
 */
public final class RegistersView extends VBox {
    private static final long PERIOD_NANOS = 1_000_000_000L;
    private static final String ALL_ORDERS = "all orders";
    private static final Interpretation PLAIN = new Interpretation(Type.UINT16, "AB");

    private final RegistersServices services;
    private final DevicePicker device;
    private final ComboBox<Table> table = new ComboBox<>();
    private final TextField start = new TextField();
    private final TextField count = new TextField();
    private final ComboBox<String> order = new ComboBox<>();
    private final Label words = new Label();
    private final Button back = new Button("‹");
    private final Button next = new Button("›");
    private final Button scan = new Button("Scan…");
    private final Button requests = new Button("Requests…");
    private final Button add = new Button("Add as tag…");
    private final StackPane body = new StackPane();
    private final FlatRows<RegisterRow> index =
            new FlatRows<>(row -> row.address().text(), row -> row.address().text());
    private VirtualRows<RegisterRow> rows;
    private RegisterRange range = new RegisterRange(Table.HOLDING, 0, 50);
    private Interpretation pointed = PLAIN;
    private String said = "";
    private boolean awaits;
    private long due = System.nanoTime();

    /** What was asked for; an answer to anything else than what is shown now is dropped. */
    private record Question(String device, RegisterRange range) {}

    public RegistersView(RegistersServices services) {
        this.services = services;
        device = new DevicePicker(services.project(), each -> !each.isOpcUa(), services.chosen());
        getStyleClass().add("tab-pane-body");
        body.setMinSize(0, 0);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(tools(), body);
        build();
        show(range);
        device.valueProperty().addListener(observable -> askAnew());
        services.kit().ticker().every(Ticker.CALM, this::pull);
    }

    /** Shows a device's registers from an address on. */
    public void show(TagRef from) {
        device.pull();
        device.setValue(from.device());
        show(RegisterRange.of(table.getValue(), from.tag(), String.valueOf(range.count())));
    }

    private HBox tools() {
        table.getItems().setAll(Table.values());
        table.setConverter(new TableWords());
        table.setAccessibleText("Table");
        table.setMinWidth(140);
        table.valueProperty().addListener((observable, was, now) -> choose(now));
        start.setId("start");
        start.setAccessibleText("Start");
        start.setPrefColumnCount(9);
        Tip.set(start, "holding:0, 40001, 4x00001, or a number counted from 0; then Enter");
        count.setAccessibleText("Count");
        count.setPrefColumnCount(3);
        Tip.set(count, "How many are shown, 1 to " + RegisterRange.MOST);
        for (TextField field : List.of(start, count)) {
            field.setMinWidth(Region.USE_PREF_SIZE);
            field.setOnAction(event -> typed());
            field.focusedProperty()
                    .addListener(
                            (observable, was, focused) -> {
                                if (!focused) {
                                    typed();
                                }
                            });
        }
        order.getItems().setAll(Interpretation.ORDERS);
        order.getItems().add(ALL_ORDERS);
        order.setValue(Interpretation.ORDERS.get(0));
        order.setAccessibleText("Order");
        order.setMinWidth(96);
        Tip.set(order, "The order of the bytes of a value of two registers");
        order.valueProperty().addListener(observable -> build());
        words.setId("range");
        words.setMinWidth(0);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        back.setOnAction(event -> range.moved(-1).ifPresent(this::show));
        back.setAccessibleText("Addresses before");
        Tip.set(back, "The addresses before these");
        next.setOnAction(event -> range.moved(1).ifPresent(this::show));
        next.setAccessibleText("Addresses after");
        Tip.set(next, "The addresses after these");
        add.setOnAction(event -> add());
        scan.setOnAction(event -> device.device().ifPresent(services.scan()));
        Tip.set(scan, "Find out which addresses can be read, and which units answer");
        requests.setOnAction(event -> device.device().ifPresent(services.requests()));
        Tip.set(requests, "Show which requests the device's tags become, and what load they are");
        for (Button button : List.of(back, next, scan, requests, add)) {
            button.getStyleClass().add("quiet");
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        HBox tools =
                new HBox(
                        6, device, table, start, count, back, next, order, words, scan, requests,
                        add);
        tools.getStyleClass().add("tab-tools");
        return tools;
    }

    /** The columns of a table of rows are fixed, so other columns need another one. */
    private void build() {
        List<String> orders =
                order.getValue().equals(ALL_ORDERS)
                        ? Interpretation.ORDERS
                        : List.of(order.getValue());
        if (!Interpretation.columns(orders).contains(pointed)) {
            pointed = PLAIN;
        }
        rows =
                new VirtualRows<>(
                        "Registers",
                        index,
                        index,
                        range.table().isRegisters()
                                ? RegisterColumns.registers(orders, this::isPointed, this::point)
                                : RegisterColumns.bits());
        rows.onSelection(this::state);
        rows.onOpen(row -> add());
        rows.menu(chosen -> menu());
        if (said.isEmpty()) {
            body.getChildren().setAll(rows);
        }
        order.setDisable(!range.table().isRegisters());
        state();
    }

    private List<MenuItem> menu() {
        MenuItem item = new MenuItem(add.getText());
        item.setDisable(add.isDisable());
        item.setOnAction(event -> add());
        return List.of(item);
    }

    private boolean isPointed(RegisterRow row, Interpretation how) {
        return how.equals(pointed) && row == rows.lead();
    }

    private void point(RegisterRow row, Interpretation how) {
        pointed = how;
        rows.reveal(index.path(row));
        rows.refresh();
    }

    private void choose(Table other) {
        if (other != range.table()) {
            show(new RegisterRange(other, range.first(), range.count()));
        }
    }

    private void typed() {
        try {
            RegisterRange wanted =
                    RegisterRange.of(table.getValue(), start.getText(), count.getText());
            if (!wanted.equals(range) || !words.getText().equals(range.words())) {
                show(wanted);
            }
        } catch (MalformedException e) {
            say(words, Presentation.sentence(e.getMessage()), Tone.BAD);
        }
    }

    private void show(RegisterRange wanted) {
        boolean isOtherKind = wanted.table().isRegisters() != range.table().isRegisters();
        range = wanted;
        table.setValue(wanted.table());
        start.setText(wanted.start());
        count.setText(String.valueOf(wanted.count()));
        say(words, wanted.words(), Tone.DIM);
        back.setDisable(wanted.moved(-1).isEmpty());
        next.setDisable(wanted.moved(1).isEmpty());
        if (isOtherKind) {
            build();
        }
        askAnew();
    }

    private static void say(Label label, String text, Tone tone) {
        label.setText(text);
        tone.paint(label);
        Tip.set(label, text);
    }

    private void askAnew() {
        index.set(List.of());
        due = System.nanoTime();
        rows.show(index);
        pull();
    }

    private void pull() {
        if (getScene() == null || getScene().getWindow() == null) {
            return;
        }
        device.pull();
        Optional<DeviceLink> link =
                device.device().flatMap(each -> services.registry().link(each.name()));
        if (link.isEmpty()) {
            empty(
                    "No Modbus device",
                    "Add one in Devices: its registers are shown here under every likely type"
                            + " and order.");
        } else if (!link.get().state().isUp()) {
            empty(
                    link.get().name() + " is not connected",
                    link.get()
                            .state()
                            .why()
                            .map(RegistersView::words)
                            .orElse("Its registers are read as soon as it is."));
        } else if (!awaits && System.nanoTime() - due >= 0) {
            ask(link.get());
        }
    }

    private void ask(DeviceLink link) {
        awaits = true;
        due = System.nanoTime() + PERIOD_NANOS;
        Question question = new Question(link.name(), range);
        if (index.all().isEmpty()) {
            empty("Reading " + link.name(), range.words());
        }
        link.read(range.addresses())
                .whenComplete(
                        (samples, failure) ->
                                services.kit()
                                        .fx()
                                        .execute(() -> answered(question, samples, failure)));
    }

    private void answered(Question question, List<Sample> samples, Throwable failure) {
        awaits = false;
        if (!question.equals(new Question(device.getValue(), range))) {
            return;
        }
        if (failure != null) {
            empty(question.device() + " does not answer", words(failure));
            return;
        }
        index.set(RegisterRow.of(question.range(), samples));
        if (!said.isEmpty()) {
            said = "";
            body.getChildren().setAll(rows);
        }
        rows.refresh();
        state();
    }

    private static String words(Throwable failure) {
        Throwable cause = Cause.of(failure);
        return cause instanceof DeviceException known
                ? Presentation.sentence(known.getMessage()) + " " + known.advice()
                : String.valueOf(cause.getMessage());
    }

    /** Values that are no longer true are not left on screen. */
    private void empty(String headline, String advice) {
        if (said.equals(headline + advice)) {
            return;
        }
        said = headline + advice;
        index.set(List.of());
        rows.refresh();
        body.getChildren().setAll(new EmptyState(Icon.DEVICE, headline, advice));
        state();
    }

    private void state() {
        scan.setDisable(device.getValue() == null);
        requests.setDisable(device.device().map(each -> each.tags().isEmpty()).orElse(true));
        RegisterRow row = rows.lead();
        add.setDisable(row == null || row.readings().isEmpty());
    }

    private void add() {
        RegisterRow row = rows.lead();
        if (row == null || row.readings().isEmpty() || device.getValue() == null) {
            return;
        }
        List<Reading> readings = row.readings();
        new TagForm(services, device.getValue())
                .show(readings, row.reading(pointed).orElse(readings.get(0)));
    }

    /** The field's names of the tables. */
    private static final class TableWords extends StringConverter<Table> {
        @Override
        public String toString(Table table) {
            return table == null ? "" : Presentation.table(table);
        }

        @Override
        public Table fromString(String text) {
            throw new UnsupportedOperationException("the choice is not typed");
        }
    }
}
