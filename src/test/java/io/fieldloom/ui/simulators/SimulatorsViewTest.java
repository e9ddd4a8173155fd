package io.fieldloom.ui.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.engine.project.ProjectFile;
import io.fieldloom.engine.simulate.SimulatedDevice;
import io.fieldloom.engine.simulate.SimulatorRegistry;
import io.fieldloom.ui.kit.FxStage;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class SimulatorsViewTest {
    private static final Project PROJECT =
            ProjectFile.parse(
                            """
                            fieldloom: 1
                            devices:
                              boiler:
                                endpoint: modbus-tcp://10.0.0.9:502
                                simulator: boiler-sim
                                use: simulated
                            simulators:
                              boiler-sim:
                                protocol: modbus
                                port: 5020
                                registers:
                                  "holding:0": {type: uint16, signal: constant, value: 1}
                            """)
                    .project();

    private final FxStage window = new FxStage();
    private final SimulatorRegistry registry =
            new SimulatorRegistry(Map.of("modbus", Scripted::new));
    private boolean portTaken;
    private SimulatorsView view;

    @Start
    void start(Stage stage) {
        registry.load(PROJECT);
        view = new SimulatorsView(window.kit(), () -> PROJECT, registry, new AtOnce());
        window.show(stage, view);
    }

    @Test
    void aClickStartsItAndTheNextStopsIt(FxRobot robot) {
        assertThat(view.badge()).isEqualTo("0/1");

        robot.clickOn("Start");
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(view.badge()).isEqualTo("1");
        assertThat(robot.lookup("modbus-tcp://127.0.0.1:5020").tryQuery()).isPresent();
        assertThat(robot.lookup("boiler").tryQuery()).as("stands in for it").isPresent();

        // another place first: a double click on Start shall not stop it again
        robot.clickOn("boiler-sim").clickOn("Stop");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(registry.running("boiler-sim")).isEmpty();
        assertThat(robot.lookup("stopped").tryQuery()).isPresent();
    }

    @Test
    void aTakenPortIsSaidInTheRowAndCanBeTriedAgain(FxRobot robot) {
        portTaken = true;
        robot.clickOn("Start");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("port 5020 is taken by another program").tryQuery()).isPresent();

        portTaken = false;
        robot.clickOn("boiler-sim").clickOn("Start");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(view.badge()).isEqualTo("1");
    }

    /** Starts and stops on the caller's thread, for what it drives waits for nothing. */
    private final class AtOnce implements SimulatorsView.Switch {
        @Override
        public CompletionStage<Void> start(String name) {
            try {
                registry.start(name);
                return CompletableFuture.completedFuture(null);
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public CompletionStage<Void> stop(String name) {
            registry.stop(name);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** A device that listens to nothing. */
    private final class Scripted implements SimulatedDevice {
        private final Simulator design;

        Scripted(Simulator design) {
            this.design = design;
        }

        @Override
        public Simulator design() {
            return design;
        }

        @Override
        public void start() throws IOException {
            if (portTaken) {
                throw new IOException("port 5020 is taken by another program");
            }
        }

        @Override
        public String endpoint() {
            return "modbus-tcp://127.0.0.1:5020";
        }

        @Override
        public State state() {
            return new State(true, 1, 42, 0);
        }

        @Override
        public void close() {
            // listens to nothing
        }
    }
}
