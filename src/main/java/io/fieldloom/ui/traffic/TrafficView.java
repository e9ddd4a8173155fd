package io.fieldloom.ui.traffic;

import io.fieldloom.engine.outlet.OutletState;
import io.fieldloom.engine.plant.TrafficWatch;
import io.fieldloom.engine.traffic.TopicRow;
import io.fieldloom.engine.traffic.TrafficRows;
import io.fieldloom.engine.traffic.TrafficStats;
import io.fieldloom.ui.kit.ColumnPane;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.Arrays;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/**
 * Live traffic: the topic tree of the watched broker, and the chosen topic in detail. FX thread
 * only.
 */
public final class TrafficView {
    private static final int OPEN_AT_FIRST = 24;
    private static final int BEATS_TO_OPEN = 6;

    private final UiKit kit;
    private final TrafficDesk desk;
    private final TrafficRows index;
    private final VirtualRows<TopicRow> rows;
    private final ColumnPane pane;
    private final TopicDetail detail;
    private final Node empty;
    private final HBox offer = new HBox(8);
    private final Label watched = new Label();
    private Button pauseButton;
    private int beatsSeen;

    public TrafficView(UiKit kit, TrafficDesk desk) {
        this.kit = kit;
        this.desk = desk;
        index = desk.store().rows();
        TrafficColumns look = new TrafficColumns();
        rows = new VirtualRows<>("Topics on the broker", index, look, look.columns());
        pane = new ColumnPane("Live traffic", "Topic filter, e.g. acme/+/bottling/#", rows);
        detail = new TopicDetail(desk.store(), topic -> desk.clearRetained(List.of(topic)));
        empty =
                new EmptyState(
                        Icon.BROKER,
                        "No messages yet",
                        "What the broker carries appears here. Run the mappings, or let another"
                                + " program publish.");
        addCommands();
        pane.onFilter(rows::filter);
        buildOffer();
        rows.onSelection(this::showDetail);
        rows.menu(this::menu);
        new RowCopy<>(rows, TopicRow::topic);
        rows.pullOn(kit.ticker(), Ticker.LIVE);
        kit.ticker().every(Ticker.LIVE, detail::pull);
        kit.ticker().every(Ticker.CALM, this::pull);
        pull();
    }

    public Node node() {
        return pane;
    }

    /** Chooses a topic; whether it has been seen. */
    public boolean reveal(String topic) {
        return rows.reveal(topic);
    }

    private void addCommands() {
        Command pause =
                Command.named("traffic.pause", "Traffic", "Pause")
                        .icon(Icon.PAUSE)
                        .key("Shortcut+P")
                        .does(this::togglePause);
        Command clear =
                Command.named("traffic.clear-retained", "Traffic", "Clear retained…")
                        .icon(Icon.TRASH)
                        .when(() -> rows.leadPath() != null)
                        .does(this::clearRetained);
        Command forget =
                Command.named("traffic.forget", "Traffic", "Forget what was seen")
                        .icon(Icon.CLEAR)
                        .does(
                                () -> {
                                    desk.store().clear();
                                    rows.refresh();
                                });
        List.of(pause, clear, forget).forEach(kit.commands()::add);
        pauseButton = pane.action(pause);
        pane.action(clear);
    }

    private void togglePause() {
        boolean still = !index.isPaused();
        index.pause(still);
        detail.pause(still);
        pauseButton.setText(still ? "Resume" : "Pause");
        pull();
    }

    private void buildOffer() {
        Button all = new Button("Subscribe to #");
        all.getStyleClass().add("link");
        all.setTooltip(
                new Tooltip(
                        "Shows every topic of the broker. On a large plant that is much traffic."));
        all.setOnAction(event -> desk.watchAlso(TrafficWatch.EVERYTHING));
        watched.getStyleClass().add("dim");
        watched.setMinWidth(0);
        HBox.setHgrow(watched, Priority.ALWAYS);
        watched.setMaxWidth(Double.MAX_VALUE);
        offer.getStyleClass().add("column-note");
        offer.getChildren().addAll(watched, all);
    }

