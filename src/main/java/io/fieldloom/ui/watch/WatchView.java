package io.fieldloom.ui.watch;

import io.fieldloom.domain.project.Edit;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.rows.Cell;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The watch list: tags of any devices beside each other, each with its last minute. Nothing is
 * sampled before it is looked at; from then on it goes on behind other tabs, so that least and most
 * are of the whole time. FX thread only.
 */
public final class WatchView extends VBox implements AutoCloseable {
    private static final String GROUP = "Watch";

    private final WatchServices services;
    private final WatchBoard board;
    private final WatchDrop drop;
    private final FlatRows<WatchedTag> index =
            new FlatRows<>(
                    WatchedTag::name,
                    tag ->
                            tag.name()
                                    + " "
                                    + tag.entry().source().device()
                                    + " "
                                    + tag.entry().source().tag());
    private final VirtualRows<WatchedTag> rows;
    private final RowCopy<WatchedTag> copy;
    private final Command reset;
    private final Command sampling;
    private final Node empty;
    private final Ticker.Handle beat;
    private boolean begun;
    private long now;

    public WatchView(WatchServices services) {
        this.services = services;
        board = new WatchBoard(services.registry(), services.kit().fx());
        drop = new WatchDrop(services, this::added);
        rows = new VirtualRows<>("Watch list", index, index, columns());
        copy = new RowCopy<>(rows, tag -> board.now(tag).line());
        rows.menu(this::menu);
        rows.onOpen(tag -> services.writeOrShow().accept(tag.entry().source()));
        rows.drags(drop);
        rows.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        empty =
                new EmptyState(
                        Icon.CHART,
                        "Nothing is watched",
                        "Drag tags of any devices here from Devices, or choose them there and press"
                                + " Ctrl+Shift+W. The list is saved with the project.");
        reset =
                Command.named("watch.reset", GROUP, "Reset min and max")
                        .icon(Icon.RELOAD)
                        .when(() -> !board.tags().isEmpty())
                        .does(() -> reset(board.tags()));
        services.kit().commands().add(reset);
        sampling =
                Command.named("watch.sampling", GROUP, "Sampling of watched tags…")
                        .icon(Icon.HISTORY)
                        .when(() -> !chosen().isEmpty())
                        .does(this::askForSampling);
        services.kit().commands().add(sampling);
        getStyleClass().add("tab-pane-body");
        StackPane body = new StackPane(rows, empty);
        body.setMinSize(0, 0);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(tools(), body);
        follow();
        beat = services.kit().ticker().every(Ticker.LIVE, this::pull);
    }

    private HBox tools() {
        TextField filter = new TextField();
        filter.setPromptText("Filter by name, device or tag…");
        filter.setAccessibleText("Filter the watch list");
        filter.textProperty().addListener((observable, was, text) -> rows.filter(text));
        filter.setPrefWidth(240);
        filter.setMinWidth(80);
        Label space = new Label();
        space.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox tools = new HBox(6, filter, space, button(sampling, "Sampling…"), button(reset, null));
        tools.getStyleClass().add("tab-tools");
        return tools;
    }

