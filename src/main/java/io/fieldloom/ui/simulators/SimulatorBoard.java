package io.fieldloom.ui.simulators;

import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.simulation.Simulator;
import io.fieldloom.engine.simulate.SimulatedDevice;
import io.fieldloom.engine.simulate.SimulatorRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What the simulators do, as rows: the registry's state, and what only the window knows, namely
 * that one was asked to start and how that failed. FX thread only.
 */
final class SimulatorBoard {
    private static final long RATE_NANOS = 1_000_000_000L;

    private final SimulatorRegistry registry;
    private final LongSupplier nanos;
    private final Map<String, SimulatorRow.Phase> asked = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();
    private final Map<String, Rate> rates = new HashMap<>();

    SimulatorBoard(SimulatorRegistry registry, LongSupplier nanos) {
        this.registry = registry;
        this.nanos = nanos;
    }

    /** Changes a second, over the last second. */
    private record Rate(SimulatedDevice of, long changes, long at, double perSecond) {
        Rate next(SimulatedDevice device, long count, long now) {
            if (device != of) {
                return new Rate(device, count, now, 0);
            }
            return now - at < RATE_NANOS
                    ? this
                    : new Rate(of, count, now, (count - changes) * 1e9 / (now - at));
        }
    }

    void starts(String name) {
        failures.remove(name);
        asked.put(name, SimulatorRow.Phase.STARTING);
    }

    void stops(String name) {
        failures.remove(name);
        asked.put(name, SimulatorRow.Phase.STOPPING);
    }

    void done(String name) {
        asked.remove(name);
    }

    void failed(String name, String words) {
        asked.remove(name);
        failures.put(name, words);
    }

    /** How many run. */
    int running(Project project) {
        return (int)
                project.simulators().keySet().stream()
                        .filter(name -> registry.running(name).isPresent())
                        .count();
    }

    List<SimulatorRow> rows(Project project) {
        List<SimulatorRow> rows = new ArrayList<>();
        for (Simulator design : project.simulators().values()) {
            rows.add(row(project, design));
        }
        return rows;
    }

    private SimulatorRow row(Project project, Simulator design) {
        String name = design.name();
        String devices = SimulatorRow.devicesOf(project, name);
        Optional<SimulatedDevice> device = registry.running(name);
        SimulatorRow.Phase wanted = asked.get(name);
        if (device.isEmpty()) {
            rates.remove(name);
            String failure = failures.get(name);
            SimulatorRow.Phase idle =
                    failure == null ? SimulatorRow.Phase.STOPPED : SimulatorRow.Phase.FAILED;
            return new SimulatorRow(
                    design,
                    wanted == SimulatorRow.Phase.STARTING ? wanted : idle,
                    failure == null ? "" : failure,
                    design.points().size(),
                    0,
                    0,
                    devices);
        }
        failures.remove(name);
        SimulatedDevice.State state = device.get().state();
        Rate rate = rates.getOrDefault(name, new Rate(null, 0, 0, 0));
        rate = rate.next(device.get(), state.changes(), nanos.getAsLong());
        rates.put(name, rate);
        return new SimulatorRow(
                design,
                wanted == SimulatorRow.Phase.STOPPING ? wanted : SimulatorRow.Phase.RUNNING,
                device.get().endpoint(),
                state.points(),
                rate.perSecond(),
                state.clients(),
                devices);
    }
}
