package io.fieldloom.ui.devices;

import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.device.SubscriptionHealth;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.engine.device.tree.DeviceTree;
import io.fieldloom.engine.device.tree.TreeRow;
import io.fieldloom.ui.kit.ColumnPane;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.RowDrag;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyEvent;

/**
 * The Devices column: the plant's devices, what is in them, and their values as they are now. FX
 * thread only, but for {@link #apply}.
 */
public final class DevicesView implements AutoCloseable {
    private final DevicesServices services;
    private final DeviceTree tree;
    private final VirtualRows<TreeRow> rows;
    private final ColumnPane pane;
    private final DeviceActions actions;
    private final Node empty;
    private final FilterNote note;
    private final List<Ticker.Handle> beats;

    /** Builds the column and adds its commands; nothing connects here. */
    public DevicesView(DevicesServices services) {
        this.services = services;
        tree = new DeviceTree(services.registry(), System::nanoTime);
        DeviceColumns columns =
                new DeviceColumns(
                        services.armed(),
                        device ->
                                services.registry()
                                        .link(device)
                                        .flatMap(link -> link.capability(SubscriptionHealth.class))
                                        .map(SubscriptionHealth::streams)
                                        .orElse(List.of()),
                        this::decide,
                        Clock.systemUTC());
        rows = new VirtualRows<>("Devices", tree, columns, columns.columns());
        pane = new ColumnPane("Devices", "Filter by name, address or value…", rows);
        actions = new DeviceActions(services, tree, rows);
        rows.menu(actions::menu);
        rows.onOpen(actions::open);
        rows.addEventHandler(KeyEvent.KEY_PRESSED, actions::pressed);
        rows.drags(new Drag());
        new RowCopy<>(rows, DevicesView::copied);
        note = new FilterNote(services, pane);
        pane.onFilter(
                text -> {
                    rows.filter(text);
                    note.filtered(text);
                });
        pane.action(actions.addDevice());
        actions.register(services.kit().commands());
        empty =
                new EmptyState(
                        Icon.DEVICE,
                        "No devices yet",
                        "Add the OPC UA server or Modbus device whose values are to be published."
                                + " Reading a device never changes it.",
                        actions.addDevice());
        load(services.project().get());
        Ticker ticker = services.kit().ticker();
        beats =
                List.of(
                        rows.pullOn(ticker, Ticker.LIVE),
                        ticker.every(Ticker.LIVE, this::watchShown),
                        ticker.every(Ticker.CALM, this::follow));
        follow();
    }

    /** What the window shows. */
    public Node node() {
        return pane;
    }

    /** Takes another project. */
    public void load(Project project) {
        tree.load(project);
    }

    /** Follows an edit of the project; called on the thread that makes it. */
    public void apply(Change change) {
        tree.apply(change);
        services.armed().apply(change);
    }

    /** Chooses the row of a mapping's source, browsing for it where it is not known yet. */
    public void show(TagRef tag) {
        services.kit()
                .tasks()
                .follow(
                        "Find " + tag.tag() + " on " + tag.device(),
                        tree.locate(tag),
                        path -> {
                            boolean shown = reveal(path.orElse(tag.device()));
                            if (!shown || path.isEmpty()) {
                                services.kit().notifications().fail(missing(tag));
                            }
                        });
    }

    private String missing(TagRef tag) {
        return services.project().get().devices().containsKey(tag.device())
                ? tag.device() + " has no tag " + tag.tag()
                : "There is no device " + tag.device();
    }

    /** Chooses the row of a node, where the device has it below Objects. */
    public void find(TagRef node) {
        services.kit()
                .tasks()
                .follow(
                        "Find " + node.tag() + " on " + node.device(),
                        tree.locate(node),
                        path -> path.ifPresent(this::reveal));
    }

    /** Asks for a value to be written to a tag that was chosen elsewhere. */
    public void write(TagRef tag) {
        withNodes(List.of(tag), nodes -> actions.write(nodes.get(0)));
    }

    /** The same; a tag that may only be read is chosen here instead. */
    public void writeOrShow(TagRef tag) {
        withNodes(
                List.of(tag),
                nodes -> {
                    if (nodes.get(0).writable()) {
                        actions.write(nodes.get(0));
                    } else {
                        show(tag);
                    }
                });
    }

