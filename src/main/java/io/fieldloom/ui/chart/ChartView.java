package io.fieldloom.ui.chart;

import io.fieldloom.engine.device.tree.DeviceItem;
import io.fieldloom.ui.kit.Dragged;
import io.fieldloom.ui.kit.EmptyState;
import io.fieldloom.ui.kit.Halves;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Ticker;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.chart.TimeChart;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.DoubleConsumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * Several tags' own values in one chart, from the moment they are chosen, whether or not a mapping
 * takes them; beside it what each line is. It goes on behind other tabs. FX thread only.
 */
public final class ChartView extends StackPane implements AutoCloseable {
    /** The plot's share of the width, until a person divides it. */
    public static final double SHARE = 0.7;

    private static final double LEAST_LEGEND = 320;
    private static final double LEAST_PLOT = 160;

    private final ChartServices services;
    private final TimeChart chart = new TimeChart("Chart of the chosen tags");
    private final List<Curve> curves = new ArrayList<>();
    private final List<LegendEntry> entries = new ArrayList<>();
    private final VBox legend = new VBox();
    private final Label heading = new Label();
    private final EmptyState empty =
            new EmptyState(
                    Icon.CHART,
                    "Nothing is charted",
                    "Choose tags in Devices and press Ctrl+G, or drag them here. Up to "
                            + TimeChart.COLOURS
                            + " are drawn together, mapped or not.");
    private final Ticker.Handle beat;

    /**
     * @param share of the plot, 0 to 1
     * @param onMoved told when a person has moved the division
     */
    public ChartView(ChartServices services, double share, DoubleConsumer onMoved) {
        this.services = services;
        Button clear = new Button();
        clear.setGraphic(Icon.CLEAR.node());
        clear.getStyleClass().add("ghost");
        clear.setAccessibleText("Take all out of the chart");
        Tip.set(clear, "Take all out of the chart");
        clear.setOnAction(event -> chart(List.of()));
        heading.getStyleClass().add("dim");
        heading.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(heading, Priority.ALWAYS);
        HBox header = new HBox(6, heading, clear);
        header.getStyleClass().add("detail-header");
        ScrollPane scroll = new ScrollPane(legend);
        scroll.getStyleClass().add("chart-legend");
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox side = new VBox(header, scroll);
        side.setMinWidth(LEAST_LEGEND);
        chart.setMinWidth(LEAST_PLOT);
        getStyleClass().add("tab-pane-body");
        getChildren().addAll(new Halves(chart, side, share, onMoved), empty);
        setMinSize(0, 0);
        setOnDragOver(this::dragged);
        setOnDragDropped(this::dropped);
        show();
        beat = services.kit().ticker().every(Ticker.LIVE, this::pull);
    }

    /** How many tags are drawn, for the tab. */
    public String badge() {
        return curves.isEmpty() ? "" : Integer.toString(curves.size());
    }

    /** Draws these tags and no others; those that are drawn already keep their line and colour. */
    public void chart(List<DeviceItem> tags) {
        curves.removeIf(
                curve -> {
                    boolean goes =
                            tags.stream().noneMatch(tag -> tag.ref().equals(curve.item().ref()));
                    if (goes) {
                        curve.close();
                    }
                    return goes;
                });
        add(tags);
    }

    /** Draws these tags too. */
    public void add(List<DeviceItem> tags) {
        int left = 0;
        for (DeviceItem tag : tags) {
            boolean isDrawn =
                    curves.stream().anyMatch(curve -> curve.item().ref().equals(tag.ref()));
            if (!isDrawn && !tag.branch()) {
                if (curves.size() < TimeChart.COLOURS) {
                    curves.add(new Curve(services, tag, freeColour()));
                } else {
                    left++;
                }
            }
        }
        if (left > 0) {
            services.kit()
                    .notifications()
                    .tell(
                            "The chart draws "
                                    + TimeChart.COLOURS
                                    + " tags together; "
                                    + Presentation.count(left, "tag is", "tags are")
                                    + " left out");
        }
        show();
    }

    private int freeColour() {
        BitSet used = new BitSet();
        curves.forEach(curve -> used.set(curve.colour()));
        return used.nextClearBit(0);
    }

    private void show() {
        chart.clear();
        entries.clear();
        for (Curve curve : curves) {
            chart.add(curve.item().name(), curve.unit(), curve.series(), curve.colour());
            entries.add(new LegendEntry(services, curve, () -> remove(curve)));
        }
        legend.getChildren().setAll(entries);
        heading.setText(Presentation.count(curves.size(), "tag", "tags") + ", newest value");
        empty.setVisible(curves.isEmpty());
        pull();
    }

    private void remove(Curve curve) {
        curve.close();
        curves.remove(curve);
        show();
    }

    private void pull() {
        curves.forEach(curve -> curve.pull(services.registry().link(curve.item().device())));
        if (getScene() == null) {
            return;
        }
        chart.holdUntil(System.currentTimeMillis());
        chart.repaint();
        for (int at = 0; at < entries.size(); at++) {
            entries.get(at).show(chart.scaleOf(at));
        }
    }

    private void dragged(DragEvent event) {
        if (Dragged.isIn(event.getDragboard())) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
        }
    }

    private void dropped(DragEvent event) {
        add(Dragged.from(event.getDragboard()).items());
        event.setDropCompleted(true);
        event.consume();
    }

    /** Ends the recording. */
    @Override
    public void close() {
        beat.close();
        curves.forEach(Curve::close);
    }
}
