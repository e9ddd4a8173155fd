package io.fieldloom.ui.chart;

import io.fieldloom.ui.kit.Command;
import io.fieldloom.ui.kit.CommandRegistry;
import io.fieldloom.ui.kit.Icon;
import io.fieldloom.ui.kit.Presentation;
import io.fieldloom.ui.kit.Tip;
import io.fieldloom.ui.kit.rows.RowCopy;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** What one line of the chart is: its colour, tag, newest value and scale. FX thread only. */
final class LegendEntry extends HBox {
    private static final String GROUP = "Chart";
    private static final double NAME = 96;
    private static final double VALUE = 66;
    private static final double SCALE = 116;

    private final Curve curve;
    private final Label value = new Label();
    private final Label scale = new Label();

    LegendEntry(ChartServices services, Curve curve, Runnable remove) {
        super(8);
        this.curve = curve;
        String where = curve.item().device() + "\n" + curve.item().address();
        Region swatch = new Region();
        swatch.getStyleClass().addAll("chart-swatch", "line-" + (curve.colour() + 1));
        Label name = new Label(curve.item().name());
        name.setMinWidth(NAME);
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        Tip.set(name, where);
        value.getStyleClass().add("mono");
        value.setMinWidth(VALUE);
        value.setAlignment(Pos.CENTER_RIGHT);
        scale.getStyleClass().addAll("mono", "dim");
        scale.setMinWidth(0);
        scale.setPrefWidth(SCALE);
        scale.setAlignment(Pos.CENTER_RIGHT);
        Tip.set(scale, "From the foot of the chart to its top: this line has a scale of its own");
        scale.managedProperty().bind(scale.textProperty().isNotEmpty());
        Button out = new Button();
        out.setGraphic(Icon.CLOSE.node());
        out.getStyleClass().add("ghost");
        out.setAccessibleText("Take " + curve.item().name() + " out of the chart");
        Tip.set(out, "Take it out of the chart");
        out.setOnAction(event -> remove.run());
        getStyleClass().add("chart-entry");
        getChildren().addAll(swatch, name, value, scale, out);
        ContextMenu menu = new ContextMenu();
        setOnContextMenuRequested(
                event -> {
                    menu.getItems().setAll(CommandRegistry.items(commands(services, remove)));
                    menu.show(this, event.getScreenX(), event.getScreenY());
                });
    }

    private List<Command> commands(ChartServices services, Runnable remove) {
        return List.of(
                item(
                        "Show in Devices",
                        Icon.DEVICE,
                        true,
                        () -> services.show().accept(curve.item().ref())),
                item("History", Icon.HISTORY, true, () -> services.history().accept(curve.item())),
                item(
                        "Copy value",
                        Icon.COPY,
                        curve.newest() != null,
                        () -> RowCopy.put(Presentation.exact(curve.newest().value()))),
                item("Take out of the chart", Icon.CLOSE, true, remove));
    }

    private static Command item(String title, Icon icon, boolean enabled, Runnable action) {
        return Command.named("chart.item", GROUP, title)
                .icon(icon)
                .when(() -> enabled)
                .does(action);
    }

    /** Shows how things are now. */
    void show(String range) {
        value.setText(curve.value());
        curve.tone().paint(value);
        scale.setText(range);
    }
}
