package io.fieldloom.app.bench;

import io.fieldloom.ui.kit.FirstFrame;
import io.fieldloom.ui.kit.Theme;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/** A window with one word in our theme and fonts: what {@link StartBench} compares with. */
final class BareWindow {
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;

    private BareWindow() {}

    public static void main(String[] args) {
        Platform.startup(BareWindow::show);
    }

    private static void show() {
        Scene scene = new Scene(new StackPane(new Label("Fieldloom")), WIDTH, HEIGHT);
        new Theme(Theme.Look.DARK).dress(scene);
        Stage stage = new Stage();
        stage.setScene(scene);
        stage.show();
        FirstFrame.then(PaintedNote.of(System.out)::painted);
    }
}
