package io.fieldloom.ui.workbench;

import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.StatusDot;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.UiTasks;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The line at the bottom: what the mappings do, how fast, and what was lost. */
final class StatusBar {
    private final HBox bar = new HBox();
    private final StatusDot light = new StatusDot();
    private final Label mappings = label("");
    private final Label in = label("Messages that the broker of the traffic column saw, a second");
    private final Label out = label("Messages that the mappings published, a second");
    private final Label dropped =
            label("Messages and samples lost to a full queue, since the start");
    private final Label p99 =
            label("From a sample's arrival at the driver to the broker: 99 of 100 were faster");
    private final Label heap = label("Memory in use");
    private final HBox tasks = new HBox(8);

    StatusBar(UiKit kit) {
        bar.getStyleClass().add("status-bar");
        mappings.setGraphic(light);
        mappings.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        tasks.setAlignment(Pos.CENTER_LEFT);
        bar.getChildren().addAll(mappings, in, out, dropped, p99, space, tasks, heap);
        kit.tasks()
                .running()
                .addListener(
                        (ListChangeListener<UiTasks.Running>)
                                change -> showTasks(List.copyOf(change.getList())));
    }

    Node node() {
        return bar;
    }

    private static Label label(String tip) {
        Label label = new Label();
        if (!tip.isEmpty()) {
            Tip.set(label, tip);
        }
        return label;
    }

    private void showTasks(List<? extends UiTasks.Running> running) {
        tasks.getChildren().clear();
        if (running.isEmpty()) {
            return;
        }
        UiTasks.Running newest = running.get(running.size() - 1);
        ProgressBar progress = new ProgressBar();
        progress.progressProperty().bind(newest.fractionProperty());
        progress.setAccessibleText(newest.title());
        Button cancel = new Button("Cancel");
        cancel.setOnAction(event -> newest.cancel());
        tasks.getChildren().addAll(new Label(newest.title()), progress, cancel);
    }

    void show(WorkbenchState state) {
        String words =
                switch (state.mappings()) {
                    case RUNNING ->
                            "Mapping "
                                    + Presentation.count(state.tags(), "tag", "tags")
                                    + " → "
                                    + Presentation.count(state.topics(), "topic", "topics");
                    case STARTING -> "Starting the mappings…";
                    case STOPPING -> "Stopping the mappings…";
                    case STOPPED -> "Mappings stopped";
                };
        light.show(state.mappings() == WorkbenchState.Mappings.RUNNING ? Tone.OK : Tone.OFF);
        set(mappings, words);
        set(in, "in " + Presentation.rate(state.inPerSecond()) + " msg/s");
        set(out, "out " + Presentation.rate(state.outPerSecond()) + " msg/s");
        set(dropped, Presentation.count(state.dropped()) + " dropped");
        (state.dropped() > 0 ? Tone.WARN : Tone.NORMAL).paint(dropped);
        set(p99, state.p99() == null ? "" : "p99 " + millis(state.p99().toNanos() / 1e6));
        set(heap, "heap " + Presentation.bytes(state.heapBytes()));
    }

    private static String millis(double millis) {
        return millis < 9.95
                ? String.format(java.util.Locale.ROOT, "%.1f ms", millis)
                : Presentation.count(Math.round(millis)) + " ms";
    }

    private static void set(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
        }
    }
}
