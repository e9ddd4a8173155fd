package io.fieldloom.ui.events;

import io.fieldloom.domain.tag.Device;
import io.fieldloom.domain.tag.TagRef;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.Events.Answer;
import io.fieldloom.engine.device.Events.Event;
import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.ui.kit.Arming;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.DevicePicker;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The events of one OPC UA device as they come, the alarms that stand, and answers to them. Nothing
 * is watched before somebody asks; from then on it goes on behind other tabs. FX thread only.
 */
public final class EventsView extends VBox implements AutoCloseable {
    private static final String GROUP = "Events";
    private static final double LIST_SHARE = 0.66;

    private final EventsServices services;
    private final Arming arming;
    private final DevicePicker device;
    private final FlatRows<EventLine> index = new FlatRows<>(EventLine::path, EventLine::words);
    private final VirtualRows<EventLine> rows;
    private final RowCopy<EventLine> copy;
    private final EventDetail detail = new EventDetail(this::answer);
    private final SplitPane split = new SplitPane();
    private final StackPane body = new StackPane();
    private final Button watch = new Button("Watch");
    private final ToggleButton list = new ToggleButton("Events");
    private final ToggleButton standing = new ToggleButton("Alarms");
    private final Label state = new Label();
    private final ToggleButton pause = new ToggleButton("Pause");
    private final Button refresh = new Button("Refresh");
    private final Button clear = new Button("Clear");
    private final Ticker.Handle beat;
    private EventFeed feed;
    private DeviceItem notifier;
    private EmptyList said;

    public EventsView(EventsServices services) {
        this.services = services;
        arming = new Arming(services.kit().dialogs(), services.armed());
        device = new DevicePicker(services.project(), Device::isOpcUa, services.chosen());
        rows = new VirtualRows<>("Events", index, index, EventColumns.all());
        copy = new RowCopy<>(rows, EventLine::text);
        rows.menu(this::menu);
        rows.onSelection(this::showDetail);
        rows.onOpen(this::acknowledgeOrCopy);
        rows.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        split.getItems().addAll(rows, detail);
        split.setDividerPositions(LIST_SHARE);
        getStyleClass().add("tab-pane-body");
        body.setMinSize(0, 0);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(tools(), body);
        device.valueProperty()
                .addListener(
                        (observable, was, now) -> {
                            if (notifier != null && !notifier.device().equals(now)) {
                                stop();
                            }
                        });
        beat = services.kit().ticker().every(Ticker.CALM, this::pull);
        show();
    }

    private HBox tools() {
        TextField filter = new TextField();
        filter.setPromptText("Filter by source, message, type…");
        filter.setAccessibleText("Filter events");
        filter.textProperty().addListener((observable, was, text) -> rows.filter(text));
        filter.setMinWidth(80);
        filter.setPrefWidth(240);
        ToggleGroup group = new ToggleGroup();
        for (ToggleButton each : List.of(list, standing)) {
            each.setToggleGroup(group);
            // one of the two is always chosen
            each.setOnAction(
                    event -> {
                        each.setSelected(true);
                        take();
                    });
        }
        list.setSelected(true);
        Tip.set(list, "All that the device tells, the newest first");
        Tip.set(standing, "The alarms that stand now, each by its last change");
        watch.setOnAction(event -> toggle());
        Tip.set(watch, "Asks the device to tell its events, and its alarms as they stand");
        pause.setOnAction(event -> take());
        Tip.set(pause, "Holds the list still; what comes meanwhile is kept");
        refresh.setOnAction(event -> refresh());
        Tip.set(refresh, "Asks the device for all alarms that stand (ConditionRefresh)");
        clear.setOnAction(event -> clear());
        Tip.set(clear, "Empties the list of events; alarms stay");
        state.getStyleClass().add("dim");
        state.setMinWidth(0);
        state.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(state, Priority.ALWAYS);
        for (Node each : List.of(watch, list, standing, pause, refresh, clear)) {
            each.getStyleClass().add("quiet");
            ((Region) each).setMinWidth(Region.USE_PREF_SIZE);
        }
        HBox tools =
                new HBox(6, device, watch, list, standing, filter, state, pause, refresh, clear);
        tools.getStyleClass().add("tab-tools");
        return tools;
    }

