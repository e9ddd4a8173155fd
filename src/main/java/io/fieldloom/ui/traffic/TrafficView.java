package io.fieldloom.ui.traffic;

import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.engine.plant.TrafficWatch;
import io.fieldloom.engine.traffic.TopicRow;
import io.fieldloom.engine.traffic.TrafficRows;
import io.fieldloom.engine.traffic.TrafficStats;
import io.fieldloom.ui.kit.ColumnPane;
import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.PublishGuard;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;

/**
 * Live traffic: the topic tree of the watched broker, and the chosen topic in detail. Everything is
 * pulled on the beat; a message costs the window nothing. FX thread only.
 */
public final class TrafficView implements AutoCloseable {
    /** Below that width the header keeps its counts and gives up its rarer actions. */
    private static final double NARROW = 400;

    /** How much of the height the tree has when nobody chose otherwise. */
    public static final double TREE_SHARE = 0.52;

    /** Why there are no rows. */
    private enum Instead {
        NOTHING_YET(
                Icon.BROKER,
                "No messages yet",
                "What the broker carries appears here. Run the mappings, or let another program"
                        + " publish."),
        READ_ONLY(
                Icon.WARNING,
                "The project is open for reading only",
                "Its file has faults, so nothing runs and no broker is watched. Problems shows"
                        + " them; mend the file and open it again."),
        BEING_REACHED(Icon.BROKER, "The broker is being reached", "What it carries appears here."),
        BROKER_AWAY(
                Icon.BROKER,
                "No connection to the broker",
                "The line above says why. What the broker carries appears here."),
        NOTHING_MATCHES(
                Icon.SEARCH,
                "No topic matches",
                "Type a part of the topic, or an MQTT filter with + for one level and # at the end"
                        + " for all below.");

        private final Icon icon;
        private final String headline;
        private final String advice;

        Instead(Icon icon, String headline, String advice) {
            this.icon = icon;
            this.headline = headline;
            this.advice = advice;
        }

        Node made() {
            return new EmptyState(icon, headline, advice);
        }
    }

    private final UiKit kit;
    private final TrafficDesk desk;
    private final InstantSource clock;
    private final TrafficRows index;
    private final VirtualRows<TopicRow> rows;
    private final ColumnPane pane;
    private final TrafficNotes notes;
    private final RetainedDeletion deletion;
    private final TrafficMenu menu;
    private final FirstLook firstLook;
    private final List<Ticker.Handle> beats;
    private final Map<Instead, Node> instead = new EnumMap<>(Instead.class);
    private Button pauseButton;
    private TopicDetail detail;
    private String filter = "";
    private String broker = "";
    private long atPause;
    private double share = TREE_SHARE;
    private DoubleConsumer onShare = part -> {};
    private Consumer<String> onChosen = topic -> {};

    /** Builds the column and adds its commands. */
    public TrafficView(UiKit kit, TrafficDesk desk, PublishGuard guard) {
        this(kit, desk, guard, InstantSource.system());
    }

