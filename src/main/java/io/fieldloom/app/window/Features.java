package io.fieldloom.app.window;

import io.fieldloom.engine.plant.Parts;
import io.fieldloom.engine.plant.Plant;
import io.fieldloom.engine.project.SettingsFile;
import io.fieldloom.ui.kit.UiKit;
import io.fieldloom.ui.log.LogMemory;
import io.fieldloom.ui.log.LogView;
import io.fieldloom.ui.simulators.SimulatorsView;
import io.fieldloom.ui.workbench.Tab;
import io.fieldloom.ui.workbench.WorkbenchWindow;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javafx.scene.layout.Region;

/** Makes the features of an open project and puts them in the window. FX thread only. */
final class Features {
    private final UiKit kit;
    private final Session session;
    private final OpenProject open;
    private final Parts parts;
    private final LogMemory log;
    private final SettingsFile settings;

    Features(
            UiKit kit,
            Session session,
            OpenProject open,
            Parts parts,
            LogMemory log,
            SettingsFile settings) {
        this.kit = kit;
        this.session = session;
        this.open = open;
        this.parts = parts;
        this.log = log;
        this.settings = settings;
    }

    void fill(WorkbenchWindow window) {
        SimulatorsView simulators =
                new SimulatorsView(
                        kit,
                        () -> open.editor().project(),
                        open.plant().simulators(),
                        new Simulators(open.plant()));
        LogView logView = new LogView(kit, log);
        window.fill(
                new Region(),
                new Region(),
                new Region(),
                List.of(
                        new Tab("simulators", "Simulators", simulators::badge, () -> simulators),
                        new Tab("log", "Log", logView::badge, () -> logView)));
    }

    private record Simulators(Plant plant) implements SimulatorsView.Switch {
        @Override
        public CompletionStage<Void> start(String name) {
            return plant.startSimulator(name);
        }

        @Override
        public CompletionStage<Void> stop(String name) {
            return plant.stopSimulator(name);
        }
    }
}