    /** How many alarms stand, for the tab. */
    public String badge() {
        return feed == null || feed.standing() == 0 ? "" : Integer.toString(feed.standing());
    }

    /** Watches a device, or one object of it. */
    public void watch(DeviceItem what) {
        stop();
        device.pull();
        device.setValue(what.device());
        notifier = what;
        start();
    }

    private void toggle() {
        if (notifier != null) {
            stop();
        } else {
            device.device().ifPresent(each -> watch(DeviceItem.device(each.name())));
        }
    }

    private void start() {
        Optional<DeviceLink> link = services.registry().link(notifier.device());
        if (link.isEmpty()) {
            services.kit().notifications().fail(notifier.device() + " has no connection to watch");
            notifier = null;
        } else {
            feed = new EventFeed(link.get(), notifier.address());
        }
        pause.setSelected(false);
        take();
    }

    private void stop() {
        if (feed != null) {
            feed.close();
        }
        notifier = null;
        controls();
    }

    private void clear() {
        feed.clear();
        take();
    }

    private void refresh() {
        services.kit()
                .tasks()
                .follow(
                        "Refresh the alarms of " + notifier.device(),
                        feed.recording().refresh(),
                        status -> {
                            if (status.isBad()) {
                                services.kit()
                                        .notifications()
                                        .fail(
                                                notifier.device()
                                                        + " does not tell its alarms again: "
                                                        + status.name());
                            }
                        });
    }

    private boolean isOnScreen() {
        return getScene() != null && getScene().getWindow() != null;
    }

    /** Behind another tab the feed is still emptied, so that the tab's count is right. */
    private void pull() {
        if (notifier == null) {
            if (isOnScreen()) {
                device.pull();
            }
        } else {
            follow();
        }
        boolean fresh = feed != null && notifier != null && !pause.isSelected() && feed.pull();
        if (isOnScreen()) {
            if (fresh) {
                show();
            }
            showDetail();
            controls();
            rows.refresh();
        }
    }

    /** An edited device has another link; a removed one has none. */
    private void follow() {
        Optional<DeviceLink> link = services.registry().link(notifier.device());
        if (link.isEmpty()) {
            stop();
        } else if (link.get() != feed.link()) {
            feed.close();
            feed = new EventFeed(link.get(), notifier.address());
        }
    }

    private void take() {
        if (feed != null && !pause.isSelected()) {
            feed.pull();
        }
        show();
        controls();
    }

    private void show() {
        List<EventLine> lines =
                feed == null ? List.of() : isOfAlarms() ? feed.alarms() : feed.events();
        index.set(lines);
        if (lines.isEmpty()) {
            say();
        } else {
            said = null;
            put(split);
        }
        rows.refresh();
        showDetail();
    }

    private void say() {
        EmptyList wanted = EmptyList.of(!device.getItems().isEmpty(), notifier, feed, isOfAlarms());
        if (!wanted.equals(said)) {
            said = wanted;
            put(wanted.node());
        }
    }

    private boolean isOfAlarms() {
        return standing.isSelected();
    }

    private void put(Node wanted) {
        if (body.getChildren().isEmpty() || body.getChildren().get(0) != wanted) {
            body.getChildren().setAll(wanted);
        }
    }

    private void controls() {
        boolean isOn = notifier != null;
        watch.setText(isOn ? "Stop" : "Watch");
        watch.setDisable(!isOn && device.getValue() == null);
        pause.setDisable(!isOn);
        refresh.setDisable(!isOn || !feed.recording().isWatching());
        clear.setDisable(feed == null || isOfAlarms() || index.all().isEmpty());
        int alarms = feed == null ? 0 : feed.standing();
        standing.setText(alarms == 0 ? "Alarms" : "Alarms " + Presentation.count(alarms));
        state.setText(stateWords());
        if (index.all().isEmpty()) {
            say();
        }
    }

