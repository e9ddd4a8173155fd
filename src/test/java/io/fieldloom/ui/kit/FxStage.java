package io.fieldloom.ui.kit;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** A window with one feature in it, whose beat a test turns by hand. */
public final class FxStage {
    // less than the headless screen of 1280 by 800, beyond which its renderer fails
    private static final double WIDTH = 1_240;
    private static final double HEIGHT = 660;

    private final HandTicker ticker = new HandTicker();
    private UiKit kit;

    /** Made when it is first asked for, which is on the FX thread. */
    public UiKit kit() {
        if (kit == null) {
            kit = UiKit.create(new FxGate(), ticker, Runnable::run, new Theme(Theme.Look.DARK));
        }
        return kit;
    }

    /** One beat for all views. On the FX thread. */
    public void tick() {
        ticker.tick();
    }

    /** Shows a feature alone. On the FX thread. */
    public void show(Stage stage, Node feature) {
        kit().overlay().content(feature);
        Scene scene = new Scene(kit().overlay().root(), WIDTH, HEIGHT);
        kit().theme().dress(scene);
        // All tests share the toolkit's one stage; one before may have left it narrow.
        stage.setMinWidth(0);
        stage.setMinHeight(0);
        stage.setMaximized(false);
        stage.setScene(scene);
        stage.sizeToScene();
        stage.show();
    }
}
