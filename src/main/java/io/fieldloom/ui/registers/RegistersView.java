package io.fieldloom.ui.registers;

import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.domain.value.Sample;
import io.fieldloom.engine.Cause;
import io.fieldloom.engine.device.DeviceException;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.modbus.RegisterReadings.Reading;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.ui.kit.DevicePicker;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The register explorer: a range of a Modbus device under every interpretation at once, read each
 * second, so that an engineer finds type and order by looking. It reads only while it is on screen,
 * and one answer is awaited before the next is asked for. FX thread only.
 */
public final class RegistersView extends VBox {
    private static final long PERIOD_NANOS = 1_000_000_000L;
    private static final String ALL_ORDERS = "all orders";
    private static final double GRID_SHARE = 0.62;

    /** With less width what a device's menu has too makes room for the words of the range. */
    private static final double NARROW = 1_150;

    private final RegistersServices services;
    private final DevicePicker device;
    private final RangeBar range = new RangeBar(this::ranged);
    private final ComboBox<String> order = new ComboBox<>();
    private final ShownMenu shown = new ShownMenu(this::chosen);
    private final Button scan = new Button("Scan…");
    private final Button requests = new Button("Requests…");
    private final Button write = new Button("Write…");
    private final Button add = new Button("Add as tag…");
    private final StackPane body = new StackPane();
    private final SplitPane split = new SplitPane();
    private final ReadingsPane readings = new ReadingsPane(this::point, this::add, types -> menu());
    private final FlatRows<RegisterRow> index =
            new FlatRows<>(row -> row.address().text(), row -> row.address().text());
    private VirtualRows<RegisterRow> rows;
    private boolean showsRegisters;
    private Interpretation pointed = Interpretation.PLAIN;
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
        split.setDividerPositions(GRID_SHARE);
        build();
        askAnew();
        device.valueProperty().addListener(observable -> askAnew());
        services.kit().ticker().every(Ticker.CALM, this::pull);
    }

    /** Shows a device's registers from an address on. */
    public void show(TagRef from) {
        device.pull();
        device.setValue(from.device());
        RegisterRange now = range.range();
        range.show(RegisterRange.of(now.table(), from.tag(), String.valueOf(now.count())));
    }

    private HBox tools() {
        order.getItems().setAll(Interpretation.ORDERS);
        order.getItems().add(ALL_ORDERS);
        order.setValue(Interpretation.ORDERS.get(0));
        order.setAccessibleText("Order");
        order.setMinWidth(96);
        Tip.set(order, "The order of the bytes of a value of two or four registers");
        order.valueProperty().addListener(observable -> ordered());
        HBox.setHgrow(range.words(), Priority.ALWAYS);
        add.setOnAction(event -> add());
        Tip.set(add, "Make a tag of what is marked (Enter)");
        write.setOnAction(event -> write());
        Tip.set(write, "Write what is marked (Enter or a double click in the grid)");
        scan.setOnAction(event -> device.device().ifPresent(services.scan()));
        Tip.set(scan, "Find out which addresses can be read, and which units answer");
        requests.setOnAction(event -> device.device().ifPresent(services.requests()));
        Tip.set(requests, "Show which requests the device's tags become, and what load they are");
        for (Button button : List.of(scan, requests, write, add)) {
            button.getStyleClass().add("quiet");
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        for (Button button : List.of(scan, requests)) {
            button.visibleProperty().bind(widthProperty().greaterThan(NARROW));
            button.managedProperty().bind(button.visibleProperty());
        }
        HBox tools =
                new HBox(6, device, range, order, shown, range.words(), scan, requests, write, add);
        tools.getStyleClass().add("tab-tools");
        return tools;
    }

    private void ordered() {
        int at = Interpretation.ORDERS.indexOf(order.getValue());
        shown.orders(
                at >= 0
                        ? List.of(at)
                        : IntStream.range(0, Interpretation.ORDERS.size()).boxed().toList());
    }

    private void chosen(Shown columns) {
        List<Integer> orders = columns.orders();
        order.setValue(orders.size() == 1 ? Interpretation.ORDERS.get(orders.get(0)) : ALL_ORDERS);
        build();
    }

    /** The columns of a table of rows are fixed, so other columns need another one. */
    private void build() {
        String lead = rows == null ? null : rows.leadPath();
        showsRegisters = range.range().table().isRegisters();
        rows =
                new VirtualRows<>(
                        "Registers",
                        index,
                        index,
                        showsRegisters
                                ? RegisterColumns.registers(
                                        shown.shown(), this::isPointed, this::point)
                                : RegisterColumns.bits());
        if (showsRegisters) {
            rows.scrollsAcross();
        }
        rows.onSelection(this::state);
        rows.onOpen(row -> write());
        rows.menu(chosen -> menu());
        rows.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        double share = split.getDividers().isEmpty() ? GRID_SHARE : split.getDividerPositions()[0];
        if (showsRegisters) {
            split.getItems().setAll(rows, readings);
            SplitPane.setResizableWithParent(readings, false);
            split.setDividerPositions(share);
        } else {
            split.getItems().setAll(rows);
        }
        if (said.isEmpty()) {
            body.getChildren().setAll(split);
        }
        order.setDisable(!showsRegisters);
        shown.setDisable(!showsRegisters);
        if (lead != null) {
            rows.reveal(lead);
        }
        state();
    }

    private List<MenuItem> menu() {
        MenuItem writes = new MenuItem(write.getText());
        writes.setDisable(write.isDisable());
        writes.setOnAction(event -> write());
        MenuItem adds = new MenuItem(add.getText());
        adds.setDisable(add.isDisable());
        adds.setOnAction(event -> add());
        return List.of(writes, adds);
    }

    private boolean isPointed(RegisterRow row, Interpretation how) {
        return how.equals(pointed) && row == rows.lead();
    }

    private void point(RegisterRow row, Interpretation how) {
        rows.reveal(index.path(row));
        point(how);
    }

    private void point(Interpretation how) {
        pointed = how;
        int column = shown.shown().columns().indexOf(how);
        if (column >= 0) {
            rows.showColumn(RegisterColumns.place(shown.shown(), column));
        }
        state();
        rows.refresh();
    }

    /** Left and right walk through the columns of numbers. */
    private void pressed(KeyEvent event) {
        boolean left = event.getCode() == KeyCode.LEFT;
        boolean walks = left || event.getCode() == KeyCode.RIGHT;
        if (!showsRegisters || !walks || event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        List<Interpretation> columns = shown.shown().columns();
        int to = columns.indexOf(pointed) + (left ? -1 : 1);
        if (to >= 0 && to < columns.size()) {
            point(columns.get(to));
        }
        event.consume();
    }

    private void ranged(RegisterRange wanted) {
        if (wanted.table().isRegisters() != showsRegisters) {
            build();
        }
        askAnew();
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
                    "Add one in Devices: its registers are shown here under every type and order.");
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
        Question question = new Question(link.name(), range.range());
        if (index.all().isEmpty()) {
            empty("Reading " + link.name(), range.range().words());
        }
        link.read(range.range().addresses())
                .whenComplete(
                        (samples, failure) ->
                                services.kit()
                                        .fx()
                                        .execute(() -> answered(question, samples, failure)));
    }

    private void answered(Question question, List<Sample> samples, Throwable failure) {
        awaits = false;
        if (!question.equals(new Question(device.getValue(), range.range()))) {
            return;
        }
        if (failure != null) {
            empty(question.device() + " does not answer", words(failure));
            return;
        }
        index.set(RegisterRow.of(question.range(), samples));
        if (!said.isEmpty()) {
            said = "";
            body.getChildren().setAll(split);
        }
        rows.refresh();
        if (rows.leadPath() == null) {
            rows.select(0);
        }
        state();
    }

    private static String words(Throwable failure) {
        Throwable cause = Cause.of(failure);
        return cause instanceof DeviceException known
                ? known.getMessage() + ". " + known.advice()
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
        Optional<Reading> reading = marked();
        add.setDisable(reading.isEmpty());
        write.setDisable(reading.map(each -> !each.address().table().isWritable()).orElse(true));
        readings.show(rows.lead(), pointed);
    }

    /** What is pointed at, else what the row is without pointing. */
    private Optional<Reading> marked() {
        RegisterRow row = rows.lead();
        return row == null
                ? Optional.empty()
                : row.reading(pointed).or(() -> row.readings().stream().findFirst());
    }

    private void add() {
        marked().ifPresent(
                        reading ->
                                new TagForm(services, device.getValue())
                                        .show(rows.lead().readings(), reading));
    }

    private void write() {
        marked().filter(reading -> reading.address().table().isWritable())
                .ifPresent(reading -> services.write().accept(node(reading)));
    }

    /** A place that need not be a tag, as Devices shows one. */
    private TreeRow.OfNode node(Reading reading) {
        String address = reading.address().text();
        return new TreeRow.OfNode(
                device.getValue() + "/" + address,
                1,
                false,
                false,
                new DeviceItem(
                        device.getValue(),
                        address,
                        address,
                        address,
                        List.of(address),
                        reading.address().type().word(),
                        null,
                        false),
                "Variable",
                null,
                address + " (" + reading.address().manualNotation() + ")",
                null,
                rows.lead().sample().withValue(reading.value()),
                true,
                false,
                true);
    }
}
