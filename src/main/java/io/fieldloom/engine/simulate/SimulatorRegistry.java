package io.fieldloom.engine.simulate;

import io.fieldloom.domain.project.Change;
import io.fieldloom.domain.project.Project;
import io.fieldloom.domain.simulation.Simulator;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The simulators of the open project: which of them run, and where they listen. Thread-safe;
 * starting waits for the listener (well under two seconds), so it is called off the window's
 * thread.
 */
public final class SimulatorRegistry implements AutoCloseable {
    private final Map<String, SimulatorFactory> factories;
    // Read by the window while a start holds the lock.
    private final Map<String, SimulatedDevice> running = new ConcurrentHashMap<>();
    private Project project = Project.EMPTY;

    /**
     * @param factories one for each protocol word of the project file
     */
    public SimulatorRegistry(Map<String, SimulatorFactory> factories) {
        this.factories = Map.copyOf(factories);
    }

    public synchronized void load(Project design) {
        close();
        project = design;
    }

    /** Follows an edit: a running simulator that was changed starts anew, a removed one stops. */
    public synchronized void apply(Change change) throws IOException {
        project = change.after();
        if (change.touched().everything()) {
            for (String name : running.keySet().toArray(String[]::new)) {
                restart(name);
            }
            return;
        }
        for (String name : change.touched().simulators()) {
            if (running.containsKey(name)) {
                restart(name);
            }
        }
    }

    private void restart(String name) throws IOException {
        stop(name);
        if (project.simulators().containsKey(name)) {
            start(name);
        }
    }

    /** Starts a simulator; one that runs is left alone. Gives the endpoint it listens on. */
    public synchronized String start(String name) throws IOException {
        SimulatedDevice device = running.get(name);
        if (device == null) {
            Simulator design = project.simulators().get(name);
            if (design == null) {
                throw new IOException("there is no simulator '" + name + "'");
            }
            device = factories.get(design.protocol()).make(design);
            device.start();
            running.put(name, device);
        }
        return device.endpoint();
    }

    /** Stops a simulator. Idempotent. */
    public synchronized void stop(String name) {
        SimulatedDevice device = running.remove(name);
        if (device != null) {
            device.close();
        }
    }

    /** The running simulator of that name; never waits. */
    public Optional<SimulatedDevice> running(String name) {
        return Optional.ofNullable(running.get(name));
    }

    @Override
    public synchronized void close() {
        running.values().forEach(SimulatedDevice::close);
        running.clear();
    }
}
