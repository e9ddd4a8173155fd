package io.fieldloom.ui.kit;

import io.fieldloom.domain.connection.Endpoint;
import io.fieldloom.domain.simulation.Signal;
import io.fieldloom.domain.simulation.Signals;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.engine.device.DeviceLink;
import io.fieldloom.engine.device.DeviceRegistry;
import io.fieldloom.engine.device.SessionRequest;
import io.fieldloom.engine.device.modbus.ModbusDriver;
import io.fieldloom.engine.project.ProjectEditor;
import io.fieldloom.engine.security.Home;
import io.fieldloom.engine.simulate.modbus.ModbusSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.pcollections.OrderedPMap;

/** A project with one Modbus device, {@code boiler}, that is simulated and connected. */
public final class SimulatedBoiler implements AutoCloseable {
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ModbusSimulator device;
    public final DeviceRegistry registry;
    public final ProjectEditor editor;

    /** Starts it with one register and its value. */
    public SimulatedBoiler(String register, String type, String value) throws IOException {
        this(Map.of(register, Signals.constant(type, value, false)));
    }

    /** Starts it with some registers. */
    public SimulatedBoiler(Map<String, Signal> registers) throws IOException {
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
                                OrderedPMap.from(registers)));
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
                                SessionRequest.anonymous(
                                        each.name(), Endpoint.parse(each.endpoint())),
                        pool,
                        timer,
                        Clock.systemUTC());
        registry.load(editor.project());
        registry.start();
    }

    public DeviceLink link() {
        return registry.link("boiler").orElseThrow();
    }

    @Override
    public void close() {
        registry.stop().toCompletableFuture().join();
        device.close();
        pool.shutdownNow();
        timer.shutdownNow();
    }
}
