package io.fieldloom.ui.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.device.modbus.ModbusDriver;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.simulate.modbus.ModbusSimulator;
import io.fieldloom.ui.kit.FxStage;
import io.fieldloom.ui.kit.ProjectEdits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.event.ActionEvent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pcollections.OrderedPMap;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class RegistersViewTest {
    private final FxStage window = new FxStage();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private ModbusSimulator device;
    private DeviceRegistry registry;
    private ProjectEditor editor;

    @Start
    void start(Stage stage) throws IOException {
        Signal level =
                new Signal(
                        "float32",
                        Signal.Shape.CONSTANT,
                        "100",
                        null,
                        null,
                        null,
                        null,
                        null,
                        Duration.ofSeconds(1),
                        null,
                        false,
                        null);
        device =
                new ModbusSimulator(
                        new Simulator(
                                "sim",
                                Simulator.MODBUS,
                                null,
                                null,
                                1L,
                                null,
                                null,
                                OrderedPMap.<String, Signal>empty().plus("holding:3", level)));
        device.start();
        editor =
                ProjectEditor.ofText(
                        "fieldloom: 1\ndevices:\n  boiler: {endpoint: \""
                                + device.endpoint()
                                + "\"}\n",
                        "hall",
                        new Home(Path.of("unused")));
        registry =
                new DeviceRegistry(
                        List.of(new ModbusDriver()),
                        each ->
                                new SessionRequest(
                                        each.name(),
                                        Endpoint.parse(each.endpoint()),
                                        null,
                                        null,
                                        null),
                        pool,
                        timer,
                        Clock.systemUTC());
        registry.load(editor.project());
        registry.start();
        window.show(
                stage,
                new RegistersView(
                        new RegistersServices(
                                window.kit(),
                                editor::project,
                                new ProjectEdits(window.kit(), editor),
                                registry,
                                Optional::empty)));
    }

    @AfterEach
    void stop() {
        registry.stop().toCompletableFuture().join();
        device.close();
        pool.shutdownNow();
        timer.shutdownNow();
    }

    private boolean shows(FxRobot robot, String text) {
        robot.interact(window::tick);
        return robot.lookup(".label").queryAllAs(Labeled.class).stream()
                .anyMatch(label -> label.isVisible() && label.getText().equals(text));
    }

    // 100.0 is 42C8 0000: the type shows itself, and becomes the tag as it was pointed at.
    @Test
    void aValueIsFoundAmongTheInterpretationsAndBecomesATag(FxRobot robot) {
        await().until(() -> shows(robot, "17,096") || shows(robot, "17096"));
        assertThat(shows(robot, "100")).isTrue();
        assertThat(shows(robot, "BadIllegalDataAddress (2)")).isTrue();

        robot.clickOn("100");
        robot.clickOn("Add as tag…");
        robot.write("level").clickOn("Add tag");

        assertThat(editor.project().devices().get("boiler").tags().get("level").address())
                .isEqualTo("holding:3:float32");
    }

    // A manual's number is understood, both notations are told, and what will not do says why.
    @Test
    void theStartIsTakenInAnyNotation(FxRobot robot) {
        type(robot, "40003");
        assertThat(shows(robot, "holding:2 to holding:51, in manuals 40003 to 40052")).isTrue();
        await().until(() -> shows(robot, "100"));

        type(robot, "coil:8");
        assertThat(shows(robot, "coil:8 to coil:57, in manuals 00009 to 00058")).isTrue();

        type(robot, "pump");
        assertThat(robot.lookup("#range").queryLabeled().getText()).contains("pump");
    }

    private void type(FxRobot robot, String start) {
        TextField field = robot.lookup("#start").queryAs(TextField.class);
        robot.interact(
                () -> {
                    field.setText(start);
                    field.fireEvent(new ActionEvent());
                });
    }
}
