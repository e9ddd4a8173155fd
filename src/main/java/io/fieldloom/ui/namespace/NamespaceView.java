package io.fieldloom.ui.namespace;

import io.fieldloom.domain.mapping.Mapping;
import io.fieldloom.domain.namespace.Topic;
import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.ui.kit.ColumnPane;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.time.Clock;
import java.util.List;
import javafx.scene.Node;

/**
 * The Namespace column: the designed topic tree with what the running mappings publish, a place to
 * drop tags on, and the chosen mapping to be edited. FX thread only.
 */
public final class NamespaceView implements AutoCloseable {
    /** How much of the height the rows have beside a mapping, which needs no more than the rest. */
    private static final double ROWS_SHARE = 0.7;

    private final NamespaceServices services;
    private final NamespaceRows index;
    private final VirtualRows<NamespaceRow> rows;
    private final ColumnPane pane;
    private final NamespaceActions actions;
    private final TagDrop drop;
    private final MappingPanel panel;
    private final TopicProblems problems;
    private final OldTopics oldTopics;
    private final Node empty;
    private final Runnable unlisten;
    private final List<Ticker.Handle> beats;

    /** Builds the column and adds its commands. */
    public NamespaceView(NamespaceServices services) {
        this.services = services;
        UiKit kit = services.kit();
        index = new NamespaceRows(services.editor()::project);
        problems = new TopicProblems(services.lint());
        oldTopics = new OldTopics(services);
        NamespaceColumns look =
                new NamespaceColumns(
                        services.mappings(),
                        services.isBrokerAway(),
                        problems,
                        Clock.systemUTC(),
                        this::showSource);
        rows = new VirtualRows<>("Designed topics", index, look, look.columns());
        pane = new ColumnPane("Namespace", "Filter topics…", rows);
        pane.contentShare(ROWS_SHARE);
        panel = new MappingPanel(services, rows::requestFocus);
        actions = new NamespaceActions(services, index, rows, panel::focus);
        drop = new TagDrop(services, index, rows);
        empty =
                new EmptyState(
                        Icon.MAP,
                        "No topics yet",
                        "Drag a tag or a whole object here from Devices, or add a level first.",
                        actions.newLevelCommand());
        rows.drags(new TopicDrag(drop::map, actions::moveBelow));
        rows.menu(actions::menu);
        rows.onSelection(this::showChosen);
        rows.onOpen(
                row -> {
                    if (row.mapping() != null) {
                        panel.focus();
                    }
                });
        new RowCopy<>(rows, NamespaceRow::topic);
        pane.onFilter(rows::filter);
        pane.action(actions.newLevelCommand()).setText("+ Level");
        unlisten = services.editor().addListener(this::follow);
        beats =
                List.of(
                        rows.pullOn(kit.ticker(), Ticker.LIVE),
                        kit.ticker().every(Ticker.LIVE, panel::pull),
                        kit.ticker().every(Ticker.CALM, this::pull));
        pull();
    }

    /** What the window shows. */
    public Node node() {
        return pane;
    }

    /** Chooses a topic and opens the way to it; whether the design has it. */
    public boolean reveal(String topic) {
        boolean shown = rows.reveal(topic);
        rows.requestFocus();
        return shown;
    }

    /** Asks below which topic tags are to be mapped: the way without a mouse. */
    public void map(Dragged tags) {
        drop.askAndMap(tags);
    }

    /** Puts the cursor into the filter. */
    public void focusFilter() {
        pane.focusFilter();
    }

    /** Edits are told on the thread that makes them. */
    private void follow(Change change) {
        if (services.kit().fx().isOpen()) {
            take(change);
        } else {
            services.kit().fx().execute(() -> take(change));
        }
    }

    private void take(Change change) {
        NamespaceRow lead = rows.lead();
        int place = rows.leadPlace();
        index.follow(change.touched());
        rows.refresh();
        if (lead != null && index.row(lead.topic()) == null) {
            chooseNear(place, lead.depth());
        }
        showChosen();
        pull();
        oldTopics.follow(change);
    }

    /** Where the chosen row has gone: the one that took its place, else the one above. */
    private void chooseNear(int place, int depth) {
        NamespaceRow next = index.at(place);
        rows.select(next != null && next.depth() >= depth ? place : Math.max(0, place - 1));
    }

    /**
     * Chooses what a change made or changed, and shows it; where that is gone, what was beside it.
     * The focus stays where it is.
     */
    public void show(Change change) {
        String above = TouchedRows.above(change);
        boolean isBeside = rows.lead() != null && Topic.isWithin(rows.lead().topic(), above);
        if (!rows.reveal(TouchedRows.of(change)) && !above.isEmpty() && !isBeside) {
            rows.reveal(above);
        }
    }

    private void showSource(NamespaceRow row) {
        actions.showSource(row);
    }

    private void showChosen() {
        String topic = rows.leadPath();
        Mapping mapping = topic == null ? null : services.editor().project().mappings().get(topic);
        if (mapping == null) {
            pane.detail(null);
        } else {
            panel.show(mapping);
            pane.detail(panel.node());
        }
    }

    private void pull() {
        problems.pull();
        Project project = services.editor().project();
        int topics = project.mappings().size();
        String found =
                problems.count() == 0
                        ? ""
                        : " · " + Presentation.count(problems.count(), "problem", "problems");
        boolean nothing = topics == 0 && project.levels().isEmpty();
        pane.counts(nothing ? "" : Presentation.count(topics, "topic", "topics") + found);
        pane.empty(nothing ? empty : null);
    }

    @Override
    public void close() {
        unlisten.run();
        beats.forEach(Ticker.Handle::close);
    }
}
