package io.fieldloom.ui.frames;

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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pcollections.OrderedPMap;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class FramesViewTest {
    private final FxStage window = new FxStage();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private ModbusSimulator device;
    private DeviceRegistry registry;

    @Start
    void start(Stage stage) throws IOException {
        Signal level =
                new Signal(
                        "uint16",
                        Signal.Shape.CONSTANT,
                        "7",
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
        ProjectEditor editor =
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
                stage, new FramesView(window.kit(), editor::project, registry, Optional::empty));
    }

    @AfterEach
    void stop() {
        registry.stop().toCompletableFuture().join();
        device.close();
        pool.shutdownNow();
        timer.shutdownNow();
    }

    private boolean shows(FxRobot robot, String begin) {
        robot.interact(window::tick);
        return robot.lookup(".label").queryAllAs(Labeled.class).stream()
                .anyMatch(label -> label.isVisible() && label.getText().startsWith(begin));
    }

    // Nothing is recorded before somebody asks; then question and answer are there, with bytes.
    @Test
    void aRecordedReadIsListedWithItsBytesAndItsMeaning(FxRobot robot) {
        await().until(() -> registry.link("boiler").orElseThrow().state().isUp());
        read();
        assertThat(shows(robot, "unit 1: read")).isFalse();

        press(robot, "Record");
        read();
        await().until(() -> shows(robot, "unit 1: read 1 holding registers from 3"));
        assertThat(shows(robot, "unit 1: 3 = 7")).isTrue();

        press(robot, "Stop");
        press(robot, "Clear");
        await().until(() -> !shows(robot, "unit 1: read"));
        read();
        assertThat(shows(robot, "unit 1: read")).isFalse();
    }

    private static void press(FxRobot robot, String name) {
        Button button =
                robot.lookup(".button").queryAllAs(Button.class).stream()
                        .filter(each -> name.equals(each.getText()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no button " + name));
        robot.interact(button::fire);
    }

    private void read() {
        registry.link("boiler")
                .orElseThrow()
                .read(List.of("holding:3"))
                .toCompletableFuture()
                .join();
    }
}