    private void showDetail() {
        String topic = rows.leadPath();
        if (topic == null) {
            pane.detail(null);
            return;
        }
        detail.show(topic);
        pane.detail(detail.node());
    }

    private List<MenuItem> menu(List<TopicRow> chosen) {
        if (chosen.isEmpty()) {
            return List.of();
        }
        TopicRow row = chosen.get(chosen.size() - 1);
        Command copy =
                Command.named("traffic.copy-topic", "Traffic", "Copy topic")
                        .icon(Icon.COPY)
                        .does(
                                () ->
                                        RowCopy.put(
                                                String.join(
                                                        "\n",
                                                        chosen.stream()
                                                                .map(TopicRow::topic)
                                                                .toList())));
        Command show =
                Command.named("traffic.show-design", "Traffic", "Show in Namespace")
                        .icon(Icon.LEVEL)
                        .when(() -> desk.isDesigned(row.topic()))
                        .does(() -> desk.showInNamespace(row.topic()));
        Command clear =
                Command.named("traffic.clear-these", "Traffic", "Clear retained…")
                        .icon(Icon.TRASH)
                        .does(this::clearRetained);
        return CommandRegistry.items(Arrays.asList(copy, show, null, clear));
    }

    private void clearRetained() {
        String branch = rows.leadPath();
        kit.tasks()
                .run(
                        "Looking for retained messages",
                        progress -> RetainedTopics.within(desk.store(), branch),
                        topics -> confirmClearing(branch, topics));
    }

    private void confirmClearing(String branch, List<String> topics) {
        if (topics.isEmpty()) {
            kit.notifications().tell("The broker keeps no message at " + branch);
            return;
        }
        kit.dialogs()
                .confirm(
                        "Delete "
                                + Presentation.count(
                                        topics.size(), "retained message", "retained messages")
                                + "?",
                        "At "
                                + branch
                                + (topics.size() == 1 ? "" : " and below")
                                + ", on "
                                + desk.watched().broker()
                                + ". Programs that connect later find nothing there until somebody publishes again.",
                        "Delete",
                        true,
                        () -> desk.clearRetained(topics));
    }

    /** Opens what fits a screen, once, so that a newcomer sees values and not one folded root. */
    private void openFirst() {
        for (int place = 0; place < index.count(); place++) {
            TopicRow row = index.at(place);
            if (row.expandable() && !row.expanded()) {
                index.expand(place, true);
                if (index.count() > OPEN_AT_FIRST) {
                    index.expand(place, false);
                }
            }
        }
        rows.refresh();
    }

    private void pull() {
        TrafficStats stats = desk.store().stats();
        TrafficWatch.State state = desk.watched();
        StringBuilder counts = new StringBuilder();
        if (index.isPaused()) {
            counts.append("paused · ");
        }
        counts.append(Presentation.rate(stats.perSecond())).append(" msg/s · ");
        counts.append(Presentation.count(stats.dropped())).append(" dropped");
        if (stats.notKept() > 0) {
            counts.append(" · ")
                    .append(Presentation.count(stats.notKept()))
                    .append(" payloads not kept");
        }
        pane.counts(counts.toString());
        boolean partly = !state.watchesEverything() && state.link() == OutletState.Link.UP;
        watched.setText(
                state.filters().isEmpty()
                        ? "The design has no topics here"
                        : "Watching " + String.join(", ", state.filters()));
        pane.note(partly ? offer : null);
        pane.empty(stats.topics() == 0 ? empty : null);
        if (stats.topics() == 0) {
            beatsSeen = 0;
        } else if (++beatsSeen == BEATS_TO_OPEN && rows.leadPath() == null) {
            openFirst();
        }
    }
}