    /** Maps tags that were chosen elsewhere. */
    public void map(List<TagRef> tags) {
        withNodes(
                tags,
                nodes ->
                        services.map()
                                .accept(
                                        new Dragged(
                                                nodes.stream()
                                                        .map(TreeRow.OfNode::item)
                                                        .toList())));
    }

    /** Goes on with those of the tags that their devices have, and says which they do not. */
    private void withNodes(List<TagRef> tags, Consumer<List<TreeRow.OfNode>> then) {
        CompletionStage<List<TreeRow.OfNode>> all = CompletableFuture.completedStage(List.of());
        for (TagRef tag : tags) {
            all =
                    all.thenCombine(
                            tree.locate(tag),
                            (before, path) ->
                                    Stream.concat(
                                                    before.stream(),
                                                    path.flatMap(tree::node).stream())
                                            .toList());
        }
        services.kit()
                .tasks()
                .follow(
                        "Find " + (tags.size() == 1 ? tags.get(0).tag() : tags.size() + " tags"),
                        all,
                        nodes -> {
                            if (nodes.size() < tags.size()) {
                                services.kit()
                                        .notifications()
                                        .fail(
                                                tags.get(0).device()
                                                        + " does not have "
                                                        + (tags.size() == 1
                                                                ? tags.get(0).tag()
                                                                : "all of these tags"));
                            }
                            if (!nodes.isEmpty()) {
                                then.accept(nodes);
                            }
                        });
    }

    /** Asks what is to be scanned, beginning with where a Modbus device is. */
    public void scan(Device device) {
        actions.modbus().scan(device.endpoint());
    }

    /** Shows how a Modbus device's tags are read. */
    public void requests(Device device) {
        actions.modbus().requests(device);
    }

    /** Asks for what a device waits for: whether its certificate is trusted, who logs in. */
    public void decide(Device device) {
        actions.decide(device);
    }

    /** Asks for another value of a place of a device; arms the device first, where it is not. */
    public void write(TreeRow.OfNode node) {
        actions.write(node);
    }

    /** The chosen row, or null. */
    public TreeRow chosen() {
        return rows.lead();
    }

    /** Chooses the row of a path, as {@link DeviceTree#search} tells it. */
    public boolean reveal(String path) {
        boolean shown = rows.reveal(path);
        if (!shown) {
            pane.clearFilter(); // it may be what hides the row
            shown = rows.reveal(path);
        }
        rows.requestFocus();
        return shown;
    }

    /** Chooses the devices that a change made or changed; the focus stays where it is. */
    public void show(Change change) {
        List<String> made =
                change.touched().devices().stream()
                        .filter(change.after().devices()::containsKey)
                        .toList();
        if (!made.isEmpty() && !rows.reveal(made)) {
            pane.clearFilter();
            rows.reveal(made);
        }
    }

    /** The rows behind the column; it may be searched from any thread. */
    public DeviceTree tree() {
        return tree;
    }

    /** Puts the cursor into the filter. */
    public void focusFilter() {
        pane.focusFilter();
    }

    private void watchShown() {
        boolean seen = pane.getScene() != null && rows.getScene() != null && rows.getWidth() > 0;
        tree.show(seen ? rows.firstShown() : 0, seen ? rows.lastShown() : -1);
    }

    private void follow() {
        tree.follow();
        note.refresh();
        int devices = tree.devices();
        pane.empty(devices == 0 ? empty : null);
        // How many tags a server has nobody knows before all of it is browsed.
        pane.counts(
                devices == 0
                        ? ""
                        : devices + " · " + Presentation.count(tree.mapped().count()) + " mapped");
    }

    private static String copied(TreeRow row) {
        return row instanceof TreeRow.OfNode node ? node.item().address() : row.name();
    }

    @Override
    public void close() {
        beats.forEach(Ticker.Handle::close);
        tree.close();
    }

    /** Tags and branches can be taken out of here; nothing is dropped on it. */
    private static final class Drag implements RowDrag<TreeRow> {
        @Override
        public ClipboardContent drag(List<TreeRow> rows) {
            List<DeviceItem> items = DeviceActions.items(rows);
            return items.isEmpty() ? null : new Dragged(items).content();
        }

        @Override
        public String dragText(List<TreeRow> rows) {
            return new Dragged(DeviceActions.items(rows)).words();
        }
    }
}