    TrafficView(UiKit kit, TrafficDesk desk, PublishGuard guard, InstantSource clock) {
        this.kit = kit;
        this.desk = desk;
        this.clock = clock;
        index = desk.store().rows();
        firstLook = new FirstLook(index);
        TrafficColumns look = new TrafficColumns(desk.store(), clock);
        rows = new VirtualRows<>("Topics on the broker", index, look, look.columns());
        pane = new ColumnPane("Live traffic", "Topic filter, e.g. acme/+/bottling/#", rows);
        notes = new TrafficNotes(this::togglePause, desk::watchAlso);
        deletion = new RetainedDeletion(kit, desk, guard);
        menu = new TrafficMenu(kit, desk, index, rows, deletion, () -> filter);
        addCommands();
        pane.note(notes.node());
        pane.onFilter(this::filter);
        rows.onSelection(this::selected);
        rows.onOpen(row -> selected());
        rows.menu(menu::items);
        new RowCopy<>(rows, TopicRow::topic);
        rows.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> firstLook.end());
        rows.addEventFilter(KeyEvent.KEY_PRESSED, event -> firstLook.end());
        rows.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        Ticker ticker = kit.ticker();
        beats =
                List.of(
                        rows.pullOn(ticker, Ticker.LIVE),
                        ticker.every(Ticker.LIVE, this::pullDetail),
                        ticker.every(Ticker.CALM, this::pull));
        pull();
    }

    /** What the window shows. */
    public Node node() {
        return pane;
    }

    /** Chooses a topic and shows it; whether it has been seen. */
    public boolean reveal(String topic) {
        firstLook.end();
        boolean found = rows.reveal(topic);
        if (!found && !filter.isEmpty()) {
            pane.clearFilter();
            found = rows.reveal(topic);
        }
        if (found) {
            rows.requestFocus();
        }
        return found;
    }

    /** Tells which topic a person chose. */
    public void onChosen(Consumer<String> action) {
        onChosen = action;
    }

    /** Puts the cursor into the filter. */
    public void focusFilter() {
        pane.focusFilter();
    }

    /**
     * Gives the tree a part of the height beside the detail, and tells when a person changed it.
     *
     * @param part 0 to 1
     */
    public void treeShare(double part, DoubleConsumer onChange) {
        pane.contentShare(part);
        share = part;
        onShare = onChange;
    }

    private void followShare() {
        double now = pane.contentShare();
        if (isDetailed() && Math.abs(now - share) > 0.005) {
            share = now;
            onShare.accept(now);
        }
    }

    private void addCommands() {
        Command pause =
                Command.named("traffic.pause", "Traffic", "Pause")
                        .icon(Icon.PAUSE)
                        .key("Shortcut+P")
                        .does(this::togglePause);
        Command clear =
                Command.named("traffic.clear", "Traffic", "Clear")
                        .icon(Icon.CLEAR)
                        .when(() -> desk.store().stats().messages() > 0)
                        .does(this::clear);
        Command retained =
                Command.named("traffic.clear-retained", "Traffic", "Clear retained…")
                        .icon(Icon.TRASH)
                        .when(() -> desk.store().stats().retained() > 0)
                        .does(menu::clearRetained);
        List.of(pause, clear, retained).forEach(kit.commands()::add);
        pauseButton = pane.action(pause);
        BooleanBinding isWide = pane.widthProperty().greaterThan(NARROW);
        showWhen(isWide, pane.action(clear));
        showWhen(isWide, pane.action(retained));
        showWhen(isWide.not(), more(clear, retained));
    }

    private static void showWhen(ObservableBooleanValue condition, Button button) {
        button.visibleProperty().bind(condition);
        button.managedProperty().bind(condition);
    }

    /** In a narrow column a menu stands for the rarer actions. */
    private Button more(Command... commands) {
        Button[] button = new Button[1];
        Command open =
                Command.named("traffic.more", "Traffic", "More")
                        .does(
                                () -> {
                                    ContextMenu list = new ContextMenu();
                                    list.getItems()
                                            .setAll(CommandRegistry.items(List.of(commands)));
                                    list.show(button[0], Side.BOTTOM, 0, 0);
                                });
        button[0] = pane.action(open);
        button[0].setAccessibleText("More");
        button[0].setText("");
        button[0].setGraphic(Icon.MORE.node());
        return button[0];
    }

    private void filter(String text) {
        String wanted = text.strip();
        firstLook.end();
        boolean wildcards = wanted.indexOf('+') >= 0 || wanted.indexOf('#') >= 0;
        String fault = wildcards ? Topic.filterFault(wanted).orElse("") : "";
        notes.filterFault(fault.isEmpty() ? "" : "Not a filter: " + fault);
        if (fault.isEmpty()) {
            filter = wanted;
            rows.filter(wanted);
            pull();
        }
    }

    private void togglePause() {
        boolean still = !index.isPaused();
        atPause = desk.store().stats().messages();
        index.pause(still);
        if (detail != null) {
            detail.pause(still);
        }
        pauseButton.setText(still ? "Resume" : "Pause");
        rows.refresh();
        pull();
    }

    private void clear() {
        desk.store().clear();
        if (index.isPaused()) {
            togglePause();
        }
        firstLook.restart();
        rows.refresh();
        pull();
    }

    private void key(KeyEvent event) {
        boolean plain = !event.isShortcutDown() && !event.isAltDown() && !event.isShiftDown();
        if (event.getCode() == KeyCode.DELETE && plain && !rows.selected().isEmpty()) {
            menu.clearRetained();
            event.consume();
        }
    }

    private void selected() {
        firstLook.end();
        TopicRow row = rows.lead();
        if (row == null) {
            return;
        }
        if (row.isTopic()) {
            detail().show(row.topic());
            pane.detail(detail.node());
            onChosen.accept(row.topic());
        } else if (detail != null) {
            detail.showBranch(row);
        }
    }

    /** Another broker is watched: nothing of the one before stays in sight. */
    private void forgetChosen() {
        rows.show(index);
        pane.detail(null);
        if (detail != null) {
            detail.forget();
        }
        if (index.isPaused()) {
            togglePause();
        }
    }

    private boolean isDetailed() {
        return detail != null && detail.node().getScene() != null;
    }

    /** The detail; made when the first topic is chosen, for it takes its time. */
    private TopicDetail detail() {
        if (detail == null) {
            detail = new TopicDetail(desk.store(), kit.tasks(), clock, () -> pane.detail(null));
            detail.pause(index.isPaused());
        }
        return detail;
    }

    private void pullDetail() {
        if (!isDetailed()) {
            return;
        }
        TopicRow row = rows.lead();
        if (row != null && !row.isTopic()) {
            detail.showBranch(row);
        } else {
            detail.pull();
        }
    }

    private void pull() {
        TrafficStats stats = desk.store().stats();
        TrafficWatch.State state = desk.watched();
        String watched = state.broker() + " " + state.address();
        if (!watched.equals(broker)) {
            broker = watched;
            forgetChosen();
            firstLook.restart();
        }
        if (!index.isPaused() && firstLook.look()) {
            rows.refresh();
        }
        pane.counts(TopicWords.totals(stats, pane.getWidth() < NARROW));
        notes.broker(state, desk.isEmbedded(), clock.instant());
        notes.paused(index.isPaused() ? stats.messages() - atPause : -1);
        pane.empty(instead(stats, state));
        followShare();
    }

    /** What is shown where there are no rows; null where there are. */
    private Node instead(TrafficStats stats, TrafficWatch.State state) {
        Instead why;
        if (desk.isReadOnly()) {
            why = Instead.READ_ONLY;
        } else if (stats.topics() == 0) {
            why =
                    switch (state.link()) {
                        case UP -> Instead.NOTHING_YET;
                        case CONNECTING -> Instead.BEING_REACHED;
                        case DOWN, CLOSED -> Instead.BROKER_AWAY;
                    };
        } else if (!filter.isEmpty() && index.count() == 0) {
            why = Instead.NOTHING_MATCHES;
        } else {
            return null;
        }
        return instead.computeIfAbsent(why, Instead::made);
    }

    /** Deletes what a broker keeps at topics, for which somebody was asked already. */
    public void clearRetained(String broker, List<String> topics) {
        deletion.clear(broker, Set.copyOf(topics));
    }

    @Override
    public void close() {
        beats.forEach(Ticker.Handle::close);
        index.close();
    }
}