    private String stateWords() {
        if (feed == null) {
            return "";
        }
        String count = Presentation.count(index.count(), "line", "lines");
        if (notifier == null) {
            return count + " · stopped";
        }
        String where = notifier.address().isEmpty() ? "" : notifier.name() + " · ";
        if (pause.isSelected()) {
            return where + count + " · " + Presentation.count(feed.waiting()) + " more came";
        }
        return where
                + count
                + (feed.recording().isWatching() ? "" : " · " + notifier.device() + " is away");
    }

    private void showDetail() {
        EventLine line = rows.lead();
        detail.show(line == null ? null : line.event());
    }

    private void acknowledgeOrCopy(EventLine line) {
        if (line.event().takes(Answer.ACKNOWLEDGE)) {
            answer(List.of(line.event()), Answer.ACKNOWLEDGE);
        } else {
            copy.copySelectedOr(List.of(line));
        }
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.SPACE && !waiting(Answer.ACKNOWLEDGE).isEmpty()) {
            event.consume();
            answer(waiting(Answer.ACKNOWLEDGE), Answer.ACKNOWLEDGE);
        }
    }

    /** The selected alarms that take an answer, each once, as they stand now. */
    private List<Event> waiting(Answer answer) {
        List<String> paths = rows.selected().stream().map(EventLine::path).toList();
        List<Event> found = new ArrayList<>();
        for (EventLine line : index.all()) {
            if (paths.contains(line.path()) && line.event().takes(answer)) {
                found.add(line.event());
            }
        }
        return found;
    }

    private void answer(List<Event> alarms, Answer answer) {
        if (notifier == null) {
            services.kit()
                    .notifications()
                    .fail("Nothing is watched; press Watch to see how the alarms stand now");
            return;
        }
        String name = notifier.device();
        DeviceLink link = feed.link();
        arming.armed(name, () -> new AnswerForm(services, name, link, alarms, answer).show());
    }

    private List<MenuItem> menu(List<EventLine> chosen) {
        List<Command> commands = new ArrayList<>();
        for (Answer answer : Answer.values()) {
            List<Event> alarms = waiting(answer);
            Command.Builder item =
                    Command.named(
                                    "events.answer",
                                    GROUP,
                                    AnswerWords.title(answer)
                                            + (alarms.size() > 1 ? " " + alarms.size() : "")
                                            + "…")
                            .icon(answer == Answer.COMMENT ? Icon.EDIT : Icon.CHECK)
                            .when(() -> !alarms.isEmpty() && notifier != null);
            if (answer == Answer.ACKNOWLEDGE) {
                item.localKey("Space");
            }
            commands.add(item.does(() -> answer(alarms, answer)));
        }
        commands.add(null);
        commands.add(
                Command.named("events.show", GROUP, "Show source in Devices")
                        .icon(Icon.DEVICE)
                        .when(() -> chosen.size() == 1 && source(chosen.get(0)).isPresent())
                        .does(() -> source(chosen.get(0)).ifPresent(services.find())));
        commands.add(
                Command.named("events.copy", GROUP, "Copy")
                        .icon(Icon.COPY)
                        .when(() -> !chosen.isEmpty())
                        .does(() -> copy.copySelectedOr(chosen)));
        commands.add(
                Command.named("events.copy-details", GROUP, "Copy all fields")
                        .when(() -> chosen.size() == 1)
                        .does(() -> RowCopy.put(chosen.get(0).details())));
        return CommandRegistry.items(commands);
    }

    private Optional<TagRef> source(EventLine line) {
        return Optional.ofNullable(device.getValue())
                .flatMap(
                        name ->
                                line.event().fields().stream()
                                        .filter(field -> field.name().equals("SourceNode"))
                                        .findFirst()
                                        .map(
                                                field ->
                                                        new TagRef(
                                                                name,
                                                                Presentation.exact(
                                                                        field.value()))));
    }

    /** Ends the watching. */
    @Override
    public void close() {
        beat.close();
        stop();
    }
}
