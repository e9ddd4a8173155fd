package io.fieldloom.app.bench;

import io.fieldloom.ui.kit.FirstFrame;
import io.fieldloom.ui.kit.Theme;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/** A window with one word in our theme and fonts: what {@link StartBench} compares with. */
final class BareWindow {
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;

    // Held, for the log system forgets levels of loggers that nobody holds.
    private static final Logger JAVAFX_LOG = Logger.getLogger("javafx");

    private BareWindow() {}

    public static void main(String[] args) {
        // as the program does: a plain class path is a configuration that works
        JAVAFX_LOG.setLevel(Level.SEVERE);
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
