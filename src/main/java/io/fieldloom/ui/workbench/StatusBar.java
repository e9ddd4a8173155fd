package io.fieldloom.ui.workbench;

import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.StatusDot;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.Tone;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.kit.UiTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/**
 * The line at the bottom: what the mappings do, how fast, what waits for a broker, and what was
 * lost. In a narrow window the figures that one can do without go first.
 */
final class StatusBar {
    private final HBox bar = new HBox();
    private final StatusDot light = new StatusDot();
    private final Label mappings = label("Mapped tags, and the topics that they are published to");
    private final Label waiting = label("");
    private final Label armed = label("");
    private final Label seen = label("Messages that Live traffic saw on its broker, a second");
    private final Label published = label("Messages that the mappings published, a second");
    private final Label dropped = label("");
    private final Label p99 =
            label(
                    "Latency from a sample's arrival at the driver to the broker:\n"
                            + "99 of 100 messages of the last minute were faster");
    private final Label heap = label("Memory in use by Fieldloom");
    private final HBox tasks = new HBox(8);

    /** Those that go in a narrow window, the first one first. */
    private final List<Label> spare = List.of(heap, p99, published, seen);

    StatusBar(UiKit kit) {
        bar.getStyleClass().add("status-bar");
        bar.setMinWidth(0);
        mappings.setGraphic(light);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        tasks.setAlignment(Pos.CENTER_LEFT);
        waiting.setMinWidth(80);
        waiting.getStyleClass().add("strong");
        armed.getStyleClass().add("alarm-badge");
        bar.getChildren()
                .addAll(
                        mappings, armed, waiting, seen, published, dropped, p99, space, tasks,
                        heap);
        bar.widthProperty().addListener(observable -> fit());
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
        label.setMinWidth(Region.USE_PREF_SIZE);
        Tip.set(label, tip);
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
        List<String> open = state.armed();
        set(armed, open.isEmpty() ? "" : open.size() + " ARMED");
        Tip.set(
                armed,
                "May be written to until it is disarmed in Devices:\n" + String.join("\n", open));
        set(waiting, QueueWords.waiting(state.waiting()));
        if (!state.waiting().isEmpty()) {
            Tip.set(waiting, QueueWords.waitingTip(state.waiting()));
            (QueueWords.isNearlyFull(state.waiting()) ? Tone.BAD : Tone.WARN).paint(waiting);
        }
        set(seen, "seen " + Presentation.rate(state.inPerSecond()) + " msg/s");
        set(published, "published " + Presentation.rate(state.outPerSecond()) + " msg/s");
        long lost = state.lost().total();
        set(dropped, Presentation.count(lost) + " dropped");
        Tip.set(dropped, QueueWords.lostTip(state.lost()));
        (lost > 0 ? Tone.WARN : Tone.NORMAL).paint(dropped);
        set(p99, state.p99() == null ? "" : "p99 " + millis(state.p99().toNanos() / 1e6));
        set(heap, "heap " + Presentation.bytes(state.heapBytes()));
        fit();
    }

    /** Leaves out what there is no room for. */
    private void fit() {
        List<Label> all = List.of(mappings, armed, waiting, seen, published, dropped, p99, heap);
        List<Label> shown = new ArrayList<>(all);
        shown.removeIf(each -> each.getText().isEmpty());
        double needed = tasks.prefWidth(-1);
        for (Label each : shown) {
            needed += each.prefWidth(-1) + bar.getSpacing();
        }
        double room = bar.getWidth() - bar.getPadding().getLeft() - bar.getPadding().getRight();
        for (Label each : spare) {
            if (room > 0 && needed > room && shown.remove(each)) {
                needed -= each.prefWidth(-1) + bar.getSpacing();
            }
        }
        for (Label each : all) {
            each.setManaged(shown.contains(each));
            each.setVisible(each.isManaged());
        }
    }

    private static String millis(double millis) {
        return millis < 9.95
                ? String.format(Locale.ROOT, "%.1f ms", millis)
                : Presentation.count(Math.round(millis)) + " ms";
    }

    private static void set(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
        }
    }
}
