package io.fieldloom.ui.node;

import io.fieldloom.engine.device.NodeSearch;
import io.fieldloom.engine.device.NodeSearch.Hit;
import io.fieldloom.engine.device.NodeSearch.Outcome;
import io.fieldloom.ui.kit.DialogPane;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.UiTasks;
import io.fieldloom.ui.kit.rows.Column;
import io.fieldloom.ui.kit.rows.FlatRows;
import io.fieldloom.ui.kit.rows.RowCopy;
import io.fieldloom.ui.kit.rows.VirtualRows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/**
 * Searches a server's whole address space and lists what is found while it goes on. Closing it ends
 * the search. FX thread only, but for what the search tells.
 */
public final class NodeSearchDialog {
    private static final double WIDTH = 820;
    private static final double ROWS_HEIGHT = 330;

    private final UiKit kit;
    private final String device;
    private final String text;
    private final Consumer<Hit> open;
    private final Watch watch = new Watch();
    private final Label state = new Label();
    private final FlatRows<Hit> index = new FlatRows<>(Hit::address, Hit::name);
    private final VirtualRows<Hit> rows;
    private Button stop;
    private Button go;
    private Button close;
    private DialogPane dialog;
    private Ticker.Handle beat;
    private Outcome outcome;

    /**
     * @param open shows a hit that a person chose
     */
    public NodeSearchDialog(UiKit kit, String device, String text, Consumer<Hit> open) {
        this.kit = kit;
        this.device = device;
        this.text = text;
        this.open = open;
        rows =
                new VirtualRows<>(
                        "Found nodes",
                        index,
                        index,
                        List.of(
                                Column.<Hit>text("Name", 200, (hit, cell) -> cell.text(hit.name()))
                                        .least(120),
                                Column.<Hit>text(
                                                "Class",
                                                90,
                                                (hit, cell) ->
                                                        cell.text(hit.nodeClass()).tone(Tone.DIM))
                                        .keep(1),
                                Column.<Hit>text(
                                                "Path",
                                                0,
                                                (hit, cell) ->
                                                        cell.text(hit.path(), hit.path())
                                                                .tone(Tone.DIM)
                                                                .tip(hit.address()))
                                        .grows()));
        rows.onOpen(this::choose);
        new RowCopy<>(rows, Hit::address);
        rows.setMinHeight(ROWS_HEIGHT);
        rows.setPrefHeight(ROWS_HEIGHT);
    }

    /** Opens it and begins to search. */
    public void show(NodeSearch search) {
        state.getStyleClass().add("dim");
        state.setWrapText(true);
        dialog =
                new DialogPane("Search " + device + " for '" + text + "'", new VBox(8, state, rows))
                        .width(WIDTH);
        stop = dialog.button("Stop", watch::cancel);
        go = dialog.button("Go to it", () -> chosen(rows.lead()));
        go.setDisable(true);
        close = dialog.cancelButton("Close");
        rows.onSelection(() -> go.setDisable(rows.lead() == null));
        dialog.focusFirst(rows);
        beat = kit.ticker().every(Ticker.CALM, this::pull);
        kit.dialogs().show(dialog);
        kit.tasks()
                .follow(
                        "Search " + device + " for '" + text + "'",
                        search.search(text, watch),
                        this::ended,
                        this::failed);
        pull();
    }

    private void pull() {
        if (rows.getScene() == null) {
            watch.cancel();
            beat.close();
            return;
        }
        List<Hit> hits = watch.hits();
        if (hits.size() != index.all().size()) {
            index.set(hits);
        }
        rows.refresh();
        if (rows.lead() == null) {
            rows.select(0);
        }
        if (outcome == null) {
            state.setText(
                    Presentation.count(watch.looked, "node", "nodes")
                            + " looked at, "
                            + Presentation.count(hits.size())
                            + " found…");
        }
    }

    private void ended(Outcome how) {
        outcome = how;
        pull();
        stop.setDisable(true);
        String nodes = Presentation.count(how.nodes(), "node", "nodes");
        String found = Presentation.count(index.all().size());
        if (index.all().isEmpty()) {
            close.requestFocus();
        }
        state.setText(
                how.complete()
                        ? found + " found among " + nodes + "."
                        : found + " found; ended after " + nodes + ", there are more.");
    }

    private void failed(Throwable cause) {
        outcome = new Outcome(watch.looked, false);
        stop.setDisable(true);
        state.setText(new UiTasks.Failure(text, cause).words());
        Tone.BAD.paint(state);
    }

    private void chosen(Hit hit) {
        if (hit != null) {
            choose(hit);
        }
    }

    private void choose(Hit hit) {
        watch.cancel();
        dialog.close();
        open.accept(hit);
    }

    /** What the search tells on its own threads. */
    private static final class Watch implements NodeSearch.Watcher {
        private final List<Hit> found = new ArrayList<>();
        private volatile long looked;
        private volatile boolean cancelled;

        @Override
        public synchronized void found(Hit hit) {
            found.add(hit);
        }

        synchronized List<Hit> hits() {
            return List.copyOf(found);
        }

        @Override
        public void looked(long nodes) {
            looked = nodes;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        void cancel() {
            cancelled = true;
        }
    }
}