    private static Button button(Command command, String shorter) {
        Button button = new Button(shorter == null ? command.title() : shorter);
        button.getStyleClass().add("quiet");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> command.run());
        button.disableProperty().bind(command.disabledProperty());
        return button;
    }

    private List<Column<WatchedTag>> columns() {
        return List.of(
                Column.<WatchedTag>text("Tag", 0, WatchView::paintTag).least(120).grows(),
                Column.<WatchedTag>text(
                                "Device",
                                110,
                                (tag, cell) ->
                                        cell.text(tag.entry().source().device()).tone(Tone.DIM))
                        .keep(4),
                Column.<WatchedTag>number(
                                "Value", 120, (tag, cell) -> cell.text(tag.value()).tone(tone(tag)))
                        .keep(9),
                Column.<WatchedTag>text(
                                "Last minute",
                                150,
                                (tag, cell) ->
                                        cell.line(tag.series(), now - WatchedTag.SHOWN_MILLIS, now))
                        .keep(8),
                Column.<WatchedTag>number("Min", 84, (tag, cell) -> cell.text(tag.least())).keep(6),
                Column.<WatchedTag>number("Max", 84, (tag, cell) -> cell.text(tag.most())).keep(5),
                Column.<WatchedTag>number("Sampling", 92, WatchView::paintSampling).keep(3),
                Column.<WatchedTag>text(
                                "Source time",
                                100,
                                (tag, cell) -> cell.text(tag.sourceTime()).mono().tone(Tone.DIM))
                        .keep(2),
                Column.<WatchedTag>text(
                                "Status",
                                130,
                                (tag, cell) -> cell.text(tag.status()).tone(statusTone(tag)))
                        .keep(7));
    }

    private static void paintTag(WatchedTag tag, Cell cell) {
        cell.text(tag.name()).note(tag.entry().source().tag());
    }

    private static void paintSampling(WatchedTag tag, Cell cell) {
        SamplingWords words = tag.sampling();
        cell.text(words.interval()).tone(words.differs() ? Tone.WARN : Tone.DIM).tip(words::whole);
    }

    private static Tone tone(WatchedTag tag) {
        return tag.newest() == null ? Tone.DIM : Presentation.status(tag.newest().status());
    }

    private static Tone statusTone(WatchedTag tag) {
        if (tag.newest() == null) {
            return Tone.WARN;
        }
        return tag.newest().status().isGood() ? Tone.DIM : tone(tag);
    }

    /** How many tags are watched, for the tab. */
    public String badge() {
        int tags = services.project().get().watch().size();
        return tags == 0 ? "" : Integer.toString(tags);
    }

    /** Puts tags from Devices, and all tags of objects, into the list. */
    public void add(Dragged tags) {
        drop.add(tags);
    }

    /** Brings an entry into view. Whether there is one of that name. */
    public boolean reveal(String name) {
        services.open().run();
        follow();
        return rows.reveal(name);
    }

    private void added(List<String> names) {
        services.open().run();
        follow();
        rows.reveal(names);
    }

    private boolean isOnScreen() {
        return getScene() != null && getScene().getWindow() != null && rows.getWidth() > 0;
    }

    private void pull() {
        follow();
        boolean seen = isOnScreen();
        begun |= seen;
        if (begun) {
            board.pull();
        }
        if (seen) {
            now = System.currentTimeMillis();
            rows.refresh();
        }
    }

    private void follow() {
        if (board.follow(services.project().get())) {
            index.set(board.tags());
            rows.refresh();
        }
        empty.setVisible(index.all().isEmpty());
    }

    private void show(WatchedTag tag) {
        services.show().accept(tag.entry().source());
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.DELETE && !chosen().isEmpty()) {
            event.consume();
            remove(chosen());
        }
    }

    /** The selected rows that are still there. */
    private List<WatchedTag> chosen() {
        Set<String> names =
                rows.selected().stream().map(WatchedTag::name).collect(Collectors.toSet());
        return index.all().stream().filter(tag -> names.contains(tag.name())).toList();
    }

    private void remove(List<WatchedTag> gone) {
        List<Edit> removals =
                gone.stream().<Edit>map(tag -> new Edit.RemoveWatch(tag.name())).toList();
        services.edits()
                .make(
                        removals.size() == 1
                                ? removals.get(0)
                                : new Edit.Batch(
                                        "Remove " + removals.size() + " tags from the watch list",
                                        removals),
                        change -> follow());
    }

    private void reset(List<WatchedTag> some) {
        some.forEach(WatchedTag::reset);
        rows.refresh();
    }

    List<MenuItem> menu(List<WatchedTag> selected) {
        List<WatchedTag> chosen = chosen();
        if (chosen.isEmpty()) {
            return List.of();
        }
        WatchedTag first = chosen.get(0);
        boolean one = chosen.size() == 1;
        List<Command> commands = new ArrayList<>();
        List<DeviceItem> items = chosen.stream().flatMap(tag -> itemOf(tag).stream()).toList();
        boolean readOnly = services.edits().readOnly();
        commands.add(
                item(
                        "Map to namespace…",
                        Icon.MAP,
                        !readOnly && !items.isEmpty(),
                        () -> services.map().accept(sources(chosen))));
        commands.add(
                item("Chart", Icon.CHART, !items.isEmpty(), () -> services.charts().chart(items)));
        if (one) {
            commands.add(
                    item(
                            "History",
                            Icon.HISTORY,
                            !items.isEmpty(),
                            () -> services.charts().history(items.get(0))));
            commands.add(
                    item(
                            "Write…",
                            Icon.WRITE,
                            !items.isEmpty(),
                            () -> services.write().accept(first.entry().source())));
        }
        commands.add(item("Show in Devices", Icon.DEVICE, one, () -> show(first)));
        commands.add(null);
        commands.add(
                item(
                        "Copy value",
                        Icon.COPY,
                        one && first.newest() != null,
                        () -> RowCopy.put(Presentation.exact(first.newest().value()))));
        commands.add(
                item(
                        one ? "Copy row" : "Copy " + chosen.size() + " rows",
                        Icon.COPY,
                        true,
                        () -> copy.copySelectedOr(chosen)));
        commands.add(null);
        commands.add(sampling);
        commands.add(item("Reset min and max", Icon.RELOAD, true, () -> reset(chosen)));
        commands.add(item("Remove from watch list", Icon.TRASH, true, () -> remove(chosen)));
        return CommandRegistry.items(commands);
    }

    private static List<TagRef> sources(List<WatchedTag> tags) {
        return tags.stream().map(tag -> tag.entry().source()).toList();
    }

    /** What it is in Devices; empty where the project does not know it. */
    private Optional<DeviceItem> itemOf(WatchedTag tag) {
        TagRef source = tag.entry().source();
        return services.project()
                .get()
                .tag(source)
                .map(
                        spec ->
                                new DeviceItem(
                                        source.device(),
                                        source.tag(),
                                        spec.address(),
                                        tag.name(),
                                        List.of(tag.name()),
                                        null,
                                        tag.unit(),
                                        false));
    }

    private void askForSampling() {
        new SamplingForm(services, chosen().stream().map(WatchedTag::entry).toList()).show();
    }

    private static Command item(String title, Icon icon, boolean enabled, Runnable action) {
        return Command.named("watch.item", GROUP, title)
                .icon(icon)
                .when(() -> enabled)
                .does(action);
    }

    /** Ends the sampling. */
    @Override
    public void close() {
        beat.close();
        board.close();
    }
}
